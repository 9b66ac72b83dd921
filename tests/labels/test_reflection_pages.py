"""Reflections, through the client."""

import uuid

import pytest
from django.urls import reverse

from labels.evidence.models import Evidence
from labels.instruments.reflections import actions
from labels.instruments.reflections.models import Reflection, ReflectionRequest
from tests.makers import make_assessment, make_framework, make_person

SITUATION, GOAL = "situatie-1", "doelen-1"


def url(name, *args):
    return reverse(f"instruments:{name}", args=args)


def text(response):
    return response.content.decode()


def filled(title="Het gesprek aan de deur", **more):
    return {"title": title, SITUATION: "Wat er speelde.", GOAL: "", **more}


def write(by, answers=None):
    answers = answers or {SITUATION: "Wat er speelde.", GOAL: "Wat zij wilde."}
    return actions.write(by=by, title="Het gesprek aan de deur", answers=answers)


@pytest.fixture
def assessment(anna, zonnehof):
    return make_assessment(zonnehof, by=anna, answered=False)


@pytest.fixture
def norm(assessment):
    return assessment.framework.norms.get(code="V1")


@pytest.fixture
def reflection(bas):
    return write(bas)


@pytest.fixture
def asked(anna, bas, zonnehof, norm):
    return actions.ask(zonnehof, norm, by=anna, of=bas, note="Over het huisbezoek.")


def test_the_form_follows_the_steps_and_says_that_it_is_private(as_, bas):
    page = text(as_(bas).get(url("write-reflection")))

    assert "Stap 1 van 8" in page
    assert "Alleen jij leest het" in page
    assert "Schrijf zo dat niemand te herkennen is." in page


def test_a_reflection_is_written_once_however_often_it_is_sent(as_, bas):
    form = filled(key=str(uuid.uuid4()))

    for _ in range(2):
        response = as_(bas).post(url("write-reflection"), form)

    made = Reflection.objects.get()
    assert response.url == made.get_absolute_url()
    assert made.answers == {SITUATION: "Wat er speelde."}


def test_a_step_back_in_the_browser_loses_nothing(as_, bas):
    form, client = filled(key=str(uuid.uuid4())), as_(bas)
    client.post(url("write-reflection"), form)

    client.post(url("write-reflection"), {**form, GOAL: "Toch nog iets."})

    assert Reflection.objects.get().answers[GOAL] == "Toch nog iets."


def test_an_old_first_page_becomes_a_second_reflection_after_a_question(as_, bas):
    form, client = filled(key=str(uuid.uuid4())), as_(bas)
    client.post(url("write-reflection"), form)
    made = Reflection.objects.get()
    actions.rewrite(made, by=bas, title="Anders", answers={SITUATION: "Anders."}, version=1)

    response = client.post(url("write-reflection"), {**form, GOAL: "Van de oude pagina."})

    assert "op een andere plek verder geschreven" in text(response)
    assert "Van de oude pagina." in text(response)
    key = response.context["form"]["key"].value()
    client.post(url("write-reflection"), {**form, GOAL: "Van de oude pagina.", "key": key})
    assert Reflection.objects.count() == 2


def test_a_title_is_needed_and_the_rest_stays(as_, bas):
    response = as_(bas).post(url("write-reflection"), filled("", key=str(uuid.uuid4())))

    assert "Dit veld is verplicht." in text(response)
    assert "Wat er speelde." in text(response)


def test_a_reflection_is_changed_and_keeps_answers_beyond_the_short_form(as_, bas):
    found = write(bas, {SITUATION: "Eerst.", "situatie-2": "Uit de lange vragenlijst."})
    client, here = as_(bas), found.get_absolute_url()

    page = client.get(here)
    client.post(
        here, filled("Titel", version=1, **{"situatie-2": "Uit de lange vragenlijst, nu anders."})
    )

    assert "Uit de lange vragenlijst." in text(page)
    found.refresh_from_db()
    assert found.answers["situatie-2"] == "Uit de lange vragenlijst, nu anders."


def test_two_windows_show_both_texts(as_, bas, reflection):
    actions.rewrite(reflection, by=bas, title="T", answers={SITUATION: "Ander venster."}, version=1)
    here, client = reflection.get_absolute_url(), as_(bas)

    response = client.post(here, filled(version=1))

    assert response.status_code == 409
    assert "Ander venster." in text(response)
    assert "Wat er speelde." in text(response)
    again = filled(version=response.context["form"]["version"].value())
    assert client.post(here, again).status_code == 302


@pytest.mark.parametrize("person", ["anna", "karin", "chris", "dora", "evert", "ada", "frida"])
def test_a_reflection_exists_for_nobody_but_its_author(as_, request, reflection, person):
    client = as_(request.getfixturevalue(person))

    assert str(reflection) not in text(client.get(url("reflections")))
    for name in ("reflection", "share-reflection"):
        assert client.get(url(name, reflection.pk)).status_code == 404
    for name in ("reflection", "share-reflection", "throw-away-reflection"):
        assert client.post(url(name, reflection.pk)).status_code == 404


@pytest.mark.parametrize("person", ["karin", "chris", "dora", "ada", "frida"])
def test_who_has_no_place_to_write_for_cannot_begin(as_, request, person):
    client = as_(request.getfixturevalue(person))

    assert client.get(url("write-reflection")).status_code == 403
    assert url("write-reflection") not in text(client.get(url("reflections")))


def test_one_sees_exactly_what_others_will_read_before_sharing(as_, anna, bas, reflection, norm):
    here = url("share-reflection", reflection.pk)
    client = as_(bas)
    chosen = {"questions": [GOAL], "norm": norm.pk, "key": str(uuid.uuid4())}

    preview = text(client.post(here, chosen))
    nothing_yet = Evidence.objects.count()
    client.post(here, {**chosen, "delen": "1"})

    assert "Wat zij wilde." in preview
    assert "Wat er speelde." not in preview
    assert nothing_yet == 0
    shown = Evidence.objects.get()
    assert [passage["answer"] for passage in shown.passages] == ["Wat zij wilde."]
    read = text(as_(anna).get(shown.get_absolute_url()))
    assert "Wat zij wilde." in read
    assert "Wat er speelde." not in read


def test_sharing_twice_shares_once(as_, bas, reflection, norm):
    chosen = {"questions": [GOAL], "norm": norm.pk, "key": str(uuid.uuid4()), "delen": "1"}

    for _ in range(2):
        response = as_(bas).post(url("share-reflection", reflection.pk), chosen)

    assert response.url == reflection.get_absolute_url()
    assert Evidence.objects.count() == 1


def test_what_was_shared_does_not_change_with_the_reflection(as_, bas, reflection, norm, zonnehof):
    share = actions.share(reflection, zonnehof, norm, by=bas, questions=[GOAL])
    as_(bas).post(reflection.get_absolute_url(), filled(version=1, **{GOAL: "Heel anders."}))

    share.evidence.refresh_from_db()
    assert share.evidence.passages[0]["answer"] == "Wat zij wilde."


@pytest.mark.parametrize(
    "chosen", [{"questions": []}, {"questions": ["situatie-7"]}, {"norm": "999999"}]
)
def test_sharing_asks_for_an_answer_and_a_norm(as_, bas, reflection, norm, chosen):
    form = {"questions": [GOAL], "norm": norm.pk, "key": str(uuid.uuid4()), "delen": "1", **chosen}

    response = as_(bas).post(url("share-reflection", reflection.pk), form)

    assert "Dit lukte nog niet" in text(response)
    assert not Evidence.objects.exists()


def test_a_reflection_without_answers_has_nothing_to_share(as_, bas, norm):
    empty = actions.write(by=bas, title="Leeg", answers={})

    page = text(as_(bas).get(url("share-reflection", empty.pk)))

    assert "Er is nog niets om te delen" in page


def test_somebody_at_two_organisations_chooses_where_it_goes(as_, zonnehof, waterland, norm):
    both = make_person("Rik", (zonnehof, "contributor"), (waterland, "contributor"))
    found = write(both)
    form = {"questions": [GOAL], "norm": norm.pk, "key": str(uuid.uuid4()), "delen": "1"}

    as_(both).post(url("share-reflection", found.pk), {**form, "organisation": waterland.pk})

    assert Evidence.objects.get().organisation == waterland


def test_throwing_away_leaves_what_was_shared(as_, bas, reflection, norm, zonnehof):
    actions.share(reflection, zonnehof, norm, by=bas, questions=[GOAL])

    as_(bas).post(url("throw-away-reflection", reflection.pk))

    assert not Reflection.objects.exists()
    assert Evidence.objects.get().passages


# Asking


def test_a_coordinator_asks_a_colleague_from_the_page_of_a_norm(as_, anna, bas, assessment, norm):
    client = as_(anna)
    here = f"{url('ask-reflection')}?assessment={assessment.pk}&norm={norm.pk}"

    page = client.get(here)
    response = client.post(here, {"of": bas.pk, "note": "Over het huisbezoek."})

    assert page.context["form"].fields["of"].queryset.get() == bas
    assert response.url == reverse("labels:answer-norm", args=[assessment.pk, "V1"])
    assert "Anna vraagt je om een reflectie" in text(as_(bas).get(url("reflections")))
    assert "nog geen antwoord" in text(as_(anna).get(here))


def test_asking_again_with_another_word_says_that_it_is_open(as_, anna, bas, assessment, asked):
    here = f"{url('ask-reflection')}?assessment={assessment.pk}&norm={asked.norm_id}"

    response = as_(anna).post(here, {"of": bas.pk, "note": "Nog een keer."})

    assert "Bij Bas staat al een vraag open over V1." in text(response)
    assert "Nog een keer." in text(response)


def test_only_a_colleague_can_be_asked(as_, anna, chris, assessment, norm):
    here = f"{url('ask-reflection')}?assessment={assessment.pk}&norm={norm.pk}"

    as_(anna).post(here, {"of": chris.pk})

    assert not ReflectionRequest.objects.exists()


def test_a_colleague_may_not_ask_and_others_do_not_see_the_page(
    as_, bas, chris, dora, assessment, norm
):
    here = f"{url('ask-reflection')}?assessment={assessment.pk}&norm={norm.pk}"

    assert as_(bas).get(here).status_code == 403
    assert as_(chris).get(here).status_code == 404
    assert as_(dora).get(here).status_code == 404


@pytest.mark.parametrize("query", ["", "?assessment=x&norm=1", "?assessment=1&norm=x", "?norm=1"])
def test_asking_about_nothing_is_not_found(as_, anna, assessment, query):
    assert as_(anna).get(url("ask-reflection") + query).status_code == 404


def test_a_request_is_answered_with_a_copy_for_its_norm(as_, anna, bas, asked, mailoutbox):
    client = as_(bas)
    begin = f"{url('write-reflection')}?request={asked.pk}"

    written = client.post(begin, filled(key=str(uuid.uuid4())))
    form = {"questions": [SITUATION], "key": str(uuid.uuid4()), "delen": "1"}
    for _ in range(2):
        response = client.post(written.url, form)

    assert "Anna vraagt dit bij" in text(client.get(begin))
    assert response.status_code == 302
    asked.refresh_from_db()
    assert asked.share.evidence.norms.get().code == "V1"
    assert "vraagt je om een reflectie" not in text(client.get(url("reflections")))


def test_saying_no_is_one_button_and_nobody_asks_why(as_, bas, asked):
    for _ in range(2):
        response = as_(bas).post(url("decline-request", asked.pk), follow=True)

    assert "Prima. Je hoeft niets meer te doen." in text(response)
    asked.refresh_from_db()
    assert asked.answered_at
    assert asked.share is None


def test_a_request_to_somebody_else_does_not_exist(as_, anna, chris, asked):
    for person in (anna, chris):
        client = as_(person)
        assert client.post(url("decline-request", asked.pk)).status_code == 404
    begin = f"{url('write-reflection')}?request={asked.pk}"
    assert as_(anna).get(begin).status_code == 404


def test_pages_ask_as_much_for_one_as_for_thirty(as_, anna, bas, zonnehof, connection_queries):
    layout = [(f"V{n}", "V", "VA") for n in range(1, 31)]
    large = make_assessment(
        zonnehof, by=anna, framework=make_framework("GROOT", layout), answered=False
    )
    client, found, counts = as_(bas), write(bas), []
    for number, norm in enumerate(large.framework.norms.all(), start=1):
        write(bas)
        actions.share(found, zonnehof, norm, by=bas, questions=[GOAL])
        actions.ask(zonnehof, norm, by=anna, of=bas)
        if number in {1, 3, 30}:
            pages = [url("reflections"), found.get_absolute_url()]
            counts.append([connection_queries(client, page) for page in pages])

    assert counts[0] == counts[1] == counts[2]
