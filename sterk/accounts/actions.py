"""People, made in another way than by signing up."""

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import transaction

from sterk.accounts.models import User
from sterk.lifecycle import Refusal
from sterk.logbook.models import Entry


@transaction.atomic
def register(email, *, name, password=None, hashed="") -> User:
    """A person whose address is known to be theirs, so that they can log in at once.

    ``hashed`` is a password that went through ``make_password`` already: hashing is slow on purpose, and a rehearsal gives
    dozens of people the same one.
    People register themselves, through an invitation. This is for who plays a round or tests one.
    """
    if User.objects.with_address(email).exists():
        raise Refusal("Er is al iemand met dit e-mailadres.")
    person = User.objects.create_user(email, password, name=name)
    if hashed:
        person.password = hashed
        person.save(update_fields=["password"])
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    Entry.record(person, "account.register", person)
    return person


@transaction.atomic
def add_one_time_codes(person, *, secret=None) -> TOTP:
    """Give a person one-time codes as second factor."""
    codes = TOTP.activate(person, secret or generate_totp_secret())
    Entry.record(person, "account.add_one_time_codes", person)
    return codes
