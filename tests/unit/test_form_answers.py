"""Answers of forms, whatever a form's author made of them."""

import json

import pytest
from cloud_api.form_answers import LONGEST_ANSWER, LONGEST_LABEL, MOST_ANSWERS, answers_of


@pytest.mark.parametrize(
    ("response", "answers"),
    [
        ('{"flow_token": "t"}', ()),
        ('{"a": {"flow_token": "t"}}', (("a.flow_token", "t"),)),
        ('{"b": 2, "a": 1.5}', (("b", "2"), ("a", "1.5"))),
        ('{"a": true, "b": false, "c": null, "d": ""}', (("a", "true"), ("b", "false"))),
        ('{"a": [1, null, "x", ""]}', (("a", "1, x"),)),
        ('{"a": [[1, 2], {"b": 3}]}', (("a.1", "1, 2"), ("a.2.b", "3"))),
        ('["x", "y"]', (("", "x, y"),)),
        ('[{"a": 1}]', (("1.a", "1"),)),
        ('"just text"', (("", "just text"),)),
        ("just text", (("", "just text"),)),
        ('{"a": 1', (("", '{"a": 1'),)),
        ("12", (("", "12"),)),
        ("NaN", ()),
        ("null", ()),
        ("", ()),
        (None, ()),
        (7, (("", "7"),)),
        ({"a": {"b": "c"}}, (("a.b", "c"),)),
        ('{"screen_1_Your_size_2": "L"}', (("Your size", "L"),)),
        ('{"a": "\\u0000x\\ud800"}', (("a", "x\ufffd"),)),
        ('{"مدينة": "عمّان"}', (("مدينة", "عمّان"),)),
    ],
)
def test_answers(response, answers):
    assert answers_of(response) == answers


def test_huge_forms_are_cut():
    response = json.dumps({f"{'k' * 500}{number}": "v" * 9000 for number in range(500)})
    answers = answers_of(response)
    assert len(answers) == MOST_ANSWERS
    assert {(len(label), len(value)) for label, value in answers} == {
        (LONGEST_LABEL, LONGEST_ANSWER)
    }


@pytest.mark.parametrize("depth", [7, 8, 9, 900, 100_000])
def test_deep_nesting_ends_in_dots_or_text(depth):
    ((label, value),) = answers_of('{"a":' * depth + "1" + "}" * depth)
    assert value == "1" if depth <= 8 else value
    assert label.count(".") < 8


def test_a_number_that_no_column_holds_stays_text():
    assert answers_of('{"a": %s}' % ("9" * 5000)) == (("a", "9" * LONGEST_ANSWER),)
