import pytest
from cloud_api.preview import preview_of

PLACE = {"kind": "location", "latitude": 52.5, "longitude": 13.4, "name": "", "address": ""}


@pytest.mark.parametrize(
    ("message_type", "text", "content", "expected"),
    [
        ("text", "Where is it?", None, "Where is it?"),
        ("image", "", None, "[image]"),
        ("image", "My sofa", None, "📷 My sofa"),
        ("audio", "", {"kind": "audio", "voice": True}, "[voice]"),
        ("audio", "", {"kind": "audio", "voice": False}, "[audio]"),
        ("sticker", "", {"kind": "sticker", "animated": True}, "[sticker]"),
        ("location", "https://maps…", PLACE, "[location]"),
        ("location", "x", PLACE | {"name": "Café\nMitte", "address": "B"}, "📍 Café Mitte"),
        ("location", "x", PLACE | {"address": "Torstr. 1"}, "📍 Torstr. 1"),
        (
            "contacts",
            "x",
            {"kind": "contacts", "cards": [{"name": "Ali"}, {"name": "", "organisation": "Oud"}]},
            "👤 Ali, Oud",
        ),
        ("contacts", "x", {"kind": "contacts", "cards": [{"name": ""}]}, "[contacts]"),
        ("order", "2 × A", {"kind": "order", "note": ""}, "[order]"),
        ("order", "2 × A", {"kind": "order", "note": "Soon"}, "🛒 Soon"),
        ("interactive", "a: b", {"kind": "form", "name": "flow"}, "📋 flow"),
        ("interactive", "Yes", {"kind": "reply", "via": "button", "title": "Yes"}, "Yes"),
        ("system", "A changed", {"kind": "system", "change": "number"}, "[system]"),
        ("unsupported", "", {"kind": "unsupported", "what": "poll"}, "[unsupported]"),
        ("new", "", {"kind": "unknown", "reason": "?"}, "[unknown]"),
        ("call", "", {"kind": "call", "from_customer": True, "status": "missed"}, "[call_missed]"),
        ("call", "", {"kind": "call", "from_customer": False, "status": "missed"}, "[call]"),
    ],
)
def test_a_message_on_one_line(message_type, text, content, expected):
    assert preview_of(message_type, text, content) == expected
