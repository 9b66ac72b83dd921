"""Pages of a reviewer alone: reading what was handed in, scoring, handing in."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from labels.assessments import actions as assessments
from labels.evidence import actions as evidence
from labels.evidence.models import Evidence
from labels.registrations import actions as registrations
from peerreview.panels import actions as panels
from peerreview.reviews import actions
from peerreview.reviews.models import Review
from sterk.logbook.models import Entry
from sterk.organisations.models import Conflict, Membership
from sterk.reports.models import Report
from sterk.reports.rendering import fulfil
from tests.makers import (
    agree_all,
    finish_review,
    hand_in_all,
    make_assessment,
    make_evidence,
    make_panel,
    make_review,
    plan_for,
)
from tests.peerreview.steps import body_of, card_of, hand_in, score_all, text_of

SHARED = [{"question": "Wat speelde er?", "answer": "Een moeilijke keuze."}]


def url(name, *args):
    return reverse(f"peerreview:{name}", args=args)


@pytest.fixture
def draft(anna):
    return make_assessment(by=anna)


@pytest.fixture
def review(draft, anna, lotte, chris, dora):
    """Lotte and Chris review Zonnehof, which shows something of every kind for V1."""
    home, norm = draft.organisation, draft.framework.norms.get(code="V1")
    make_evidence(home, norm, by=anna, title="Jaarplan")
    evidence.add_link(
        home, by=anna, title="Onze site", url="https://zonnehof.example/", norms=[norm]
    )
    evidence.add_on_site(home, by=anna, title="Het prikbord", note="Bij de ingang.", norms=[norm])
    evidence.share(home, by=anna, title="Een besluit", passages=SHARED, norm=norm)
    submitted = assessments.submit(draft, by=anna)
    return make_review(submitted, [lotte, chris], by=dora)


def a_file(kind="file"):
    return Evidence.objects.get(kind=kind)


def send(client, review, code="V1", **typed):
    form = {"score": "met", "note": "Gezien.", "version": 0, **typed}
    return client.post(url("review-norm", review.pk, code), form)


def test_a_reviewer_finds_the_own_panels(as_, review, lotte, pieter):
    page = text_of(as_(lotte).get(url("reviews")))
    assert "Zonnehof" in page
    assert "0 van 4 normen gescoord" in page

    assert "Je zit nu niet in een toetsteam" in text_of(as_(pieter).get(url("reviews")))


def test_a_reviewer_sees_where_work_will_come(as_, draft, anna, lotte, chris, dora):
    make_panel(assessments.submit(draft, by=anna), [lotte, chris], by=dora)

    page = text_of(as_(chris).get(url("reviews")))

    assert "Zonnehof" in page
    assert "de toetsing is nog niet begonnen" in page


def test_a_panel_that_is_to_come_is_hidden_from_whoever_has_a_tie(
    as_, draft, anna, lotte, chris, dora
):
    make_panel(assessments.submit(draft, by=anna), [lotte, chris], by=dora)
    Conflict.objects.create(
        person=chris, organisation=draft.organisation, reason="x", recorded_by=dora
    )

    assert "Zonnehof" not in text_of(as_(chris).get(url("reviews")))


def test_the_overview_says_what_is_asked_now(as_, review, lotte, chris):
    client, here = as_(lotte), url("review", review.pk)
    assert "Begin met scoren" in text_of(client.get(here))

    actions.score(card_of(review, lotte), "V1", score="met", note="", version=0)
    page = text_of(client.get(here))
    assert "Verder met scoren" in page
    assert url("review-norm", review.pk, "V2") in page

    score_all(review, lotte)
    assert "Naar inleveren" in text_of(client.get(here))

    actions.hand_in(card_of(review, lotte), by=lotte)
    assert "Jullie wachten nog op Chris." in text_of(client.get(here))

    hand_in(review, chris)
    assert "Naar de overeenstemming" in text_of(client.get(here))


def test_the_overview_names_the_team_with_their_organisations(as_, review, lotte):
    page = text_of(as_(lotte).get(url("review", review.pk)))

    assert "collega, Waterland" in page
    assert "voorzitter" in page


def test_a_norm_shows_what_the_organisation_said_and_shows(as_, review, lotte):
    page = text_of(as_(lotte).get(url("review-norm", review.pk, "V1")))

    for words in [
        "De sociaal werker doet wat V1 vraagt.",
        "conceptnorm, eigen formulering",
        "Zo doen wij dat.",
        "Hoe doe je dat?",
        "Het prikbord",
        "Bij de ingang.",
        "Een moeilijke keuze.",
        'href="https://zonnehof.example/"',
        url("review-evidence-file", review.pk, a_file().pk),
        "Kon niet worden vastgesteld",
        "Wie leest dit?",
        "1 van 4",
    ]:
        assert words in page


def test_a_link_that_is_no_address_of_the_web_is_no_link(as_, review, lotte):
    copy = review.frozen_copy
    copy.content["norms"]["V1"]["evidence"][1]["url"] = "javascript:alert(1)"
    copy.save()

    assert "javascript:" not in text_of(as_(lotte).get(url("review-norm", review.pk, "V1")))


def test_what_the_organisation_changes_later_is_not_shown(as_, review, draft, lotte):
    draft.answers.filter(norm__code="V1").update(explanation="Later geschreven.")
    Evidence.objects.filter(kind="on_site").update(title="Later bedacht")

    page = text_of(as_(lotte).get(url("review-norm", review.pk, "V1")))

    assert "Later" not in page


def test_a_score_is_saved_and_leads_on(as_, review, lotte):
    response = send(as_(lotte), review, score="undetermined", note="Niet gezien.", verder="ja")

    assert response.url == url("review-norm", review.pk, "V2")
    own = card_of(review, lotte).scores.get(norm__code="V1")
    assert (own.score, own.note) == ("undetermined", "Niet gezien.")


def test_saving_without_going_on_stays_here(as_, review, lotte):
    assert send(as_(lotte), review).url == url("review-norm", review.pk, "V1")


def test_the_last_norm_leads_to_handing_in(as_, review, lotte):
    page = text_of(as_(lotte).get(url("review-norm", review.pk, "B1")))

    assert "Naar inleveren" in page
    assert send(as_(lotte), review, "B1", verder="ja").url == url("review-norm", review.pk, "B1")


def test_a_score_can_be_saved_in_place(as_, review, lotte):
    response = as_(lotte).post(
        url("review-norm", review.pk, "V1"),
        {"score": "met", "note": "", "version": 0},
        headers={"HX-Request": "true"},
    )

    page = text_of(response)
    assert 'name="version" value="1"' in page
    assert 'hx-swap-oob="true"' in page
    assert "<html" not in page


def test_saving_in_place_can_lead_on_too(as_, review, lotte):
    response = as_(lotte).post(
        url("review-norm", review.pk, "V1"),
        {"score": "met", "note": "", "version": 0, "verder": "ja"},
        headers={"HX-Request": "true"},
    )

    assert response["HX-Redirect"] == url("review-norm", review.pk, "V2")


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_an_older_window_shows_both_texts_and_lets_one_choose(headers, as_, review, lotte):
    actions.score(card_of(review, lotte), "V1", score="met", note="Uit venster één.", version=0)
    older = {"score": "not_met", "note": "Uit venster twee.", "version": 0}
    client, here = as_(lotte), url("review-norm", review.pk, "V1")

    response = client.post(here, older, headers=headers)

    page = text_of(response)
    assert response.status_code == 409
    assert "Uit venster één." in page
    assert "Uit venster twee." in page
    assert 'name="version" value="1"' in page
    client.post(here, {**older, "version": 1})
    assert card_of(review, lotte).scores.get(norm__code="V1").note == "Uit venster twee."


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_a_note_that_is_too_long_is_told_beside_the_field_and_kept(headers, as_, review, lotte):
    long = "a" * 4001

    response = as_(lotte).post(
        url("review-norm", review.pk, "V1"),
        {"score": "met", "note": long, "version": 0},
        headers=headers,
    )

    assert response.status_code == 422
    assert long in text_of(response)
    assert 'id="id_note_error"' in text_of(response)


def test_a_score_that_comes_after_handing_in_is_refused_and_kept(as_, review, lotte):
    hand_in(review, lotte)

    response = send(as_(lotte), review, note="Te laat geschreven.", version=1)

    assert response.status_code == 422
    assert "Je hebt je scores ingeleverd; ze veranderen niet meer." in text_of(response)
    assert "Te laat geschreven." in text_of(response)


def test_the_page_before_handing_in_says_what_is_missing_and_then_what_happens(as_, review, lotte):
    client, here = as_(lotte), url("hand-in-scores", review.pk)
    page = text_of(client.get(here))
    assert "4 van de 4 normen hebben nog geen score" in page
    assert "<button" not in page.partition("<main")[2]

    score_all(review, lotte)
    page = text_of(client.get(here))
    assert "je scores en aantekeningen veranderen niet meer" in page
    assert card_of(review, lotte).handed_in_at is None

    response = client.post(here)
    assert response.url == url("review", review.pk)
    assert card_of(review, lotte).handed_in_at is not None
    assert "al ingeleverd" in text_of(client.get(here))


def test_handing_in_too_early_is_refused(as_, review, lotte):
    page = as_(lotte).post(url("hand-in-scores", review.pk), follow=True)

    assert "Nog niet compleet: 4 normen hebben nog geen score." in text_of(page)


def test_after_handing_in_one_sees_who_found_what_on_a_norm(as_, review, lotte, chris):
    hand_in(review, chris, score="partly_met", note="Van Chris.")
    client, here = as_(lotte), url("review-norm", review.pk, "V1")
    assert "Van Chris." not in text_of(client.get(here))

    hand_in(review, lotte, note="Van Lotte.")

    page = text_of(client.get(here))
    assert "Chris, Waterland" in page
    assert "Van Chris." in page
    assert "Naar de overeenstemming" in page


def test_a_file_is_downloaded_and_the_organisation_sees_it(as_, review, lotte, anna):
    response = as_(lotte).get(url("review-evidence-file", review.pk, a_file().pk))

    assert body_of(response) == "Een gewone tekst.\n"
    assert response["Content-Disposition"] == 'attachment; filename="jaarplan.txt"'
    entry = Entry.objects.get(deed="review.read_evidence")
    assert (entry.by_name, entry.organisation_pk) == ("Lotte", anna.held[0][0])
    logbook = as_(anna).get(reverse("organisations:logbook", args=[anna.held[0][0]]))
    assert "opende een bewijsstuk voor de toetsing." in text_of(logbook)


def test_reading_a_norm_leaves_no_line(as_, review, lotte):
    before = Entry.objects.count()

    for name, args in [("review", []), ("review-norm", ["V1"]), ("hand-in-scores", [])]:
        as_(lotte).get(url(name, review.pk, *args))

    assert Entry.objects.count() == before


def test_only_files_can_be_downloaded(as_, review, lotte):
    for kind in ["link", "on_site", "reflection"]:
        response = as_(lotte).get(url("review-evidence-file", review.pk, a_file(kind).pk))
        assert response.status_code == 404


def test_a_file_that_was_not_handed_in_stays_closed(as_, review, draft, anna, lotte):
    norm = draft.framework.norms.get(code="V1")
    later = make_evidence(draft.organisation, norm, by=anna, title="Later")

    response = as_(lotte).get(url("review-evidence-file", review.pk, later.pk))

    assert response.status_code == 404
    assert not Entry.objects.filter(deed="review.read_evidence").exists()


def test_a_file_that_was_withdrawn_after_handing_in_can_still_be_read(as_, review, anna, lotte):
    evidence.withdraw(a_file(), by=anna)

    response = as_(lotte).get(url("review-evidence-file", review.pk, a_file().pk))

    assert body_of(response) == "Een gewone tekst.\n"


def test_at_a_second_look_only_files_of_the_open_norms_can_be_read(
    as_, draft, anna, pieter, dora, evert
):
    norms = {norm.code: norm for norm in draft.framework.norms.all()}
    files = {
        code: make_evidence(draft.organisation, norms[code], by=anna, title=code)
        for code in ["V1", "D1"]
    }
    assessment = assessments.submit(draft, by=anna)
    first = make_review(assessment, [pieter], by=dora, route="external")
    plan_for(finish_review(first, but={"D1": "not_met"}), by=anna)
    actions.advise(first, by=pieter, advice="hold", motivation="Eerst D1.")
    held = registrations.propose(assessment, by=dora, ruling="conditional", motivation="Eerst D1.")
    registrations.confirm(held, by=evert)
    second = actions.look_again(assessment, by=dora)
    client = as_(pieter)

    answers = {
        code: client.get(url("review-evidence-file", second.pk, found.pk))
        for code, found in files.items()
    }

    assert answers["V1"].status_code == 404
    assert body_of(answers["D1"]) == "Een gewone tekst.\n"
    assert client.get(url("review-norm", second.pk, "V1")).status_code == 404
    page = text_of(client.get(url("review-norm", second.pk, "D1")))
    assert "Wat jullie de vorige keer vonden" in page
    assert "We hoorden het van drie kanten." in page


def test_a_member_downloads_the_report_when_it_is_made(as_, review, lotte):
    finish_review(review)
    client, here = as_(lotte), url("review-report", review.pk)
    assert client.get(here).status_code == 404
    assert "Staat klaar om gemaakt te worden" in text_of(client.get(url("review", review.pk)))

    fulfil(Report.objects.get().pk)

    assert body_of(client.get(here))[:5] == "%PDF-"


def test_there_is_no_report_before_the_end(as_, review, lotte):
    assert as_(lotte).get(url("review-report", review.pk)).status_code == 404


def test_access_ends_ninety_days_after_the_finish(as_, review, lotte):
    finish_review(review)
    client, here = as_(lotte), url("review", review.pk)
    ago = timezone.now() - timedelta(days=90)
    Review.objects.update(finished_at=ago + timedelta(minutes=1))
    assert client.get(here).status_code == 200

    Review.objects.update(finished_at=ago - timedelta(minutes=1))

    assert client.get(here).status_code == 404
    assert "Zonnehof" not in text_of(client.get(url("reviews")))


def test_whoever_leaves_the_panel_sees_nothing_any_more(as_, review, chris, dora):
    client = as_(chris)
    assert client.get(url("review", review.pk)).status_code == 200

    panels.let_go(card_of(review, chris).member, by=dora)

    assert client.get(url("review", review.pk)).status_code == 404
    assert client.get(url("review-norm", review.pk, "V1")).status_code == 404
    assert client.get(url("review-evidence-file", review.pk, a_file().pk)).status_code == 404


def test_a_recorded_conflict_closes_everything_at_once(as_, review, chris, dora):
    client = as_(chris)
    assert client.get(url("review", review.pk)).status_code == 200

    Conflict.objects.create(
        person=chris, organisation=review.assessment.organisation, reason="x", recorded_by=dora
    )

    assert client.get(url("review", review.pk)).status_code == 404
    assert send(client, review).status_code == 404


def test_no_longer_reviewing_for_the_own_organisation_closes_everything_at_once(
    as_, review, chris, dora
):
    client = as_(chris)
    assert client.get(url("review", review.pk)).status_code == 200

    Membership.objects.filter(person=chris).update(ended_at=timezone.now())

    assert client.get(url("review", review.pk)).status_code == 404
    assert send(client, review).status_code == 404
    page = text_of(as_(dora).get(url("panel", review.panel.sign_up_id)))
    assert "Chris toetst niet meer voor Waterland en moet uit het toetsteam." in page


def test_coming_to_work_at_the_organisation_closes_everything_at_once(as_, review, chris):
    Membership.objects.create(
        person=chris, organisation=review.assessment.organisation, role="contributor"
    )

    assert as_(chris).get(url("review", review.pk)).status_code == 404


def test_coming_to_work_for_the_label_closes_everything_at_once(as_, review, chris):
    Membership.objects.create(person=chris, organisation=None, role="committee")

    assert as_(chris).get(url("review", review.pk)).status_code == 404


def test_the_organisation_learns_who_reviews_it_when_the_review_begins(
    as_, draft, anna, bas, karin, lotte, chris, dora
):
    panel = make_panel(assessments.submit(draft, by=anna), [lotte, chris], by=dora)
    here = url("assessment-panel", draft.pk)
    before = text_of(as_(anna).get(here))
    assert "Dat weten jullie als de toetsing begint" in before
    assert "Lotte" not in before

    actions.start(panel, by=dora)

    for person in [anna, bas, karin]:
        page = text_of(as_(person).get(here))
        assert "Lotte" in page
        assert "collega, Waterland" in page


def test_the_page_on_the_panel_tells_nothing_of_how_far_it_is(as_, review, draft, anna, lotte):
    here = url("assessment-panel", draft.pk)
    client = as_(anna)
    before = body_of(client.get(here))

    hand_in_all(review)
    agree_all(review, by=lotte)

    assert body_of(client.get(here)) == before


def test_nobody_else_reads_the_page_on_the_panel(as_, review, draft, lotte, dora, ada, frida):
    for person in [lotte, dora, ada, frida]:
        assert as_(person).get(url("assessment-panel", draft.pk)).status_code == 404
