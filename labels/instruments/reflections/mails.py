"""Mail about reflections. Never a word of what somebody wrote."""

from sterk.mail import actions as mail


def asked(request):
    """To the colleague: somebody would like a reflection."""
    mail.send(
        "reflection_asked",
        [request.asked_of.email],
        event=f"reflection.ask:{request.pk}",
        request=request,
    )


def shared(request):
    """To who asked: a reflection was shared with the norm."""
    mail.send(
        "reflection_shared",
        [request.asked_by.email],
        event=f"reflection.share:{request.pk}",
        request=request,
    )
