"""What a password must be, in our own words: Django's are formal, and one of them has no Dutch yet."""

from django.contrib.auth import password_validation


class Length(password_validation.MinimumLengthValidator):
    """Long is what counts."""

    def get_error_message(self):
        """What to do now."""
        return f"Dit wachtwoord is te kort. Neem minstens {self.min_length} tekens."

    def get_help_text(self):
        """What to think of beforehand."""
        return f"Minstens {self.min_length} tekens. Een paar losse woorden achter elkaar is goed."


class Unlike(password_validation.UserAttributeSimilarityValidator):
    """Not the name or the address of the person."""

    DEFAULT_USER_ATTRIBUTES = ("name", "email")

    def __init__(self, user_attributes=DEFAULT_USER_ATTRIBUTES, max_similarity=0.7):
        super().__init__(user_attributes, max_similarity)

    def get_error_message(self):
        """What to do now."""
        return "Dit wachtwoord lijkt te veel op je %(verbose_name)s. Bedenk een ander."

    def get_help_text(self):
        """What to think of beforehand."""
        return "Iets anders dan je naam of je e-mailadres."


class Uncommon(password_validation.CommonPasswordValidator):
    """Not one that everybody tries first."""

    def get_error_message(self):
        """What to do now."""
        return "Dit wachtwoord gebruiken veel mensen; het is snel geraden. Bedenk een ander."

    def get_help_text(self):
        """What to think of beforehand."""
        return "Geen wachtwoord dat veel mensen gebruiken, zoals Welkom01."
