"""What allauth leaves to us."""

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.views import remove_webauthn
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect


def remove_passkey(request, pk):
    """Take away a passkey, unless it is the last second factor of who needs one.

    allauth asks this for one-time codes and not for passkeys.
    """
    passkeys = Authenticator.objects.filter(user=request.user, type=Authenticator.Type.WEBAUTHN)
    passkey = get_object_or_404(passkeys, pk=pk)
    adapter = get_adapter()
    if not adapter.can_delete_authenticator(passkey):
        messages.error(request, adapter.error_messages["cannot_delete_authenticator"])
        return redirect("mfa_index")
    return remove_webauthn(request, pk=pk)
