"""Mail about panels."""

from sterk.mail import actions as mail


def placed(member):
    """To the new member: you have been placed in a panel."""
    mail.send("panel_placed", [member.person.email], event=f"panel.place:{member.pk}")
