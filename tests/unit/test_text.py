"""Text that every column can hold."""

import json

import pytest
from cloud_api.text import clean, clean_json
from lxml import etree


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\x00b", "ab"),
        ("\x01\x08\x0b\x0c\x0e\x1f", ""),
        ("a\tb\r\nc", "a\tb\r\nc"),
        ("\ud83d", "\ufffd"),
        ("\udc4d!", "\ufffd!"),
        ("\ufffe\uffff", "\ufffd\ufffd"),
        ("👍🏽 مرحبا \u200f\u2060", "👍🏽 مرحبا \u200f\u2060"),
        ("", ""),
    ],
)
def test_clean(text, expected):
    assert clean(text) == expected


def test_a_character_alone_is_cleaned_as_among_others():
    # Printable text takes a shorter way
    for character in map(chr, range(0x10000)):
        assert clean(f"\t{character}") == f"\t{clean(character)}"


def test_cleaned_text_fits_into_xml_and_utf8():
    every_early_character = "".join(map(chr, range(0x800))) + "\ud800\udfff\ufffe\uffff\U0010ffff"
    element = etree.Element("p")
    element.text = clean(every_early_character)
    assert "\x00" not in etree.tostring(element, encoding="unicode")


def test_clean_json_cleans_keys_and_values_everywhere():
    dirty = {"a\x00": ["\ud83d", {"b": "\x00"}], "n": 1, "none": None, "yes": True}
    assert clean_json(dirty) == {"a": ["\ufffd", {"b": ""}], "n": 1, "none": None, "yes": True}


def test_clean_json_cuts_deep_nesting_so_that_it_can_be_encoded():
    deep: list = []
    for _level in range(5000):
        deep = [deep]
    text = json.dumps(clean_json(deep))
    assert "nested too deep" in text and len(text) < 200
