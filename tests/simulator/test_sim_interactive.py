"""Interactive messages: Meta's limits, what the phone shows, and the answers of taps."""

import pytest
from business import NUMBER, PHONE, WABA

from simulator.samples import SAMPLES

CATALOG = {
    "id": "555",
    "name": "Garden",
    "products": [
        {"retailer_id": "CHAIR", "name": "Chair", "price": 65, "currency": "EUR"},
        {"retailer_id": "TABLE", "name": "Table", "price": 420, "currency": "EUR"},
    ],
}


def message(kind, action, **keys):
    content = {"type": kind, "body": {"text": "Please choose"}, "action": action} | keys
    content = {key: value for key, value in content.items() if value is not None}
    return {"type": "interactive", "interactive": content}


def replies(*titles):
    found = [{"type": "reply", "reply": {"id": f"id-{one}", "title": one}} for one in titles]
    return {"buttons": found}


def row(uid="r1", title="Sand", **keys):
    return {"id": uid, "title": title, **keys}


def rows(*found, **section):
    return {"button": "Open", "sections": [{"rows": list(found)} | section]}


def link(text="Pay", url="https://pay.example"):
    return {"name": "cta_url", "parameters": {"display_text": text, "url": url}}


FLOW = {"name": "flow", "parameters": {"flow_cta": "Fill in", "flow_id": "9", "flow_token": "t"}}
PLACE, CONTACT = {"name": "send_location"}, {"name": "request_contact_info"}
PRODUCT = {"catalog_id": "555", "product_retailer_id": "CHAIR"}


def products(*skus, **keys):
    items = [{"product_retailer_id": sku} for sku in skus]
    return {"catalog_id": "555", "sections": [{"title": "All", "product_items": items}]} | keys


TEXT_HEADER = {"type": "text", "text": "Colours"}


@pytest.fixture
def selling(talking):
    """The same with a connected catalogue."""
    talking.sim("PUT", f"/accounts/{WABA}", {"catalog": CATALOG})
    return talking


TAKEN = {
    "buttons": (message("button", replies("A", "B", "C"), header=TEXT_HEADER), ["reply"] * 3),
    "list": (message("list", rows(row()), footer={"text": "end"}), ["list"]),
    "link": (message("cta_url", link()), ["url"]),
    "place": (message("location_request_message", PLACE), ["place"]),
    "contact": (message("request_contact_info", CONTACT), ["contact"]),
    "form": (message("flow", FLOW), ["form"]),
    "product": (message("product", PRODUCT, body=None), ["products"]),
    "products": (
        message("product_list", products("CHAIR", "TABLE"), header=TEXT_HEADER),
        ["products"],
    ),
    "catalogue": (message("catalog_message", {"name": "catalog_message"}), ["products"]),
}


@pytest.mark.parametrize(("changes", "kinds"), TAKEN.values(), ids=TAKEN)
def test_kinds_are_shown_with_their_buttons(selling, receiver, changes, kinds):
    selling.sent(**changes)
    receiver.wait_statuses("sent", "delivered")
    face = selling.chat()["messages"][-1]["face"]
    assert [button["kind"] for button in face["buttons"]] == kinds


LONG = {"text": "x" * 1025}
REFUSED = {
    "long body": (message("button", replies("A"), body=LONG), 100),
    "no body": (message("button", replies("A"), body=None), 131008),
    "long footer": (message("button", replies("A"), footer={"text": "x" * 61}), 100),
    "4 buttons": (message("button", replies("A", "B", "C", "D")), 131009),
    "no button": (message("button", replies()), 131009),
    "long title": (message("button", replies("x" * 21)), 100),
    "same title": (message("button", replies("A", "A")), 131009),
    "link among replies": (message("button", {"buttons": [{"type": "url"}]}), 100),
    "long header": (
        message("button", replies("A"), header={"type": "text", "text": "x" * 61}),
        100,
    ),
    "sound as header": (message("button", replies("A"), header={"type": "audio"}), 100),
    "file as header of a list": (
        message("list", rows(row()), header={"type": "image", "image": {"id": "1"}}),
        100,
    ),
    "header of a request": (
        message("location_request_message", PLACE, header=TEXT_HEADER),
        100,
    ),
    "header without file": (
        message("button", replies("A"), header={"type": "image", "image": {}}),
        131008,
    ),
    "11 rows": (message("list", rows(*[row(str(n)) for n in range(11)])), 131009),
    "long row": (message("list", rows(row(title="x" * 25))), 100),
    "long description": (message("list", rows(row(description="x" * 73))), 100),
    "same row": (message("list", rows(row(), row())), 131009),
    "long row id": (message("list", rows(row("x" * 201))), 100),
    "long section": (message("list", rows(row(), title="x" * 25)), 100),
    "long opener": (message("list", rows(row()) | {"button": "x" * 21}), 100),
    "section without title": (
        message(
            "list",
            {"button": "Open", "sections": [{"rows": [row()]}, {"rows": [row("r2")]}]},
        ),
        131008,
    ),
    "long link": (message("cta_url", link("x" * 21)), 100),
    "no link": (message("cta_url", link(url="shop")), 131009),
    "wrong name": (message("location_request_message", {"name": "where"}), 100),
    "form without id": (
        message("flow", {"name": "flow", "parameters": {"flow_cta": "x"}}),
        131008,
    ),
    "unknown product": (message("product", PRODUCT | {"product_retailer_id": "BED"}), 131009),
    "other catalogue": (message("product", PRODUCT | {"catalog_id": "7"}), 131009),
    "products without header": (message("product_list", products("CHAIR")), 131008),
    "31 products": (
        message("product_list", products(*["CHAIR"] * 31), header=TEXT_HEADER),
        131009,
    ),
    "one card": (message("carousel", {"cards": [{}]}), 131009),
    "unknown kind": (message("riddle", {}), 100),
}


@pytest.mark.parametrize(("changes", "code"), REFUSED.values(), ids=REFUSED)
def test_limits(selling, changes, code):
    assert selling.error(selling.send(**changes)) == (400, code)


def test_products_need_a_catalogue(talking):
    assert talking.error(talking.send(**message("product", PRODUCT))) == (400, 131009)


def test_settings_of_the_catalogue(selling):
    path = f"{NUMBER}/whatsapp_commerce_settings"
    (shown,) = selling.graph("GET", path).json()["data"]
    assert shown == {"id": "555", "is_cart_enabled": True, "is_catalog_visible": False}
    change = {"is_cart_enabled": "false", "is_catalog_visible": True}
    assert selling.graph("POST", path, json=change).json() == {"success": True}
    (shown,) = selling.graph("GET", path).json()["data"]
    assert shown == {"id": "555", "is_cart_enabled": False, "is_catalog_visible": True}
    wrong = selling.graph("POST", path, json={"is_cart_enabled": "maybe"})
    assert selling.error(wrong) == (400, 100)


def test_settings_without_a_catalogue(client):
    path = f"{NUMBER}/whatsapp_commerce_settings"
    assert client.graph("GET", path).json() == {"data": []}
    assert client.error(client.graph("POST", path, json={})) == (400, 100)


def test_file_as_header(talking, receiver):
    uid = talking.upload(SAMPLES["image"].content, "image/jpeg")
    talking.sent(**message("button", replies("A"), header={"type": "image", "image": {"id": uid}}))
    receiver.wait_statuses("sent", "delivered")
    header = talking.chat()["messages"][-1]["face"]["header"]
    assert header == {"type": "image", "url": f"/sim/media/{uid}", "filename": "file"}
    receiver.clear()
    wrong = {"type": "video", "video": {"id": uid}}
    talking.sent(**message("button", replies("A"), header=wrong))
    assert receiver.wait_statuses("failed")[0]["errors"][0]["code"] == 131053


def test_carousel(talking, receiver):
    uid = talking.upload(SAMPLES["image"].content, "image/jpeg")
    card = {
        "card_index": 0,
        "type": "cta_url",
        "header": {"type": "image", "image": {"id": uid}},
        "body": {"text": "Oak"},
        "action": link("See"),
    }
    wamid = talking.sent(**message("carousel", {"cards": [card, card | {"card_index": 1}]}))
    receiver.wait_statuses("sent", "delivered")
    cards = talking.chat()["messages"][-1]["face"]["cards"]
    assert [one["buttons"][0]["text"] for one in cards] == ["See", "See"]
    assert talking.act("tap", wamid=wamid, choice="See")["opened"] == "https://pay.example"
    different = [card, {key: value for key, value in card.items() if key != "body"}]
    response = talking.send(**message("carousel", {"cards": different}))
    assert talking.error(response) == (400, 131009)


def test_taps_answer_with_what_was_chosen(talking, receiver):
    wamid = talking.sent(**message("button", replies("A", "B")))
    receiver.wait_statuses("sent", "delivered")
    receiver.clear()
    talking.act("tap", wamid=wamid, choice="B")
    answer = receiver.wait_message()
    assert answer["interactive"] == {
        "type": "button_reply",
        "button_reply": {"id": "id-B", "title": "B"},
    }
    assert answer["context"]["id"] == wamid
    shown = talking.chat()["messages"][-1]
    assert shown["quoted_wamid"] == wamid and shown["direction"] == "inbound"


def test_form_is_answered(talking, receiver):
    wamid = talking.sent(**message("flow", FLOW))
    receiver.wait_statuses("sent", "delivered")
    receiver.clear()
    answers = {"flow_token": "t", "size": "XL"}
    talking.act("form", phone_number_uid=NUMBER, wamid=wamid, answers=answers)
    reply = receiver.wait_message()["interactive"]["nfm_reply"]
    assert '"size": "XL"' in reply["response_json"]


def test_interactive_messages_need_an_open_window(client):
    client.sim("PUT", f"/customers/{PHONE}", {"name": "Ana"})
    response = client.send(**message("button", replies("A")))
    assert client.error(response) == (400, 131047)
