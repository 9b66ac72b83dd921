"""The bare site: Django as it comes, with nothing of the house. It is the floor that the house is measured against.

It has the middleware of a new project, somebody logged in, tables of its own with the same words in them, and no
context processors, permissions, components or rules. A page of it is what nobody can make cheaper with Django.
"""

from django.db import transaction
from django.db.models import F
from django.http import HttpResponse, JsonResponse
from django.template import Context, Engine
from django.test import Client, override_settings
from django.urls import path

from tests.bench.models import Answer, Evidence, LogLine, Norm

MIDDLEWARE = [
    "tests.bench.bare.own_addresses",
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
SCORES = [("met", "voldoet"), ("partly_met", "voldoet deels"), ("not_met", "voldoet niet")]
FILL = b"<p>" + b"x" * 1_000_000
PAGE = Engine().from_string("""<!doctype html><html lang="nl"><title>Zelfevaluatie</title><h1>{{ name }}</h1>
{% for n in norms %}<section id="n{{ n.id }}"><h2>{{ n.code }} {{ n.title }}</h2><p>{{ n.body }}</p>
<fieldset><legend>Oordeel</legend>{% for code, label in scores %}<label><input type="radio" name="s{{ n.id }}" value="{{ code }}"{% if n.answer.score == code %} checked{% endif %}>{{ label }}</label>{% endfor %}</fieldset>
<textarea name="t{{ n.id }}">{{ n.answer.text }}</textarea><ul>{% for e in n.evidence %}<li>{{ e.name }} ({{ e.size|filesizeformat }})</li>{% endfor %}</ul></section>{% endfor %}""")


def own_addresses(get_response):
    """Middleware: requests of the bare client find the bare pages."""

    def respond(request):
        request.urlconf = __name__
        return get_response(request)

    return respond


def client_for(person):
    """A client of the bare site, logged in as this person."""
    client = Client(headers={"host": "localhost"})
    client.force_login(person)
    with override_settings(MIDDLEWARE=MIDDLEWARE):
        client.get("/bytes?n=1")  # a client keeps the middleware of its first request
    return client


def some_bytes(request):
    """So many bytes for somebody who is logged in."""
    if not request.user.is_authenticated:
        return HttpResponse(status=403)
    return HttpResponse(FILL[: int(request.GET["n"])])


def assessment(request):
    """All norms with answers and evidence: three queries, one template."""
    if not request.user.is_authenticated:
        return HttpResponse(status=403)
    number = int(request.GET["a"])
    norms = list(Norm.objects.order_by("id"))
    answers = {answer.norm_id: answer for answer in Answer.objects.filter(assessment=number)}
    shown = {}
    for evidence in Evidence.objects.filter(answer__assessment=number):
        shown.setdefault(evidence.answer_id, []).append(evidence)
    for norm in norms:
        norm.answer = answers[norm.id]
        norm.evidence = shown.get(norm.answer.id, ())
    context = {"norms": norms, "scores": SCORES, "name": "Organisatie"}
    return HttpResponse(PAGE.render(Context(context)))


def save(request):
    """One answer: check the version, write, add a line to the log, in one transaction."""
    if not request.user.is_authenticated:
        return HttpResponse(status=403)
    pk = int(request.GET["pk"])
    with transaction.atomic():
        version = Answer.objects.values_list("version", flat=True).get(pk=pk)
        saved = Answer.objects.filter(pk=pk, version=version).update(
            text=request.POST["text"], score=request.POST["score"], version=F("version") + 1
        )
        if saved:
            LogLine.objects.create(what=f"answer {pk} v{version + 1}")
    return JsonResponse({"saved": bool(saved), "version": version + saved})


urlpatterns = [path("bytes", some_bytes), path("assessment", assessment), path("save", save)]
