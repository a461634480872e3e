"""Sending templates: what is checked, what the phone shows, what it costs, who does not get it."""

import pytest
from business import PHONE
from template_samples import (
    CODE,
    NAMED,
    ORDER,
    button,
    handle,
    media_header,
    order_parts,
    ready,
    template,
    texts,
)

from simulator.samples import SAMPLES

GOOD = {"type": "BODY", "text": "Hello there, friend"}


@pytest.fixture
def shop(client, receiver):
    """A business with approved templates and no open window."""
    ready(client, ORDER, NAMED, CODE)
    return client


def body(*values):
    return {"type": "body", "parameters": texts(*values)}


def order(*components):
    return template("order_ready", "en_US", *components)


def test_the_phone_shows_it_filled_in(shop, receiver):
    shop.sent(**order(*order_parts()))
    receiver.wait_statuses("sent", "delivered")
    shown = shop.chat()["messages"][-1]
    assert shown["text"] == "Hello Ana, your order costs *42 EUR* and is ready."
    face = shown["face"]
    assert face["header"] == {"type": "text", "text": "Order S0042"}
    assert face["footer"] == "Garden shop"
    assert [(one["kind"], one["text"]) for one in face["buttons"]] == [
        ("reply", "Thanks"),
        ("reply", "Cancel it"),
        ("url", "Open"),
        ("phone", "Call"),
    ]
    assert face["buttons"][2]["url"] == "https://shop.example.com/orders/42"


def test_names_in_any_order(shop):
    values = {"ticket": "7", "customer": "منى"}
    parameters = [
        {"type": "text", "parameter_name": name, "text": text} for name, text in values.items()
    ]
    shop.sent(**template("ticket_new", "ar", {"type": "body", "parameters": parameters}))
    text = shop.chat()["messages"][-1]["text"]
    assert text == "مرحبًا منى، استلمنا طلبك 7 وسنرد عليك قريبًا."


def test_code_stands_in_text_and_button(shop):
    shop.sent(**template("code", "en", body("123456"), button(0, "url", *texts("123456"))))
    face = shop.chat()["messages"][-1]["face"]
    assert face["text"].startswith("*123456* is your")
    assert face["buttons"][0] | {"type": ""} == {
        "type": "",
        "kind": "code",
        "text": "Copy code",
        "code": "123456",
    }


def test_money_and_dates_are_shown_as_told(shop):
    money = {"fallback_value": "42 EUR", "code": "EUR", "amount_1000": 42000}
    parameters = [
        {"type": "date_time", "date_time": {"fallback_value": "Ana"}},
        {"type": "currency", "currency": money},
    ]
    header, _body, *rest = order_parts()
    shop.sent(**order(header, {"type": "body", "parameters": parameters}, *rest))
    assert "costs *42 EUR*" in shop.chat()["messages"][-1]["text"]


HEADER, BODY, REPLY, LINK = order_parts()
REFUSED = {
    "unknown name": (template("nothing", "en_US"), (404, 132001)),
    "other language": (template("order_ready", "en"), (404, 132001)),
    "no values": (order(), (400, 132000)),
    "few values": (order(HEADER, body("Ana"), LINK), (400, 132000)),
    "many values": (order(HEADER, body("a", "b", "c"), LINK), (400, 132000)),
    "no header value": (order(BODY, LINK), (400, 132000)),
    "value for nothing": (
        template("hello_world", "en_US", body("x")),
        (400, 132000),
    ),
    "empty value": (order(HEADER, body("", "42"), LINK), (400, 131008)),
    "line break": (order(HEADER, body("a\nb", "42"), LINK), (400, 132018)),
    "many spaces": (order(HEADER, body("a     b", "42"), LINK), (400, 132018)),
    "file in text": (
        order(HEADER, {"type": "body", "parameters": [{"type": "image"}, {"type": "text"}]}, LINK),
        (400, 132012),
    ),
    "too long": (order(HEADER, body("x" * 1020, "42"), LINK), (400, 132005)),
    "long header": (
        order({"type": "header", "parameters": texts("x" * 60)}, BODY, LINK),
        (400, 132005),
    ),
    "no address": (order(HEADER, BODY), (400, 131008)),
    "long address": (order(HEADER, BODY, button(2, "url", *texts("x" * 2000))), (400, 132005)),
    "wrong sub_type": (order(HEADER, BODY, button(2, "quick_reply", *texts("x"))), (400, 132012)),
    "no such button": (order(HEADER, BODY, LINK, button(9, "url", *texts("x"))), (400, 132018)),
    "call with value": (order(HEADER, BODY, LINK, button(3, "", *texts("x"))), (400, 132012)),
    "names in positions": (
        order(
            HEADER,
            {"type": "body", "parameters": [p | {"parameter_name": "a"} for p in texts("a", "b")]},
            LINK,
        ),
        (400, 132018),
    ),
    "positions for names": (template("ticket_new", "ar", body("a", "b")), (400, 132018)),
    "wrong names": (
        template(
            "ticket_new",
            "ar",
            {
                "type": "body",
                "parameters": [
                    {"type": "text", "parameter_name": name, "text": "x"}
                    for name in ("customer", "number")
                ],
            },
        ),
        (400, 132000),
    ),
}


@pytest.mark.parametrize(("message", "expected"), REFUSED.values(), ids=REFUSED)
def test_what_does_not_fit_is_refused(shop, message, expected):
    response = shop.send(**message)
    assert shop.error(response) == expected
    assert response.json()["error"]["error_data"]["details"]
    assert shop.chat()["messages"] == []


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        (["pause"], (400, 132015)),
        (["disable"], (400, 132016)),
        (["reject"], (404, 132001)),
        (["delete"], (404, 132001)),
        (["pause", "unpause"], None),
    ],
)
def test_only_approved_ones_are_sent(shop, steps, expected):
    uid = ready(shop, ORDER | {"name": "second"})[0]
    for step in steps:
        shop.sim("POST", f"/templates/{uid}/{step}", {})
    response = shop.send(**template("second", "en_US", *order_parts()))
    assert (shop.error(response) if expected else None) == expected


def test_another_account_does_not_have_it(shop):
    number = {"phone_number_uid": "31", "display_phone_number": "+1 555 7"}
    shop.sim("PUT", "/accounts/3", {"access_token": "three", "numbers": [number]})
    message = {"messaging_product": "whatsapp", "to": PHONE} | order(*order_parts())
    response = shop.graph("POST", "31/messages", token="three", json=message)
    assert shop.error(response) == (404, 132001)


def with_header(client, kind, sample):
    parts = [media_header(kind, [handle(client, sample)]), GOOD]
    ready(
        client,
        {"name": "promo", "language": "en", "category": "MARKETING", "components": parts},
    )


def file_header(kind, **file):
    return {"type": "header", "parameters": [{"type": kind, kind: file}]}


@pytest.mark.parametrize(
    ("kind", "sample"), [("image", "image"), ("video", "video"), ("document", "document")]
)
def test_headers_with_files(shop, receiver, kind, sample):
    with_header(shop, kind.upper(), sample)
    content = SAMPLES[sample].content
    uid = shop.upload(content, SAMPLES[sample].mime_type)
    shop.sent(**template("promo", "en", file_header(kind, id=uid)))
    receiver.wait_statuses("sent", "delivered")
    header = shop.chat()["messages"][-1]["face"]["header"]
    assert header["type"] == kind
    assert shop.http.get(header["url"]).content == content


def test_headers_by_link(shop, receiver):
    with_header(shop, "IMAGE", "image")
    receiver.files["/a.jpg"] = ("image/jpeg", SAMPLES["image"].content)
    shop.sent(**template("promo", "en", file_header("image", link=f"{receiver.url}/a.jpg")))
    receiver.wait_statuses("sent", "delivered")
    shown = shop.chat()["messages"][-1]["face"]["header"]["url"]
    assert shop.http.get(shown).content == SAMPLES["image"].content
    receiver.clear()
    shop.sent(**template("promo", "en", file_header("image", link=f"{receiver.url}/no.jpg")))
    assert receiver.wait_statuses("failed")[0]["errors"][0]["code"] == 131053


def test_headers_that_do_not_fit(shop, receiver):
    with_header(shop, "IMAGE", "image")
    assert shop.error(shop.send(**template("promo", "en"))) == (400, 132012)
    video = template("promo", "en", file_header("video", id="1"))
    assert shop.error(shop.send(**video)) == (400, 132012)
    both = template("promo", "en", file_header("image", id="1", link="http://127.0.0.1/"))
    assert shop.error(shop.send(**both)) == (400, 100)
    shop.sent(**template("promo", "en", file_header("image", id="123")))
    assert receiver.wait_statuses("failed")[0]["errors"][0]["code"] == 131053


def test_place_as_header(shop):
    parts = [{"type": "HEADER", "format": "LOCATION"}, GOOD]
    ready(shop, {"name": "where", "language": "en", "category": "UTILITY", "components": parts})
    place = {"latitude": "30.0", "longitude": "31.2", "name": "Shop", "address": "Cairo"}
    shop.sent(**template("where", "en", file_header("location", **place)))
    assert shop.chat()["messages"][-1]["face"]["header"]["location"] == place
    del place["address"]
    response = shop.send(**template("where", "en", file_header("location", **place)))
    assert shop.error(response) == (400, 131008)


def test_carousel_and_offer(shop, receiver):
    picture = handle(shop, "image")
    card = {
        "components": [
            media_header("IMAGE", [picture]),
            {"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": "I want it"}]},
        ]
    }
    parts = [GOOD, {"type": "CAROUSEL", "cards": [card, card]}]
    offer = {"type": "LIMITED_TIME_OFFER", "limited_time_offer": {"text": "Until Friday"}}
    base = {"language": "en", "category": "MARKETING"}
    ready(
        shop,
        base | {"name": "cards", "components": parts},
        base | {"name": "offer", "components": [GOOD, offer]},
    )
    uid = shop.upload(SAMPLES["image"].content, "image/jpeg")
    cards = [
        {
            "card_index": at,
            "components": [
                file_header("image", id=uid),
                button(0, "quick_reply", {"type": "payload", "payload": f"card:{at}"}),
            ],
        }
        for at in (1, 0)
    ]
    wamid = shop.sent(**template("cards", "en", {"type": "carousel", "cards": cards}))
    receiver.wait_statuses("sent", "delivered")
    shown = shop.chat()["messages"][-1]
    assert [card["buttons"][0]["id"] for card in shown["face"]["cards"]] == ["card:0", "card:1"]
    assert shown["face"]["cards"][0]["header"]["url"] == f"/sim/media/{uid}"
    shop.act("tap", wamid=wamid, choice="card:1")
    assert receiver.wait_message()["button"] == {"payload": "card:1", "text": "I want it"}
    few = template("cards", "en", {"type": "carousel", "cards": cards[:1]})
    assert shop.error(shop.send(**few)) == (400, 132000)
    ends = {"type": "limited_time_offer", "limited_time_offer": {"expiration_time_ms": 1790000000}}
    sent = {"type": "limited_time_offer", "parameters": [ends]}
    shop.sent(**template("offer", "en", sent))
    offer = shop.chat()["messages"][-1]["face"]["offer"]
    assert offer == {"text": "Until Friday", "expires_ms": 1790000000}
    assert shop.error(shop.send(**template("offer", "en"))) == (400, 131008)


def test_taps_on_quick_replies_reach_the_business(shop, receiver):
    wamid = shop.sent(**order(*order_parts()))
    receiver.wait_statuses("sent", "delivered")
    receiver.clear()
    shop.act("tap", wamid=wamid, choice="thanks:42")
    shop.act("tap", wamid=wamid, choice="Cancel it")
    posts = receiver.wait_posts(2)
    found = [message for post in posts for message in post.items("messages")]
    assert [message["type"] for message in found] == ["button", "button"]
    assert found[0]["button"] == {"payload": "thanks:42", "text": "Thanks"}
    assert found[1]["button"] == {"payload": "Cancel it", "text": "Cancel it"}
    assert found[0]["context"] == {"from": "15550001111", "id": wamid}
    # A tap is a message: free ones may follow.
    shop.sent()


def test_taps_on_links_and_calls_tell_nobody(shop, receiver):
    wamid = shop.sent(**order(*order_parts()))
    receiver.wait_statuses("sent", "delivered")
    receiver.clear()
    opened = shop.act("tap", wamid=wamid, choice="Open")
    assert opened == {"wamid": "", "opened": "https://shop.example.com/orders/42"}
    assert shop.act("tap", wamid=wamid, choice="Call")["opened"] == "+15550001111"
    assert shop.chat()["messages"][-1]["tapped"] == [opened["opened"], "+15550001111"]
    assert receiver.posts == []
    refusal = shop.refused("POST", f"/customers/{PHONE}/tap", {"wamid": wamid, "choice": "?"})
    assert "Thanks" in refusal


def test_templates_pass_outside_the_window_and_free_messages_do_not(shop, receiver):
    shop.sent(**order(*order_parts()))
    assert shop.error(shop.send()) == (400, 131047)
    shop.write()
    shop.sent()
    shop.sim("POST", "/clock", {"advance_seconds": 86401})
    assert shop.error(shop.send()) == (400, 131047)
    shop.sent(**order(*order_parts()))
