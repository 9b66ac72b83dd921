"""How to log in as the people of a rehearsal."""

import json

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.mfa.utils import decrypt
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from sterk.organisations.models import Membership
from sterk.policy import ROLES

WIDTHS = {"role": 24, "organisation": 24, "email": 38, "password": 16, "code": 6}


class Command(BaseCommand):
    """``manage.py demo_logins``: for every role a person, a password and a code that works now."""

    help = "Laat zien hoe je inlogt als de verzonnen mensen van een repetitie."

    def add_arguments(self, parser):
        parser.add_argument("--all", action="store_true", help="iedereen, niet één per rol")
        parser.add_argument("--json", action="store_true", help="iedereen, als JSON")

    def handle(self, *, all, **options):  # noqa: A002  (the option is called so)
        rows = list(self.rows())
        if options["json"]:
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2))
            return
        self.tell(rows if all else one_per_role(rows))

    def rows(self):
        """A row per role that somebody of a rehearsal has; real people are not in it."""
        password, codes = self.password(), current_codes()
        held = Membership.objects.current().filter(person__email__endswith=".example")
        order = {code: place for place, (code, _) in enumerate(ROLES)}
        for one in sorted(
            held.select_related("person", "organisation").order_by("pk"),
            key=lambda one: order[one.role],
        ):
            yield {
                "role": one.get_role_display(),
                "name": one.person.name,
                "organisation": one.organisation.name if one.organisation else "",
                "email": one.person.email,
                "password": password,
                "code": codes.get(one.person_id, ""),
            }

    def password(self):
        """The password that the rehearsal made."""
        path = settings.DATA_DIR / "demo_password"
        if not path.exists():
            raise CommandError("Hier is niet gerepeteerd: er zijn geen verzonnen mensen.")
        return path.read_text().strip()

    def tell(self, rows):
        """Print a table."""
        head = dict(
            zip(WIDTHS, ["rol", "organisatie", "e-mail", "wachtwoord", "code"], strict=True)
        )
        for row in [head, *rows]:
            cells = [f"{row[key]:{width}}" for key, width in WIDTHS.items()]
            self.stdout.write("  ".join(cells).rstrip())
        self.stdout.write("Een code werkt nog minstens een minuut, en één keer.")


def one_per_role(rows):
    """The first row of every role."""
    first: dict[str, dict] = {}
    for row in rows:
        first.setdefault(row["role"], row)
    return list(first.values())


def current_codes():
    """The one-time code of everybody who has one, by key: of the accepted ones the one that works longest."""
    *_, counter = yield_hotp_counters_from_time()
    return {
        one.user_id: format_hotp_value(hotp_value(decrypt(one.data["secret"]), counter))
        for one in Authenticator.objects.filter(type=Authenticator.Type.TOTP)
    }
