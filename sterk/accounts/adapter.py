"""How allauth finds and makes people here: in by invitation, mail by the worker, no second factor lost."""

import time
import uuid
from typing import ClassVar

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.urls import reverse

from sterk.logbook.models import Entry
from sterk.mail import actions as mail

SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
INVITED_NAME = "invited_name"
LOGGED_IN_AT = "logged_in_at"


class Adapter(DefaultAccountAdapter):
    """Accounts. A mistake is told as what to do now, and never whether an account exists."""

    error_messages: ClassVar[dict] = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "Dit account is uitgezet.",
        "duplicate_email": "Dit is je adres al.",
        "email_password_mismatch": "Het e-mailadres of het wachtwoord klopt niet. Probeer het nog eens.",
        "enter_current_password": "Dit is niet je huidige wachtwoord. Probeer het nog eens.",
        "incorrect_code": "Deze code klopt niet. Wacht op een nieuwe code en probeer het nog eens.",
        "incorrect_password": "Dit wachtwoord klopt niet. Probeer het nog eens.",
        "rate_limited": "Dit ging te vaak achter elkaar mis. Wacht even en probeer het dan nog eens.",
        "too_many_login_attempts": "Inloggen ging te vaak mis. Wacht vijf minuten en probeer het dan nog eens.",
    }

    def welcome(self, request, *, email, name):
        """Open sign-up in this browser, for this address only; it counts as verified afterwards.

        The caller has seen the secret that was mailed to this address.
        """
        self.stash_verified_email(request, email.lower())
        request.session[INVITED_NAME] = name

    def is_open_for_signup(self, request):
        """Only for who comes in by an invitation."""
        return bool(request.session.get("account_verified_email"))

    @transaction.atomic
    def save_user(self, request, user, form, commit=True):
        """Keep the name as well, and write down that there is a new person."""
        user.name = form.cleaned_data["name"]
        person = super().save_user(request, user, form, commit)
        request.session.pop(INVITED_NAME, None)
        Entry.record(person, "account.register", person)
        return person

    def login(self, request, user):
        """Remember when, so that nobody is asked for a password that was typed a minute ago."""
        super().login(request, user)
        request.session[LOGGED_IN_AT] = time.time()

    def is_reauthentication_required(self, *, app, **kwargs):
        """Not for who has just logged in in this session; then as allauth has it."""
        ago = time.time() - self.request.session.get(LOGGED_IN_AT, 0)
        if ago < app_settings.REAUTHENTICATION_TIMEOUT:
            return False
        return super().is_reauthentication_required(app=app, **kwargs)

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        """Greet the person it is about, who is not always the one logged in here."""
        context = {"user": user, **(context or {})}
        super().send_notification_mail(template_prefix, user, context, email)

    def send_mail(self, template_prefix, email, context):
        """Write the mail in the transaction that causes it; the worker sends it."""
        message = self.render_mail(
            template_prefix, email, {"base_url": settings.BASE_URL, **context}
        )
        event = f"account.{template_prefix.rpartition('/')[2]}:{uuid.uuid4()}"
        mail.write(event, email, message.subject, f"{message.body}\n")

    def get_reset_password_from_key_url(self, key):
        """On our own address, whatever host the request claims to be for."""
        uidb36, _, token = key.partition("-")
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": uidb36, "key": token})
        return settings.BASE_URL + path

    def get_email_confirmation_url(self, request, emailconfirmation):
        """On our own address, whatever host the request claims to be for."""
        return settings.BASE_URL + reverse("account_confirm_email", args=[emailconfirmation.key])


class SecondFactorAdapter(DefaultMFAAdapter):
    """Second factors."""

    error_messages: ClassVar[dict] = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": (
            "Voor jouw rol is een tweede stap nodig. Stel eerst een andere in; daarna kan deze weg."
        ),
        "cannot_generate_recovery_codes": "Zet eerst een app of een passkey aan.",
        "incorrect_code": Adapter.error_messages["incorrect_code"],
    }

    def can_delete_authenticator(self, authenticator):
        """The last one stays, for who needs one."""
        person = authenticator.user
        if authenticator.type not in SECOND_FACTORS or not person.needs_second_factor:
            return True
        others = Authenticator.objects.filter(user=person, type__in=SECOND_FACTORS)
        return others.exclude(pk=authenticator.pk).exists()

    def get_public_key_credential_rp_entity(self):
        """A name that people recognise when their phone asks where the passkey is for."""
        return {**super().get_public_key_credential_rp_entity(), "name": settings.MFA_TOTP_ISSUER}

    def generate_authenticator_name(self, user, kind):
        """What stands in the field beforehand; allauth would say "Hoofdsleutel"."""
        known = Authenticator.objects.filter(user=user, type=kind).count()
        return f"Passkey {known + 1}" if known else "Passkey"
