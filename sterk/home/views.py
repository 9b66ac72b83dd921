"""What awaits me, over both houses; and the pages that belong to no house."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import Http404, HttpResponse
from django.shortcuts import render

from sterk.home import awaiting
from sterk.home.gallery import samples

SHOWN = 7  # more lines than this is a list nobody reads; the rest is folded


@login_not_required
def front(request):
    """For a visitor the way in; for somebody who is logged in what waits for them."""
    if not request.user.is_authenticated:
        return render(request, "home/front.html")
    waiting = awaiting.tasks(request.user)
    context = {
        "first": waiting[:SHOWN],
        "later": waiting[SHOWN:],
        "running": awaiting.running(request.user),
    }
    return render(request, "home/awaiting.html", context)


@login_not_required
def privacy(request):
    """What happens to what people entrust to the house."""
    return render(request, "home/privacy.html")


@login_not_required
def accessibility(request):
    """What was done for everybody to be able to use it, and what is not yet right."""
    return render(request, "home/accessibility.html")


@login_not_required
def gallery(request):
    """Every component on one page, for whoever builds; not on a live site."""
    if not settings.DEBUG:
        raise Http404
    return render(request, "components/gallery.html", samples())


@login_not_required
def healthz(request):
    """Whether the web process and its database answer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")
