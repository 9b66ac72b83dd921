"""A report that cannot be made stops after three tries, says why to staff, and can be asked again."""

import pytest
from django.urls import reverse

from sterk.jobs import ATTEMPTS, JobState
from sterk.reports.clock import ring_due
from sterk.reports.models import Report
from tests.faults.machines import wait_for
from tests.faults.papers import ask_certificate

pytestmark = [pytest.mark.worker, pytest.mark.timeout(180)]


def states():
    """The states of all reports, by title."""
    return dict(Report.objects.values_list("title", "state"))


def test_a_report_that_always_fails_stops_after_three_tries_and_can_be_asked_again(
    house, zonnehof, dora, as_
):
    """One has no template; one asks for an address that is not ours; for one the folder cannot be written to, for a while."""
    (house.data / "files").mkdir()
    in_the_way = house.data / "files" / "reports"
    in_the_way.write_text("Hier had een map moeten zijn.")
    ask_certificate(zonnehof, by=dora, title="Sjabloon", template="pdf/nowhere.html")
    ask_certificate(zonnehof, by=dora, title="Adres", content={"qr": "http://127.0.0.1/x.svg"})
    ask_certificate(zonnehof, by=dora, title="Map")

    house.worker(clock=False)
    wait_for(
        lambda: ring_due() == 0 and set(states().values()) == {JobState.FAILED},
        90,
        "drie keer mislukt",
    )

    assert set(Report.objects.values_list("attempts", "file")) == {(ATTEMPTS, "")}
    faults = dict(Report.objects.values_list("title", "fault"))
    assert faults["Sjabloon"] == "TemplateDoesNotExist: pdf/nowhere.html"
    assert faults["Adres"].startswith("RefusedAddress: ")
    assert "Error: " in faults["Map"]
    page = as_(dora).get(reverse("reports:reports"), {"stand": JobState.FAILED})
    assert page.content.decode().count("TemplateDoesNotExist: pdf/nowhere.html") == 1

    in_the_way.unlink()
    mended = Report.objects.get(title="Map")
    as_(dora).post(reverse("reports:remake-report", args=[mended.pk]))
    wait_for(lambda: states()["Map"] == JobState.DONE, 60, "opnieuw gevraagd en gemaakt")

    mended.refresh_from_db()
    assert (mended.attempts, mended.fault) == (1, "")
    assert house.files() == [house.data / "files" / mended.file.name]
