"""The rules of reflections, through their actions."""

import uuid

import pytest

from labels.evidence.models import Evidence
from labels.instruments.reflections import actions
from labels.instruments.reflections.models import Reflection, ReflectionRequest, Share
from labels.instruments.reflections.questions import short_steps, texts
from sterk.lifecycle import Overtaken, Refusal
from sterk.logbook.models import Entry
from sterk.mail.models import Message

SITUATION, GOAL = "situatie-1", "doelen-1"
ANSWERS = {SITUATION: "Wat er speelde.", GOAL: "Wat zij wilde."}


@pytest.fixture
def reflection(bas):
    return actions.write(by=bas, title="Aan de deur", answers=ANSWERS)


@pytest.fixture
def norm(framework):
    return framework.norms.get(code="V1")


@pytest.fixture
def asked(anna, bas, zonnehof, norm):
    return actions.ask(zonnehof, norm, by=anna, of=bas)


def test_empty_answers_are_not_kept_and_the_logbook_holds_no_word(bas):
    made = actions.write(by=bas, title="Aan de deur", answers={SITUATION: "Iets.", GOAL: "  "})

    assert made.answers == {SITUATION: "Iets."}
    entry = Entry.objects.get(deed="reflection.write")
    assert (entry.details, entry.organisation_pk) == ({}, None)


def test_the_same_page_sent_again_makes_one_reflection(bas):
    key = uuid.uuid4()

    for _ in range(2):
        actions.write(by=bas, title="Aan de deur", answers=ANSWERS, key=key)

    assert Reflection.objects.count() == 1
    assert Reflection.objects.get().version == 1


def test_the_same_page_with_more_on_it_rewrites(bas):
    key = uuid.uuid4()
    actions.write(by=bas, title="Aan de deur", answers=ANSWERS, key=key)

    again = actions.write(by=bas, title="Aan de deur", answers={SITUATION: "Meer."}, key=key)

    assert (again.answers, again.version) == ({SITUATION: "Meer."}, 2)
    with pytest.raises(Overtaken):
        actions.write(by=bas, title="Aan de deur", answers=ANSWERS, key=key)


def test_the_same_key_of_two_people_is_two_reflections(anna, bas):
    key = uuid.uuid4()

    for person in (anna, bas):
        actions.write(by=person, title="Aan de deur", answers=ANSWERS, key=key)

    assert Reflection.objects.count() == 2


def test_an_older_copy_is_overtaken(bas, reflection):
    actions.rewrite(reflection, by=bas, title="Nieuw", answers=ANSWERS, version=1)

    with pytest.raises(Overtaken) as overtaken:
        actions.rewrite(reflection, by=bas, title="Oud", answers=ANSWERS, version=1)

    assert overtaken.value.theirs.title == "Nieuw"


def test_nobody_else_changes_shares_or_throws_away(anna, zonnehof, norm, reflection):
    with pytest.raises(Refusal, match="van iemand anders"):
        actions.rewrite(reflection, by=anna, title="Van mij", answers={}, version=1)
    with pytest.raises(Refusal, match="van iemand anders"):
        actions.share(reflection, zonnehof, norm, by=anna, questions=[GOAL])
    with pytest.raises(Refusal, match="van iemand anders"):
        actions.throw_away(reflection, by=anna)


def test_only_the_chosen_answers_go_along_in_the_order_of_the_steps(
    bas, zonnehof, norm, reflection
):
    share = actions.share(
        reflection, zonnehof, norm, by=bas, questions=[GOAL, SITUATION, "doelen-2"]
    )

    assert share.evidence.passages == [
        {"question": texts()[SITUATION], "answer": "Wat er speelde."},
        {"question": texts()[GOAL], "answer": "Wat zij wilde."},
    ]


def test_sharing_nothing_is_refused(bas, zonnehof, norm, reflection):
    with pytest.raises(Refusal, match="Kies minstens één antwoord"):
        actions.share(reflection, zonnehof, norm, by=bas, questions=["doelen-2"])


def test_sharing_twice_shares_once(bas, zonnehof, norm, reflection):
    key = uuid.uuid4()

    for _ in range(2):
        actions.share(reflection, zonnehof, norm, by=bas, questions=[GOAL], key=key)

    assert (Share.objects.count(), Evidence.objects.count()) == (1, 1)


def test_throwing_away_leaves_the_copy(bas, zonnehof, norm, reflection):
    share = actions.share(reflection, zonnehof, norm, by=bas, questions=[GOAL])

    actions.throw_away(reflection, by=bas)

    share.refresh_from_db()
    assert share.reflection is None
    assert share.evidence.passages


def test_a_request_is_asked_once_and_mailed_once(anna, bas, zonnehof, norm, asked):
    again = actions.ask(zonnehof, norm, by=anna, of=bas)

    assert again == asked
    assert Message.objects.get().recipient == bas.email


def test_an_open_request_is_not_asked_again_in_other_words(anna, bas, zonnehof, norm, asked):
    with pytest.raises(Refusal, match="staat al een vraag open over V1"):
        actions.ask(zonnehof, norm, by=anna, of=bas, note="Nog een keer.")

    assert ReflectionRequest.objects.get().note == ""


def test_somebody_of_elsewhere_is_not_asked(anna, chris, zonnehof, norm):
    with pytest.raises(Refusal, match="hoort niet bij jullie organisatie"):
        actions.ask(zonnehof, norm, by=anna, of=chris)


def test_a_shared_copy_answers_the_request_and_tells_who_asked(
    anna, bas, zonnehof, norm, reflection, asked
):
    share = actions.share(reflection, zonnehof, norm, by=bas, questions=[GOAL], request=asked)

    asked.refresh_from_db()
    assert asked.share == share
    assert Message.objects.filter(recipient=anna.email).count() == 1


def test_after_no_a_shared_copy_does_not_answer_any_more(bas, zonnehof, norm, reflection, asked):
    for _ in range(2):
        actions.decline(asked, by=bas)

    actions.share(reflection, zonnehof, norm, by=bas, questions=[GOAL], request=asked)

    asked.refresh_from_db()
    assert asked.share is None
    assert Entry.objects.filter(deed="reflection.decline").count() == 1


def test_nobody_says_no_for_somebody_else(anna, asked):
    with pytest.raises(Refusal, match="aan iemand anders gesteld"):
        actions.decline(asked, by=anna)


def test_the_short_form_has_every_step_and_what_was_answered_beyond_it():
    short = [question["id"] for step in short_steps() for question in step["questions"]]
    more = [q["id"] for step in short_steps(["situatie-2"]) for q in step["questions"]]

    assert len(short_steps()) == 8
    assert "situatie-2" not in short
    assert more == [short[0], "situatie-2", *short[1:]]
