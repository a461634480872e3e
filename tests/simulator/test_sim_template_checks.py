"""What Meta refuses when a template is created: texts, samples, buttons, combinations."""

import copy

import pytest
from template_samples import create, created, handle, listed, media_header


@pytest.fixture
def manual(client, receiver):
    """Nothing is reviewed by itself."""
    client.sim("POST", "/settings", {"template_review": "manual"})
    return client


def body(text, *samples):
    found = {"type": "BODY", "text": text}
    return found | ({"example": {"body_text": [list(samples)]}} if samples else {})


def buttons(*found):
    return [body("Hello there, friend"), {"type": "BUTTONS", "buttons": list(found)}]


def reply(text="Yes"):
    return {"type": "QUICK_REPLY", "text": text}


def url(text="Go", address="https://a.example", **keys):
    return {"type": "URL", "text": text, "url": address, **keys}


PHONE_BUTTON = {"type": "PHONE_NUMBER", "text": "Call", "phone_number": "+123456789"}
CODE_BUTTON = {"type": "COPY_CODE", "example": "SAVE20"}


def header(text, *samples):
    found = {"type": "HEADER", "format": "TEXT", "text": text}
    return found | ({"example": {"header_text": list(samples)}} if samples else {})


GOOD = body("Hello there, friend")
WRONG_PARTS = {
    "no body": ([header("Hi")], 2388043),
    "empty body": ([body(" ")], 2388043),
    "long body": ([body("x" * 1025)], 2388040),
    "leading": ([body("{{1}} is ready for you now", "a")], 2388299),
    "trailing with dot": ([body("Ready for you now is {{1}}.", "a")], 2388299),
    "too many": ([body("Hello {{1}} {{2}} {{3}} bye", "a", "b", "c")], 2388293),
    "no sample": ([body("Hello {{1}}, your order is here")], 2388043),
    "few samples": ([body("Hello {{1}}, your order {{2}} is here", "a")], 2388043),
    "empty sample": ([body("Hello {{1}}, your order is here", "")], 2388043),
    "gap": ([body("Hello {{1}}, your order {{3}} is here", "a", "b")], 2388072),
    "braces": ([body("Hello {{1}, your order is here", "a")], 2388072),
    "name": ([body("Hello {{name}}, your order is here", "a")], 2388072),
    "line breaks": ([body("Hello there\n\n\nfriend")], 2388072),
    "long header": ([header("x" * 61), GOOD], 2388040),
    "two in header": ([header("{{1}} and {{2}}", "a", "b"), GOOD], 2388047),
    "emoji in header": ([header("Hi 🎉"), GOOD], 2388047),
    "bold header": ([header("*Hi*"), GOOD], 2388047),
    "header sample": ([header("Order {{1}}"), GOOD], 2388043),
    "header format": ([{"type": "HEADER", "format": "SOUND"}, GOOD], 2388047),
    "file sample": ([{"type": "HEADER", "format": "IMAGE"}, GOOD], 2388043),
    "unknown handle": ([media_header("IMAGE", ["4::nothing"]), GOOD], 2388047),
    "footer variable": ([GOOD, {"type": "FOOTER", "text": "Bye {{1}}"}], 2388073),
    "long footer": ([GOOD, {"type": "FOOTER", "text": "x" * 61}], 2388040),
    "twice": ([GOOD, GOOD], None),
    "unknown part": ([GOOD, {"type": "SIDEBAR"}], None),
    "no button": (buttons(), None),
    "11 buttons": (buttons(*[reply(str(n)) for n in range(11)]), None),
    "3 links": (buttons(url(), url(), url()), None),
    "2 phones": (buttons(PHONE_BUTTON, PHONE_BUTTON), None),
    "2 codes": (buttons(CODE_BUTTON, CODE_BUTTON), None),
    "mixed": (buttons(reply("a"), url(), reply("b")), None),
    "long label": (buttons(reply("x" * 26)), 2388040),
    "no label": (buttons(reply("")), 2388043),
    "variable label": (buttons(reply("Hi {{1}}")), None),
    "address": (buttons(url(address="shop")), None),
    "long address": (buttons(url(address="https://a.b/" + "x" * 2000)), 2388040),
    "variable inside": (buttons(url(address="https://a.b/{{1}}/x", example=["u"])), None),
    "no address sample": (buttons(url(address="https://a.b/{{1}}")), 2388043),
    "phone": (buttons({**PHONE_BUTTON, "phone_number": "call me"}), None),
    "long phone": (buttons({**PHONE_BUTTON, "phone_number": "+" + "1" * 20}), 2388040),
    "long code": (buttons({**CODE_BUTTON, "example": "x" * 21}), 2388040),
    "flow": (buttons({"type": "FLOW", "text": "Fill in"}), 2388043),
    "code button": (buttons({"type": "OTP", "otp_type": "COPY_CODE"}), None),
    "catalogue and more": (buttons({"type": "CATALOG", "text": "All"}, reply()), None),
    "button kind": (buttons({"type": "MAGIC", "text": "x"}), None),
    "offer in utility": (
        [GOOD, {"type": "LIMITED_TIME_OFFER", "limited_time_offer": {"text": "Now"}}],
        None,
    ),
}


@pytest.mark.parametrize(("components", "subcode"), WRONG_PARTS.values(), ids=WRONG_PARTS)
def test_wrong_parts_are_refused(manual, components, subcode):
    response = create(manual, components=copy.deepcopy(components))
    assert manual.error(response) == (400, 100)
    error = response.json()["error"]
    assert error.get("error_subcode") == subcode
    if subcode:
        assert error["error_user_title"] and error["error_user_msg"]
    assert not listed(manual, name="order_ready")


WRONG_REST = {
    "no name": ({"name": ""}, None),
    "capitals": ({"name": "Order"}, 2388039),
    "long name": ({"name": "x" * 513}, None),
    "category": ({"category": "SPAM"}, None),
    "language": ({"language": "en-US"}, None),
    "no parts": ({"components": []}, None),
    "format": ({"parameter_format": "LETTERS"}, None),
    "time to live": ({"message_send_ttl_seconds": 5}, None),
    "named sample": ({"parameter_format": "NAMED"}, 2388047),
}


@pytest.mark.parametrize(("changes", "subcode"), WRONG_REST.values(), ids=WRONG_REST)
def test_wrong_rest_is_refused(manual, changes, subcode):
    response = create(manual, **changes)
    assert manual.error(response) == (400, 100)
    assert response.json()["error"].get("error_subcode") == subcode


CARD = {"components": [body("Oak table for six people"), {"type": "BUTTONS", "buttons": [reply()]}]}


def carousel(client, count=2, **last):
    picture = handle(client, "image")
    card = {"components": [media_header("IMAGE", [picture]), *CARD["components"]]}
    cards = [copy.deepcopy(card) for _ in range(count)]
    cards[-1] |= last
    return [GOOD, {"type": "CAROUSEL", "cards": cards}]


def test_carousel_and_its_limits(manual):
    created(manual, category="MARKETING", components=carousel(manual))
    for wrong in (
        {"components": carousel(manual, 1)},
        {"components": carousel(manual, 11)},
        {"components": carousel(manual, 2, components=CARD["components"])},
        {"components": carousel(manual), "category": "UTILITY"},
        {"components": [*carousel(manual), {"type": "FOOTER", "text": "x"}]},
    ):
        response = create(manual, name="other", **({"category": "MARKETING"} | wrong))
        assert manual.error(response) == (400, 100)


def test_limited_time_offer_and_its_limits(manual):
    offer = {"type": "LIMITED_TIME_OFFER", "limited_time_offer": {"text": "Until Friday"}}
    marketing = {"category": "MARKETING"}
    created(manual, **marketing, components=[GOOD, offer])
    long = {"type": "LIMITED_TIME_OFFER", "limited_time_offer": {"text": "x" * 17}}
    for parts in (
        [GOOD, long],
        [body("x" * 601), offer],
        [GOOD, offer, {"type": "FOOTER", "text": "x"}],
    ):
        assert manual.error(create(manual, name="b", **marketing, components=parts)) == (400, 100)


@pytest.mark.parametrize(
    ("kind", "name", "fits"),
    [
        ("IMAGE", "image", True),
        ("VIDEO", "video", True),
        ("DOCUMENT", "document", True),
        ("DOCUMENT", "image", False),
    ],
)
def test_samples_of_headers_are_uploads(manual, kind, name, fits):
    parts = [media_header(kind, [handle(manual, name)]), GOOD]
    response = create(manual, components=parts)
    assert (response.status_code == 200) == fits
    if fits:
        (found,) = listed(manual, name="order_ready")
        (address,) = found["components"][0]["example"]["header_handle"]
        assert (
            manual.http.get(address).headers["content-type"].startswith(("image", "video", "app"))
        )
