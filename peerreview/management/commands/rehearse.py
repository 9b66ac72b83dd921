"""Play a whole round with invented organisations."""

import json
import secrets
from io import StringIO

from django.conf import settings
from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from labels.frameworks.models import Framework
from peerreview.rehearsal import cast, company, play

NORMS = settings.BASE_DIR / "labels" / "frameworks" / "data" / "norms.yaml"
FEWEST = 4  # a panel of three colleagues and the organisation that they visit


class Command(BaseCommand):
    """``manage.py rehearse --organisations 9 --stage decided``."""

    help = "Speelt een hele toetsingsronde met verzonnen organisaties, door de handelingen van het huis."

    def add_arguments(self, parser):
        most = len(cast.members())
        parser.add_argument("--organisations", type=int, default=9, help=f"{FEWEST} tot {most}")
        parser.add_argument("--stage", choices=play.STAGES, default="spread")
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--json", action="store_true", help="vertel het als JSON")
        parser.add_argument("--again", action="store_true", help="wis een eerdere repetitie eerst")

    def handle(self, *, organisations, stage, seed, again, **options):
        if not FEWEST <= organisations <= len(cast.members()):
            raise CommandError(f"Kies {FEWEST} tot {len(cast.members())} organisaties.")
        self.make_room(again)
        if not Framework.objects.answerable(timezone.localdate()).exists():
            call_command("load_framework", str(NORMS), stdout=StringIO())
        framework = Framework.objects.answerable(timezone.localdate()).first()
        with transaction.atomic():
            parts = play.play(
                framework,
                organisations=organisations,
                stage=stage,
                seed=seed,
                password=self.password(),
            )
        if stage in play.RENDERED:
            play.render_all()
        lines = [play.tell(part) for part in parts]
        self.tell(lines, as_json=options["json"])

    def make_room(self, again):
        """Refuse a house that holds anything that a rehearsal did not make."""
        if company.is_empty():
            return
        if not company.is_all_ours():
            raise CommandError(
                "In deze database staat werk van echte mensen. Er is niets veranderd."
            )
        if not again:
            raise CommandError("Hier is al gerepeteerd. Met --again wordt dat eerst gewist.")
        call_command("flush", interactive=False, verbosity=0)

    def password(self):
        """One password for everybody who plays, made once per data folder."""
        path = settings.DATA_DIR / "demo_password"
        if not path.exists():
            path.write_text(f"sterk-{secrets.token_hex(4)}")
            path.chmod(0o600)
        return path.read_text().strip()

    def tell(self, lines, *, as_json):
        """Print what became of each organisation."""
        rows = [line.as_dict() for line in lines]
        if as_json:
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2))
            return
        for row in rows:
            first = (
                f"{row['organisation']:16} {row['route']:30} {row['state']:12} {row['ruling']:26}"
            )
            self.stdout.write(f"{first} {row['registration']}".rstrip())
            for path in filter(None, (row["report"], row["certificate"])):
                self.stdout.write(f"    {path}")
