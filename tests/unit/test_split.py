"""Long texts in parts: short enough, in order, nothing lost, every mark kept."""

import random

import pytest
from cloud_api.formatting import whatsapp_to_html
from cloud_api.limits import text_length
from cloud_api.split import split_text
from lxml import etree

MARKS = {"strong", "em", "s", "code", "pre"}


def styled(text):
    """Return each visible character with the marks that apply to it."""
    found = []

    def walk(node, marks):
        marks = marks | ({"code" if node.tag == "pre" else node.tag} & MARKS)
        found.extend((char, marks) for char in node.text or "" if not char.isspace())
        for child in node:
            walk(child, marks)
            found.extend((char, marks) for char in child.tail or "" if not char.isspace())

    walk(etree.fromstring(f"<div>{whatsapp_to_html(text)}</div>"), frozenset())
    return found


def test_short_texts_stay_as_they_are():
    assert split_text("  a\n\n*b*  ") == ["  a\n\n*b*  "]
    assert split_text(" \n ") == []
    assert split_text("x" * 4096) == ["x" * 4096]
    assert split_text("x" * 4097) == ["x" * 4096, "x"]


def test_paragraphs_are_kept_together():
    paragraphs = [letter * 20 for letter in "abcde"]
    parts = split_text("\n\n".join(paragraphs), 50)
    assert parts == ["\n\n".join(paragraphs[:2]), "\n\n".join(paragraphs[2:4]), paragraphs[4]]


def test_a_long_paragraph_is_cut_between_lines():
    lines = [letter * 20 for letter in "abcd"]
    assert split_text("\n".join(lines), 45) == ["\n".join(lines[:2]), "\n".join(lines[2:])]


def test_a_short_start_shares_its_part_with_a_long_paragraph():
    parts = split_text("Hello\n\n" + "one two. " * 20, 100)
    assert parts[0].startswith("Hello\n\none two.")
    assert all(part.endswith("two.") for part in parts)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        (
            "One two three. Four five six seven eight. Nine",
            "One two three. Four five six seven eight.",
        ),
        ("كم سعر هذه الكنبة؟ أريد أن أعرف متى تصل إلى القاهرة", "كم سعر هذه الكنبة؟"),
        ("word " * 12, "word word word word word word word word"),
        ("価格はいくらですか。" * 6, "価格はいくらですか。" * 4),
    ],
)
def test_a_long_line_is_cut_between_sentences_or_words(text, first):
    assert split_text(text, 42)[0] in (first, first.strip())


def test_marks_that_are_cut_are_written_on_both_sides():
    assert split_text("*" + "bold words " * 6 + "end*", 40) == [
        "*bold words bold words bold words bold*",
        "*words bold words bold words end*",
    ]
    assert split_text("> " + "quoted words " * 4, 32) == [
        "> quoted words quoted words",
        "> quoted words quoted words",
    ]


def test_code_stays_code():
    code = "\n".join(f"line {number}" for number in range(12))
    parts = split_text(f"before\n```{code}```\nafter", 64)
    assert parts[0] == "before"
    assert all(part.startswith("```") for part in parts[1:-1])
    assert "".join(part.strip("`") + "\n" for part in parts[1:-1]).strip() == code
    assert parts[-1] == "after"


def test_what_is_drawn_as_one_character_is_not_cut():
    family = "👨‍👩‍👧‍👦"
    for padding in range(12):
        parts = split_text("x" * padding + family * 10, 32)
        assert all(part.strip("x").replace(family, "") == "" for part in parts)


WORDS = [
    " ",
    "\n",
    "\n\n",
    ". ",
    "! ",
    "a ",
    "word ",
    "ب ",
    "كلمة ",
    "😀",
    "👍🏽 ",
    "2*3 ",
    "snake_case ",
]
MARKED = ["*bold words* ", "_in italics_ ", "`some code` ", "~gone~ ", "*_both of them_* "]
MARKED += ["https://ex.com/a_b ", "*" + "long bold " * 6 + "end* ", "```fenced\ncode``` "]
TANGLED = ["*", "_", "~", "`", "```", "\u2060", "a*", "> ", "- ", "_*~ "]


def cases(parts, maximum):
    chance = random.Random(maximum)
    for _round in range(200):
        text = "".join(chance.choice(parts) for _part in range(chance.randrange(1, 80)))
        found = split_text(text, maximum)
        assert all(part.strip() for part in found)
        assert max(map(text_length, found), default=0) <= maximum, text
        yield text, found


@pytest.mark.parametrize("maximum", [32, 50, 128])
def test_every_mark_is_kept(maximum):
    for text, parts in cases(WORDS + MARKED, maximum):
        assert [pair for part in parts for pair in styled(part)] == styled(text), text


@pytest.mark.parametrize("maximum", [32, 50, 128])
def test_nothing_is_lost_whatever_the_text(maximum):
    for text, parts in cases(WORDS + MARKED + TANGLED, maximum):
        assert letters("".join(parts)) == letters(text), text


def letters(text):
    return [char for char in text if char.isalnum()]


def test_parts_are_well_filled():
    text = "Some words of a sentence. " * 2000
    parts = split_text(text)
    assert len(parts) <= len(text) // 4096 + 2
