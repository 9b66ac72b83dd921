"""Opening a self-assessment and saving one answer: the two things that happen all day."""

import gzip
from itertools import count

from django.test import Client
from django.urls import reverse

from labels.assessments.models import Assessment
from tests.bench import bare
from tests.bench.measuring import pair, queries, record
from tests.bench.models import Answer as BareAnswer
from tests.bench.seeding import CODE, DOUBLE

SAID = "Wij bespreken dit in elk teamoverleg, en leggen vast wat wij afspreken. Keer "
TURN = count(1)


class Visit:
    """A coordinator in one house, with a client of ours and a bare one."""

    def __init__(self, house, framework=CODE):
        self.house = house
        with house.entered():
            drafts = Assessment.objects.filter(state="draft", framework__code=framework)
            found = drafts.select_related("started_by").order_by("pk")
            self.assessment = found[found.count() // 2]
            self.answer = self.assessment.answers.select_related("norm").order_by("norm__order")[20]
            person = self.assessment.started_by
            self.client = Client(headers={"host": "localhost"})
            self.client.force_login(person)
            self.bare = bare.client_for(person)
            own = BareAnswer.objects.filter(assessment=self.assessment.pk).order_by("pk")
            self.bare_answer = own.values_list("pk", flat=True).first()
            self.version = self.answer.version
        self.page = reverse("labels:assessment", args=[self.assessment.pk])
        self.norm = reverse("labels:answer-norm", args=[self.assessment.pk, self.answer.norm.code])

    def open(self):
        """Our page of the whole assessment."""
        return self._got(self.client.get(self.page))

    def open_norm(self):
        """Our page of one norm, with its form."""
        return self._got(self.client.get(self.norm))

    def open_bare(self):
        """The bare page with the same norms."""
        return self._got(self.bare.get("/assessment", {"a": self.assessment.pk}))

    def save(self):
        """Save other words than before, from the version that is there."""
        words = {"score": "met", "explanation": f"{SAID}{next(TURN)}", "version": self.version}
        response = self.client.post(self.norm, words)
        assert response.status_code == 302, response.status_code
        self.version += 1

    def save_bare(self):
        """The same on the bare site."""
        words = {"score": "met", "text": f"{SAID}{next(TURN)}"}
        assert self.bare.post(f"/save?pk={self.bare_answer}", words).json()["saved"]

    def entered(self, deed):
        """The same deed, in this house."""

        def within():
            with self.house.entered():
                deed()

        return within

    @staticmethod
    def _got(response):
        assert response.status_code == 200, response.status_code
        return response.content


def opening(small, full):
    """Ours against the bare page; as many queries with twice the norms; as cheap with a hundred times the house."""
    big, little = Visit(full), Visit(small)
    with full.entered():
        page, twice = big.open(), Visit(full, DOUBLE)
        asked = queries(big.open)[0]
        record("zelfevaluatie openen: queries", asked, 12, unit="")
        record("  met 98 normen: queries", queries(twice.open)[0], asked, unit="")
        record("  ingepakt", len(gzip.compress(page)) / 1024, 40, unit="kB")
        record("zelfevaluatie openen, kaal Django", *pair(big.open, big.open_bare), 2.0)
        record("één norm openen: queries", queries(big.open_norm)[0], 12, unit="")
        record("één norm openen, kaal Django", *pair(big.open_norm, big.open_bare), 2.0)
    slope = pair(big.entered(big.open), little.entered(little.open), 60)
    record("zelfevaluatie openen, 1.000 tegen 10", *slope, 1.1)


def saving(small, full):
    """Ours against a bare save with a version check and a log line; one commit; as cheap in a big house."""
    big, little = Visit(full), Visit(small)
    with full.entered():
        asked, commits = queries(big.save)
        record("antwoord bewaren: queries", asked, 8, unit="")
        record("  commits", commits, 1, unit="")
        record("antwoord bewaren, kaal Django", *pair(big.save, big.save_bare, 60), 3.0)
    slope = pair(big.entered(big.save), little.entered(little.save), 100)
    record("antwoord bewaren, 1.000 tegen 10", *slope, 1.1)
