"""The first person in the house."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.urls import reverse

from sterk.lifecycle import Refusal
from sterk.organisations import actions
from sterk.policy import PlatformRole


class Command(BaseCommand):
    """``manage.py create_admin ada@sterk.example "Ada de Wit"``."""

    help = "Nodigt een technisch beheerder uit; die nodigt daarna de anderen van het label uit."

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("name")

    def handle(self, *, email, name, **options):
        try:
            validate_email(email)
            letter = actions.invite_staff(by=None, email=email, name=name, role=PlatformRole.ADMIN)
        except ValidationError as fault:
            raise CommandError(f"{email} is geen e-mailadres.") from fault
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"Uitnodiging voor {name}, één keer en zeven dagen geldig:")
        self.stdout.write(
            settings.BASE_URL + reverse("organisations:invitation", args=[letter.secret])
        )
