"""How a template or an interactive message looks on the phone: one shape for both.

``{"header", "text", "footer", "offer", "buttons", "cards"}``, each only when there is one. A button
has ``kind`` and ``text``, and by its kind ``id`` (reply), ``url``, ``phone``, ``code``, ``token``,
``sections`` (list, products).
"""

from .attached import attached
from .world import Message, World

KINDS = {
    "quick_reply": "reply",
    "phone_number": "phone",
    "copy_code": "code",
    "otp": "code",
    "flow": "form",
    "catalog": "products",
    "mpm": "products",
    "voice_call": "call",
    "request_contact_info": "contact",
}


def face_of(message: Message, world: World) -> dict:
    """Return the face of ``message``, empty for kinds that have none."""
    if message.direction != "outbound":
        return {}
    if message.type == "template":
        return _of_template(message, world)
    if message.type == "interactive":
        return _of_interactive(message, world)
    return {}


def _of_template(message: Message, world: World) -> dict:
    return face_of_template(message.shown, world, message.media_uid) if message.shown else {}


def face_of_template(shown: dict, world: World, media_uid: str = "") -> dict:
    """Return the face of a filled-in template.

    :param media_uid: of its header's file, when that came by a link
    """
    face = _part(shown, world, media_uid)
    if "offer" in shown:
        face["offer"] = shown["offer"]
    if "cards" in shown:
        face["cards"] = [_part(card, world) for card in shown["cards"]]
    return face


def _part(shown: dict, world: World, media_uid: str = "") -> dict:
    face = {
        "header": _header(shown.get("header") or {}, world, media_uid),
        "text": shown.get("body", ""),
        "footer": shown.get("footer", ""),
        "buttons": [
            {**button, "kind": KINDS.get(button["type"], button["type"])}
            for button in shown.get("buttons", [])
        ],
    }
    return {key: value for key, value in face.items() if value}


def _header(header: dict, world: World, media_uid: str = "") -> dict:
    """Return the header with an address that the page can show.

    :param media_uid: of the file, when it came by a link
    """
    kind = header.get("type")
    if kind in (None, "text", "location"):
        return header
    given = header[kind]
    media = world.media.get(media_uid or given.get("id", ""))
    address = f"/sim/media/{media.uid}" if media else given.get("link", "")
    name = given.get("filename") or (media.filename if media else "")
    return {"type": kind, "url": address, "filename": name}


def _of_interactive(message: Message, world: World) -> dict:
    content = message.payload["interactive"]
    _kind, file = attached(message)
    face = {
        "header": _header(content.get("header") or {}, world, message.media_uid if file else ""),
        "text": (content.get("body") or {}).get("text", ""),
        "footer": (content.get("footer") or {}).get("text", ""),
        "buttons": _buttons(content, world, message),
        "cards": [_card(card, world, message) for card in content["action"].get("cards", [])],
    }
    return {key: value for key, value in face.items() if value}


def _card(card: dict, world: World, message: Message) -> dict:
    return {
        "header": _header(card.get("header") or {}, world),
        "text": (card.get("body") or {}).get("text", ""),
        "buttons": _buttons(card, world, message),
    }


def _buttons(content: dict, world: World, message: Message) -> list[dict]:
    kind, action = content["type"], content["action"]
    parameters = action.get("parameters") or {}
    if kind == "button":
        replies = [button["reply"] for button in action["buttons"]]
        return [{"kind": "reply", "text": reply["title"], "id": reply["id"]} for reply in replies]
    if kind == "list":
        return [{"kind": "list", "text": action["button"], "sections": action["sections"]}]
    if kind == "cta_url":
        return [{"kind": "url", "text": parameters["display_text"], "url": parameters["url"]}]
    if kind == "flow":
        token = parameters.get("flow_token", "unused")
        return [{"kind": "form", "text": parameters["flow_cta"], "token": token}]
    if kind in ("product", "product_list", "catalog_message"):
        catalog = world.account_of_number(message.number_uid).catalog
        sections = _product_sections(action, catalog)
        return [{"kind": "products", "text": "", "catalog": catalog["id"], "sections": sections}]
    plain = {"location_request_message": "place", "request_contact_info": "contact"}
    return [{"kind": plain[kind], "text": ""}] if kind in plain else []


def _product_sections(action: dict, catalog: dict) -> list[dict]:
    products = {product["retailer_id"]: product for product in catalog.get("products", [])}
    if "product_retailer_id" in action:
        return [{"rows": [products[action["product_retailer_id"]]]}]
    if "sections" not in action:
        return [{"rows": list(products.values())}]
    return [
        {
            "title": section.get("title", ""),
            "rows": [products[item["product_retailer_id"]] for item in section["product_items"]],
        }
        for section in action["sections"]
    ]


def all_buttons(face: dict) -> list[dict]:
    """Return the buttons of a face and of its cards."""
    cards = [button for card in face.get("cards", []) for button in card.get("buttons", [])]
    return [*face.get("buttons", []), *cards]
