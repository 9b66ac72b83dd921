"""What is said about a password that will not do."""

import pytest
from django.contrib.auth.password_validation import (
    password_validators_help_texts,
    validate_password,
)
from django.core.exceptions import ValidationError


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("kort", "Neem minstens 10 tekens"),
        ("annavoorbeeld", "lijkt te veel op je e-mailadres"),
        ("password123", "gebruiken veel mensen"),
    ],
)
def test_a_password_that_will_not_do_is_refused_in_plain_dutch(anna, password, said):
    with pytest.raises(ValidationError) as refused:
        validate_password(password, anna)

    assert said in " ".join(refused.value.messages)


def test_a_password_may_not_be_the_persons_own_name(anna):
    anna.name = "Annemarie Zonneveld"

    with pytest.raises(ValidationError, match="lijkt te veel op je naam"):
        validate_password("Annemarie-Zonneveld", anna)


def test_a_few_words_after_each_other_will_do(anna):
    assert validate_password("groene-fiets-bij-de-brug", anna) is None


def test_the_help_names_every_rule():
    assert len(password_validators_help_texts()) == 3
