"""What awaits me: one page over both houses."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render


@login_not_required
def front(request):
    """For a visitor the way in; for somebody who is logged in what waits for them."""
    return render(request, "home/front.html")
