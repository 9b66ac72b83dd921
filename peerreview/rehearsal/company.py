"""The company of a rehearsal: organisations and people, let in through the actions of the house."""

from dataclasses import dataclass, field

from django.contrib.auth.hashers import make_password

from peerreview.rehearsal import cast
from sterk.accounts import actions as accounts
from sterk.accounts.models import User
from sterk.organisations import actions as organisations
from sterk.organisations.models import Organisation
from sterk.policy import PlatformRole

LABEL_DOMAIN = "sterk.example"
STAFF = [
    ("Ada", "de Wit", PlatformRole.ADMIN),
    ("Dora", "Jansen", PlatformRole.BUREAU),
    ("Evert", "Bos", PlatformRole.COMMITTEE),
    ("Samira", "Haddad", PlatformRole.COMMITTEE),
]
BELONGS_NOWHERE = ("Frida", "Smit")


@dataclass
class Member:
    """One organisation that takes part: the invented one, its row, and its people by role."""

    invented: cast.Organisation
    row: Organisation
    people: dict[str, list[User]] = field(default_factory=dict)

    def one(self, role: str) -> User:
        """The first person with this role."""
        return self.people[role][0]


@dataclass
class Company:
    """Everybody who plays."""

    staff: dict[str, list[User]]
    members: list[Member]
    bodies: list[Member]

    @property
    def bureau(self) -> User:
        """Who does the work of the bureau."""
        return self.staff[PlatformRole.BUREAU][0]


def gather(count: int, *, password: str) -> Company:
    """Let in so many organisations, both certifying bodies, the staff of the label, and somebody who belongs nowhere."""
    hashed = make_password(password)
    staff: dict[str, list[User]] = {}
    for given, family, role in STAFF:
        person = _person(cast.Person(given, family, role), LABEL_DOMAIN, hashed)
        letter = organisations.invite_staff(
            by=None, email=person.email, name=person.name, role=role
        )
        organisations.accept_invitation(letter, by=person)
        accounts.add_one_time_codes(person)
        staff.setdefault(role, []).append(person)
    _person(cast.Person(*BELONGS_NOWHERE, ""), LABEL_DOMAIN, hashed)
    bureau = staff[PlatformRole.BUREAU][0]
    members = [_member(one, by=bureau, hashed=hashed) for one in cast.members()[:count]]
    bodies = [_member(one, by=bureau, hashed=hashed) for one in cast.certifying_bodies()]
    return Company(staff, members, bodies)


def _person(invented, domain, hashed):
    return accounts.register(invented.address_at(domain), name=invented.name, hashed=hashed)


def _member(invented, *, by, hashed):
    row = organisations.create(
        by=by,
        name=invented.name,
        kind=invented.kind,
        place=invented.place,
        municipality=invented.municipality,
        fte=invented.fte,
        website=invented.website,
        about=invented.about,
    )
    member = Member(invented, row)
    for somebody in (one for one in invented.people if one.role in row.roles):
        person = _person(somebody, invented.domain, hashed)
        host = member.people.get("coordinator", [by])[0]
        letter = organisations.invite(
            row, by=host, email=person.email, name=person.name, role=somebody.role
        )
        organisations.accept_invitation(letter, by=person)
        if person.needs_second_factor:
            accounts.add_one_time_codes(person)
        member.people.setdefault(somebody.role, []).append(person)
    return member


def is_empty() -> bool:
    """Whether nobody and nothing is in the house yet."""
    return not (User.objects.exists() or Organisation.objects.exists())


def is_all_ours() -> bool:
    """Whether every person and organisation in the house came out of a rehearsal."""
    invented = {one.name for one in cast.organisations()}
    strangers = User.objects.exclude(email__endswith=".example")
    return not strangers.exists() and not Organisation.objects.exclude(name__in=invented).exists()
