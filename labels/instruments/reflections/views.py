"""Pages for writing to oneself, and for sharing a copy of it."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from labels.frameworks.models import Norm
from labels.instruments.reflections import actions
from labels.instruments.reflections.forms import AskForm, RewriteForm, ShareForm, WriteForm
from labels.instruments.reflections.models import Reflection, ReflectionRequest, Share
from labels.instruments.reflections.questions import guide, texts
from sterk import policy
from sterk.lifecycle import Overtaken, Refusal
from sterk.organisations.models import Organisation
from sterk.policy import Permission
from sterk.web import picked, refused_into, telling

PAGE = 25


def reflections(request):
    """What one wrote oneself, and what colleagues ask for."""
    shared = Exists(Share.objects.filter(reflection=OuterRef("pk")))
    mine = Reflection.objects.visible_to(request.user).annotate(shared=shared)
    page = Paginator(mine.order_by("-changed_at", "-pk"), PAGE).get_page(request.GET.get("pagina"))
    waiting = ReflectionRequest.objects.waiting_for(request.user)
    context = {
        "page": page,
        "requests": waiting.select_related("asked_by", "norm", "organisation").order_by("asked_at"),
        "may_write": bool(_places(request)),
    }
    return render(request, "instruments/reflections.html", context)


def _places(request):
    return policy.organisations_where(request.user, Permission.WRITE_REFLECTION)


def _writer(request):
    """The organisations for which this person may write; 403 without any."""
    places = _places(request)
    if not places:
        policy.require(request.user, Permission.WRITE_REFLECTION)
    return places


def _asked(request):
    """The request that this page answers, if it says so."""
    if "request" not in request.GET:
        return None
    mine = ReflectionRequest.objects.visible_to(request.user)
    mine = mine.filter(organisation__in=_places(request))
    return picked(mine.select_related("asked_by", "norm", "organisation"), request.GET["request"])


def _own(request, pk):
    return get_object_or_404(Reflection.objects.visible_to(request.user), pk=pk)


def write_reflection(request):
    """Begin one, for oneself or because somebody asks."""
    _writer(request)
    asked = _asked(request)
    form = WriteForm(request.POST or None)
    if form.is_valid() and (made := _written(request, form)):
        messages.success(request, "Je reflectie is bewaard. Alleen jij kunt haar lezen.")
        return redirect(_sharing(made, asked) if asked else made)
    return _form_page(request, form, asked=asked)


def _written(request, form):
    try:
        return actions.write(by=request.user, key=form.cleaned_data["key"], **form.words())
    except Overtaken:
        form.add_error(
            None,
            "Je hebt deze reflectie intussen op een andere plek verder geschreven. Wat je hier typte, staat er nog. Bewaar nog een keer om er een tweede reflectie van te maken.",
        )
        form.renew()
        return None


def _sharing(reflection, asked):
    address = reverse("instruments:share-reflection", args=[reflection.pk])
    return f"{address}?{urlencode({'request': asked.pk})}"


def _form_page(request, form, *, code=200, **more):
    context = {"form": form, "hint": guide()["meta"]["privacy_hint"], **more}
    return render(request, "instruments/reflection_form.html", context, status=code)


def reflection(request, pk):
    """Read and change an own reflection."""
    found = _own(request, pk)
    initial = {**found.answers, "title": found.title, "version": found.version}
    form = RewriteForm(request.POST or None, kept=found.answers, initial=initial)
    theirs = None
    if form.is_valid():
        try:
            with refused_into(form):
                version = form.cleaned_data["version"]
                actions.rewrite(found, by=request.user, version=version, **form.words())
        except Overtaken as overtaken:
            theirs = overtaken.theirs
            form.catch_up(theirs.version)
        if form.is_valid() and not theirs:
            messages.success(request, "Je reflectie is bewaard.")
            return redirect(found)
    shares = found.shares.select_related("evidence").prefetch_related("evidence__norms")
    return _form_page(
        request,
        form,
        code=409 if theirs else 200,
        reflection=found,
        theirs=theirs and [(texts()[key], text) for key, text in theirs.answers.items()],
        shares=shares.order_by("shared_at"),
        may_share=bool(_places(request)),
    )


def share_reflection(request, pk):
    """Choose what goes along, see what others will read, and then share it."""
    found = _own(request, pk)
    places, asked = _writer(request), _asked(request)
    form = ShareForm(request.POST or None, reflection=found, organisations=places, asked=asked)
    context = {"reflection": found, "form": form, "asked": asked}
    if form.is_valid():
        if "delen" in request.POST and _shared(request, found, form, asked):
            messages.success(request, "Gedeeld. Wat je later verandert, verandert de kopie niet.")
            return redirect(found)
        if form.is_valid():
            passages = actions.passages_of(found, form.cleaned_data["questions"])
            norm = asked.norm if asked else form.cleaned_data["norm"]
            context |= {"passages": passages, "norm": norm}
            return render(request, "instruments/share_preview.html", context)
    context["answers"] = [
        (option, found.answers[option.data["value"]]) for option in form["questions"]
    ]
    return render(request, "instruments/share.html", context)


def _shared(request, found, form, asked):
    said = {**form.cleaned_data}
    place, norm = said.pop("organisation", None), said.pop("norm", None)
    if asked:
        place, norm = asked.organisation, asked.norm
    place = place or Organisation.objects.get(pk=_places(request)[0])
    try:
        return actions.share(found, place, norm, by=request.user, request=asked, **said)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        form.renew()
        return None


@require_POST
def throw_away_reflection(request, pk):
    """For good; copies that were shared stay where they are."""
    found = _own(request, pk)
    with telling(request, "Je reflectie is weg."):
        actions.throw_away(found, by=request.user)
    return redirect("instruments:reflections")


def ask_reflection(request):
    """A coordinator asks a colleague for a reflection with one norm, and sees who was asked before."""
    key = request.GET.get("assessment", "")
    place = _place(request, key)
    policy.require(request.user, Permission.ASK_REFLECTION, place)
    norm = picked(Norm.objects.filter(framework__assessments=key), request.GET.get("norm", ""))
    form = AskForm(request.POST or None, organisation=place, by=request.user)
    if form.is_valid():
        with refused_into(form):
            actions.ask(place, norm, by=request.user, **form.cleaned_data)
        if form.is_valid():
            messages.success(request, f"Je vraag gaat naar {form.cleaned_data['of']}.")
            return redirect("labels:answer-norm", key, norm.code)
    earlier = ReflectionRequest.objects.filter(organisation=place, norm=norm)
    context = {
        "form": form,
        "norm": norm,
        "back": reverse("labels:answer-norm", args=[key, norm.code]),
        "earlier": earlier.select_related("asked_of").order_by("-asked_at"),
    }
    return render(request, "instruments/ask.html", context)


def _place(request, assessment):
    """The organisation that this assessment (a key) is about, if it is one's own."""
    if not assessment.isdecimal():
        raise Http404
    own = policy.organisations_where(request.user, Permission.READ_DRAFT)
    return get_object_or_404(Organisation, pk__in=own, assessments=assessment)


@require_POST
def decline_request(request, pk):
    """No is an answer too."""
    mine = ReflectionRequest.objects.visible_to(request.user)
    with telling(request, "Prima. Je hoeft niets meer te doen."):
        actions.decline(get_object_or_404(mine, pk=pk), by=request.user)
    return redirect("instruments:reflections")
