"""Making a report: claimed once, tried three times, kept whole or not at all."""

import hashlib
from datetime import timedelta

import pytest
from django.utils import timezone

from sterk import jobs
from sterk.jobs import ATTEMPTS, JobState
from sterk.lifecycle import Refusal
from sterk.logbook.models import Entry
from sterk.reports import actions, rendering
from sterk.reports.clock import ring_due
from sterk.reports.models import Report, place
from sterk.reports.tasks import render_report
from tests.faults.papers import ask_certificate


def ended(report):
    """The lease of this report has ended, as that of a worker that was killed."""
    Report.objects.filter(pk=report.pk).update(lease_until=timezone.now() - timedelta(seconds=1))


def files(settings):
    """The reports on disk."""
    return sorted(path.name for path in (settings.MEDIA_ROOT / "reports").glob("*"))


@pytest.fixture
def queued(zonnehof, dora):
    """A certificate that waits to be made."""
    return ask_certificate(zonnehof, by=dora)


@pytest.fixture
def hopeless(zonnehof, dora):
    """A certificate for which there is no template."""
    return ask_certificate(zonnehof, by=dora, template="pdf/nowhere.html")


def test_asking_freezes_what_the_report_will_say(queued, zonnehof, dora):
    content = {**queued.content}

    zonnehof.name = "Anders"
    zonnehof.save()
    render_report(queued.pk)

    queued.refresh_from_db()
    assert queued.content == content
    assert Entry.objects.get(deed="report.request").by_name == dora.name


def test_a_report_is_kept_whole_with_its_digest(queued, settings):
    render_report(queued.pk)

    queued.refresh_from_db()
    made = (settings.MEDIA_ROOT / queued.file.name).read_bytes()
    assert (queued.state, queued.attempts, queued.fault) == (JobState.DONE, 1, "")
    assert made.startswith(b"%PDF-")
    assert made.rstrip().endswith(b"%%EOF")
    assert queued.digest == hashlib.sha256(made).hexdigest()


def test_ringing_again_makes_nothing_again(queued, settings):
    render_report(queued.pk)
    before = files(settings)

    render_report(queued.pk)
    render_report(queued.pk + 1000)

    assert files(settings) == before
    queued.refresh_from_db()
    assert queued.attempts == 1


def test_what_a_killed_worker_left_of_a_file_is_cleared_away(queued, settings):
    claimed = rendering.claim(queued.pk)
    half = settings.MEDIA_ROOT / place(claimed, "")
    half.parent.mkdir(parents=True)
    half.write_bytes(b"%PDF-1.7 half")
    ended(claimed)

    render_report(queued.pk)

    queued.refresh_from_db()
    assert queued.attempts == 2
    assert files(settings) == [queued.file.name.removeprefix("reports/")]
    assert not half.exists()


def test_a_worker_that_comes_back_too_late_delivers_nothing(queued, settings):
    slow = rendering.claim(queued.pk)
    ended(slow)
    render_report(queued.pk)
    before = files(settings)

    rendering.deliver(slow, b"%PDF-1.7 too late")
    rendering.give_up(slow, ValueError("te laat"))

    queued.refresh_from_db()
    assert (queued.state, queued.fault) == (JobState.DONE, "")
    assert files(settings) == before


def test_a_report_whose_worker_is_killed_three_times_is_given_up(queued):
    for _ in range(ATTEMPTS):
        ended(rendering.claim(queued.pk))

    assert rendering.claim(queued.pk) is None

    queued.refresh_from_db()
    assert (queued.state, queued.attempts) == (JobState.FAILED, ATTEMPTS)
    assert queued.fault == "Het maken is drie keer afgebroken."


def test_a_fault_is_tried_three_times_and_then_told(hopeless, settings):
    for attempt in range(1, ATTEMPTS + 1):
        render_report(hopeless.pk)
        hopeless.refresh_from_db()
        assert hopeless.attempts == attempt

    assert hopeless.state == JobState.FAILED
    assert hopeless.fault == "TemplateDoesNotExist: pdf/nowhere.html"
    assert ring_due() == 0
    assert files(settings) == []


def test_a_full_disk_is_told_and_leaves_no_half_file(queued, settings):
    settings.MEDIA_ROOT.mkdir(parents=True)
    (settings.MEDIA_ROOT / "reports").write_text("Hier had een map moeten zijn.")

    render_report(queued.pk)

    queued.refresh_from_db()
    assert (queued.state, queued.attempts, queued.file.name) == (JobState.QUEUED, 1, "")
    assert queued.fault.startswith("FileExistsError: ")


def test_a_report_that_failed_is_asked_again_with_three_new_attempts(hopeless, dora):
    for _ in range(ATTEMPTS):
        render_report(hopeless.pk)

    again = actions.ask_again(hopeless, by=dora)

    assert (again.state, again.attempts, again.fault) == (JobState.QUEUED, 0, "")
    render_report(hopeless.pk)
    again.refresh_from_db()
    assert (again.state, again.attempts) == (JobState.QUEUED, 1)


def test_only_a_report_that_failed_can_be_asked_again(queued, dora):
    with pytest.raises(Refusal, match="in de wachtrij"):
        actions.ask_again(queued, by=dora)


def test_the_same_content_gives_the_same_file(zonnehof, dora):
    first, second = (ask_certificate(zonnehof, by=dora) for _ in range(2))

    render_report(first.pk)
    render_report(second.pk)

    assert len(set(Report.objects.values_list("digest", flat=True))) == 1
    assert Report.objects.values("file").distinct().count() == 2


def test_a_lease_outlives_two_beats_that_are_missed():
    assert jobs.LEASE.total_seconds() > jobs.HEARTBEAT * 3
