"""Whoever has the register already is told so, and never when something may have changed."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from labels.register import marks
from sterk.logbook.models import Entry
from tests.labels.test_register_pages import make_registration

OPEN = ["labels:register-json", "labels:register-csv"]
ADDRESSES = ["labels:register", *OPEN]


@pytest.fixture
def registration(anna):
    """A label of long ago."""
    made = make_registration(anna, "SSW-2026-7KQ4-M9XD")
    settle()
    return made


def settle():
    """Nothing was done for an hour."""
    Entry.objects.update(at=timezone.now() - timedelta(hours=1))


def again(client, address, mark, **query):
    """The status for somebody who has this copy."""
    return client.get(address, query, headers={"if-none-match": mark}).status_code


@pytest.mark.parametrize("name", ADDRESSES)
def test_a_copy_that_is_still_right_is_not_sent_again(client, registration, name):
    first = client.get(reverse(name))

    assert again(client, reverse(name), first["ETag"]) == 304
    assert first["Cache-Control"] == "no-cache"
    assert again(client, reverse(name), 'W/"something else"') == 200


def test_the_page_of_one_label_is_not_sent_again_either(client, registration):
    address = registration.get_absolute_url()

    assert again(client, address, client.get(address)["ETag"]) == 304


@pytest.mark.parametrize("name", ADDRESSES)
def test_after_any_deed_everybody_gets_the_page_anew(client, registration, anna, name):
    mark = client.get(reverse(name))["ETag"]

    Entry.record(anna, "registration.suspend", registration)

    assert again(client, reverse(name), mark) == 200
    settle()
    assert again(client, reverse(name), mark) == 200
    assert client.get(reverse(name))["ETag"] != mark


@pytest.mark.parametrize("name", ADDRESSES)
def test_just_after_a_deed_no_copy_is_called_right(client, registration, anna, name):
    """A deed that began before it may be written after it."""
    Entry.record(anna, "registration.suspend", registration)

    assert "ETag" not in client.get(reverse(name))


def test_the_next_day_everybody_gets_the_page_anew(client, registration, monkeypatch):
    mark = client.get(reverse("labels:register"))["ETag"]
    tomorrow = timezone.localdate() + timedelta(days=1)

    monkeypatch.setattr(timezone, "localdate", lambda *_: tomorrow)

    assert again(client, reverse("labels:register"), mark) == 200


def test_the_page_of_somebody_who_is_logged_in_is_never_shared(as_, bas, registration):
    assert "ETag" not in as_(bas).get(reverse("labels:register"))


@pytest.mark.parametrize("name", OPEN)
def test_open_data_is_the_same_for_everybody(as_, bas, client, registration, name):
    mark = client.get(reverse(name))["ETag"]

    assert again(as_(bas), reverse(name), mark) == 304


def test_a_message_that_waits_is_shown(client, registration):
    mark = client.get(reverse("labels:register"))["ETag"]
    client.cookies["messages"] = "something to tell"

    assert again(client, reverse("labels:register"), mark) == 200


def test_another_release_has_other_marks(rf, registration, monkeypatch):
    before = marks.for_everybody(rf.get("/register.json"))

    monkeypatch.setattr(marks, "edition", lambda: "other templates")

    assert marks.for_everybody(rf.get("/register.json")) != before


def test_the_answer_asks_for_one_line_of_the_logbook(
    client, registration, django_assert_num_queries
):
    address = reverse("labels:register")
    mark = client.get(address)["ETag"]

    with django_assert_num_queries(1):
        assert again(client, address, mark) == 304
