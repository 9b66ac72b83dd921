"""The bureau's page of reports."""

import pytest
from django.urls import reverse

from sterk.jobs import JobState
from sterk.logbook.models import Entry
from sterk.reports import actions
from sterk.reports.models import Report
from tests.makers import log_in

LIST = "reports:reports"


def ask(organisation, *, title="Leerrapport Zonnehof", **fields):
    """A report that was asked for, further on if ``fields`` say so."""
    report = actions.request(
        organisation,
        kind="learning",
        title=title,
        template="pdf/learning_report.html",
        content={"secret": "niet voor het bureau"},
        by=None,
    )
    Report.objects.filter(pk=report.pk).update(**fields)
    return Report.objects.get(pk=report.pk)


@pytest.fixture
def failed(zonnehof):
    """A report that failed three times."""
    return ask(zonnehof, state=JobState.FAILED, attempts=3, fault="ValueError: lege tabel")


def remake(client, report):
    return client.post(reverse("reports:remake-report", args=[report.pk]))


def test_the_bureau_sees_how_far_a_report_is(client, dora, failed):
    text = log_in(client, dora).get(reverse(LIST)).content.decode()

    assert "Leerrapport Zonnehof" in text
    assert "mislukt" in text
    assert "3 pogingen" in text
    assert "ValueError: lege tabel" in text
    assert "Opnieuw maken" in text
    assert "niet voor het bureau" not in text


def test_a_report_that_waits_is_not_made_again(client, dora, zonnehof):
    ask(zonnehof)

    text = log_in(client, dora).get(reverse(LIST)).content.decode()

    assert "0 pogingen" in text
    assert "Opnieuw maken" not in text


def test_without_reports_the_page_says_what_will_come(client, dora):
    assert "nog geen rapport" in log_in(client, dora).get(reverse(LIST)).content.decode()


@pytest.mark.parametrize(
    ("state", "titles"), [("failed", ["Mislukt"]), ("queued", ["Wacht"]), ("running", [])]
)
def test_choosing_a_state(client, dora, zonnehof, state, titles):
    ask(zonnehof, title="Mislukt", state=JobState.FAILED)
    ask(zonnehof, title="Wacht")

    response = log_in(client, dora).get(reverse(LIST), {"stand": state})

    assert [report.title for report in response.context["page"]] == titles


def test_a_state_that_does_not_exist_chooses_nothing(client, dora, failed):
    response = log_in(client, dora).get(reverse(LIST), {"stand": "' OR 1=1"})

    assert list(response.context["page"]) == [failed]


def test_a_failed_report_is_asked_again(client, dora, failed):
    response = remake(log_in(client, dora), failed)

    failed.refresh_from_db()
    assert response.url == reverse(LIST)
    assert (failed.state, failed.attempts, failed.fault) == (JobState.QUEUED, 0, "")
    assert Entry.objects.filter(deed="report.ask_again", by_pk=dora.pk).count() == 1


def test_asking_twice_does_so_once(client, dora, failed):
    log_in(client, dora)
    remake(client, failed)

    response = client.get(remake(client, failed).url)

    assert [message.level_tag for message in response.context["messages"]] == ["success", "error"]
    assert Entry.objects.filter(deed="report.ask_again").count() == 1


def test_looking_asks_nothing(client, dora, failed):
    response = log_in(client, dora).get(reverse("reports:remake-report", args=[failed.pk]))

    assert response.status_code == 405


@pytest.mark.parametrize(
    "who", ["anna", "bas", "karin", "chris", "lotte", "pieter", "evert", "ada", "frida"]
)
def test_it_is_for_the_bureau_only(client, who, request, failed):
    log_in(client, request.getfixturevalue(who))

    assert client.get(reverse(LIST)).status_code == 403
    assert remake(client, failed).status_code == 403
    failed.refresh_from_db()
    assert failed.state == JobState.FAILED


def test_nobody_is_sent_to_log_in(client, failed):
    assert client.get(reverse(LIST)).url.startswith(reverse("account_login"))
    assert remake(client, failed).url.startswith(reverse("account_login"))


@pytest.mark.parametrize("number", [1, 3, 30])
def test_more_reports_cost_no_more_queries(
    client, dora, zonnehof, number, django_assert_num_queries
):
    for place in range(number):
        ask(zonnehof, title=f"Rapport {place}")
    log_in(client, dora)

    with django_assert_num_queries(5):
        response = client.get(reverse(LIST))

    assert len(response.context["page"]) == min(number, 25)
