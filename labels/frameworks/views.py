"""The norms, and what taking part means: pages for everybody."""

from urllib.parse import quote, urlencode

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from labels.frameworks import matching
from labels.frameworks.forms import JoinForm
from labels.frameworks.models import Framework, Lens, Norm


@login_not_required
@require_safe
def frameworks(request):
    """Every norm set: those in force, then the others."""
    today = timezone.localdate()
    current = list(Framework.objects.answerable(today))
    others = Framework.objects.public().exclude(pk__in=[each.pk for each in current])
    context = {
        "current": current,
        "others": others.order_by("-valid_from", "code"),
        "today": today,
    }
    return render(request, "labels/frameworks.html", context)


@login_not_required
@require_safe
def framework(request, code):
    """One norm set: its groups, their clusters and norms, and the views across them."""
    framework = get_object_or_404(Framework.objects.public(), code=code)
    themes = list(framework.themes.prefetch_related("clusters__norms"))
    lenses = Lens.objects.filter(framework=framework).prefetch_related("norms")
    context = {
        "framework": framework,
        "themes": themes,
        "listed": any(theme.clusters.all() for theme in themes),
        "lenses": lenses,
    }
    return render(request, "labels/framework.html", context)


@login_not_required
@require_safe
def norm(request, code, norm_code):
    """One norm, with all that helps to understand it."""
    public = Norm.objects.filter(framework__in=Framework.objects.public())
    norm = get_object_or_404(
        public.select_related("framework", "theme", "cluster").prefetch_related("competences"),
        framework__code=code,
        code=norm_code,
    )
    row = list(Norm.objects.filter(framework=norm.framework_id).only("code", "title"))
    at = row.index(norm)
    context = {
        "framework": norm.framework,
        "norm": norm,
        "number": at + 1,
        "many": len(row),
        "previous": row[at - 1] if at else None,
        "next": row[at + 1] if at + 1 < len(row) else None,
    }
    return render(request, "labels/framework_norm.html", context)


@login_not_required
@require_safe
def join(request):
    """Three questions, and the route that fits with the hours that it takes."""
    asked = JoinForm.base_fields.keys() & request.GET.keys()
    form = JoinForm(request.GET if asked else None)
    framework = Framework.objects.answerable(timezone.localdate()).first()
    routes = list(framework.routes.order_by("pk")) if framework else []
    context = {
        "framework": framework,
        "routes": routes,
        "form": form,
        "contact": settings.STERK_CONTACT,
    }
    if routes and form.is_valid():
        context |= advice(framework, routes, **form.cleaned_data)
    return render(request, "labels/framework_join.html", context)


def advice(framework, routes, *, wish, fte, before):
    """What fits these answers, as the page shows it."""
    route = matching.fitting(routes, wish)
    parts = matching.tasks(route, norms=framework.norm_count, fte=fte, before=before)
    least, most = matching.between(parts)
    return {
        "route": route,
        "parts": parts,
        "least": least,
        "most": most,
        "renewing": before == matching.Before.VALID,
        "letter": letter(route, fte),
    }


def letter(route, fte):
    """The link that opens a mail to the bureau, already begun."""
    words = {
        "subject": f"Aanmelden voor het kwaliteitslabel: {route.title}",
        "body": f"Wij willen meedoen.\n\nOrganisatie: \nContactpersoon: \nTelefoon: \nGrootte: {fte} fte\nManier van toetsen: {route.title}\nGewenste periode: \n",
    }
    return f"mailto:{settings.STERK_CONTACT}?{urlencode(words, quote_via=quote)}"
