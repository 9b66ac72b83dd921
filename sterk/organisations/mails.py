"""What people hear about an organisation and their place in it."""

from django.urls import reverse

from sterk.mail import actions as mail


def invited(invitation):
    """To the one address that is invited; this mail is the only place where the secret stands."""
    mail.send(
        "invitation",
        [invitation.email],
        event=f"invitation.send:{invitation.pk}",
        invitation=invitation,
        link=reverse("organisations:invitation", args=[invitation.secret]),
    )
