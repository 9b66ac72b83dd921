"""Publish the norm sets in a file."""

from django.core.management.base import BaseCommand, CommandError

from labels.frameworks import actions
from sterk.lifecycle import Refusal


class Command(BaseCommand):
    help = "Leest een normenbestand (YAML), controleert het helemaal en publiceert de kaders die nieuw zijn."

    def add_arguments(self, parser):
        parser.add_argument("path", metavar="PATH", help="het normenbestand")

    def handle(self, *args, path, **options):
        try:
            loaded = actions.load(path)
        except actions.Unsound as unsound:
            for defect in unsound.defects:
                self.stderr.write(str(defect))
            raise CommandError(str(unsound)) from None
        except Refusal as refusal:
            raise CommandError(f"{refusal} Er is niets opgeslagen.") from None
        for code, new in loaded.items():
            self.stdout.write(f"{code}: {'gepubliceerd' if new else 'was er al, niets veranderd'}")
