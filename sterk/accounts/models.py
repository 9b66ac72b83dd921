"""People."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property

from sterk.policy import SECOND_FACTOR, OrganisationRole


class UserManager(BaseUserManager["User"]):
    """Finds people by e-mail, whatever its capitals."""

    def with_address(self, email):
        """The person with this address, as a queryset of at most one."""
        return self.filter(email__iexact=email.strip())

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)

    def create_user(self, email, password=None, *, name=""):
        """A person with a usable password, or with none yet."""
        user = self.model(email=email.strip().lower(), name=name)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person who logs in by e-mail. What they may do follows from their memberships."""

    email = models.EmailField("e-mailadres", unique=True)
    name = models.CharField("naam", max_length=150)
    is_active = models.BooleanField("actief", default=True)
    joined_at = models.DateTimeField(default=timezone.now)

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_once")]

    def __str__(self):
        return self.name or self.email

    @cached_property
    def held(self):
        """Pairs (organisation key or None for the platform, role), read once per request."""
        return tuple(self.memberships.current().values_list("organisation_id", "role"))

    def forget_roles(self):
        """Let the next question about roles be answered anew, because they have just changed."""
        self.__dict__.pop("held", None)

    def roles(self, organisation=None):
        """The roles that count for this organisation; without one, those on the platform."""
        places = {None} if organisation is None else {None, organisation.pk}
        return {role for place, role in self.held if place in places}

    @property
    def reviews(self):
        """Whether this person may be placed in a panel."""
        return any(
            role in {OrganisationRole.REVIEWER, OrganisationRole.AUDITOR} for _, role in self.held
        )

    @property
    def needs_second_factor(self):
        """Whether a password alone is too little for what this person can see."""
        return any(role in SECOND_FACTOR for _, role in self.held)
