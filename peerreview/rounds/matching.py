"""What a route asks of the people who review together. Pure."""

from labels.frameworks.models import RouteCode

FEWEST = {RouteCode.PEER: 2, RouteCode.EXTERNAL: 1, RouteCode.COMBINED: 2}
WORDS = {"peer": "collega", "auditor": "auditor"}


def lacking(route, members):
    """What these current members lack to be the panel that this route asks for, in Dutch; empty when nothing."""
    if len(members) < (fewest := FEWEST[route.code]):
        people = "1 persoon" if fewest == 1 else f"{fewest} mensen"
        return f"Een toetsteam voor deze route heeft minstens {people}."
    for capacity in route.reviewers:
        if not any(member.capacity == capacity for member in members):
            return f"In dit toetsteam zit nog geen {WORDS[capacity]}."
    if not any(member.lead for member in members):
        return "Dit toetsteam heeft nog geen voorzitter."
    return ""
