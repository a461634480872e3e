"""How the control API shows the world: chats, messages, people, numbers; never a secret."""

import base64
import hashlib

from .clock import as_iso
from .faces import face_of, face_of_template
from .options import options_of
from .templates.life import due_at, steps_of
from .templates.model import Template
from .templates.preview import sample_shown
from .templates.samples import shown_components
from .world import Account, Chat, Customer, Media, Message, World


def message_view(message: Message, world: World) -> dict:
    """Return one message of a chat; keys without a value are left out, except text."""
    content = message.payload.get(message.type)
    content = content if isinstance(content, dict) else {}
    view = {
        "wamid": message.wamid,
        "direction": message.direction,
        "type": message.type,
        "text": _text_of(message, content),
        "status": message.status,
        "at": as_iso(message.at),
    }
    media = world.media.get(message.media_uid)
    extras = {
        "caption": content.get("caption"),
        "media_url": f"/sim/media/{media.uid}" if media else None,
        "mime_type": media.mime_type if media else None,
        "filename": content.get("filename") or (media.filename if media else None),
        "options": options_of(message, world),
        "face": face_of(message, world),
        "tapped": message.tapped,
        "reactions": message.reactions,
        "edited": message.edited,
        "revoked": message.revoked,
        "origin": message.origin,
        "forwarded": _forwarded(message),
        "quoted_wamid": message.quoted_wamid,
        "callback_data": message.callback_data,
        "error": message.error,
    }
    view |= {key: value for key, value in extras.items() if value}
    if message.type not in ("text", "image"):
        view["payload"] = message.payload
    return view


def _forwarded(message: Message) -> str:
    context = message.payload.get("context")
    if not isinstance(context, dict):
        return ""
    if context.get("frequently_forwarded"):
        return "often"
    return "once" if context.get("forwarded") else ""


def _text_of(message: Message, content: dict) -> str:
    if message.type == "template":
        return message.shown.get("body") or f"[{content.get('name')}]"
    body = content.get("body")
    if message.type == "interactive" and isinstance(body, dict):
        return str(body.get("text") or "")
    return body if isinstance(body, str) else ""


def chat_view(chat: Chat, world: World) -> dict:
    return {
        "messages": [message_view(message, world) for message in chat.messages],
        "window_expires_at": as_iso(chat.window_expires_at()),
        "open": chat.open,
        "owner": chat.owner,
        "free_entry_until": as_iso(chat.free_entry_until()),
    }


def customer_view(customer: Customer, world: World) -> dict:
    """Return a person; ``bsuid`` is the one for the first account's portfolio."""
    portfolios = list(dict.fromkeys(a.portfolio_uid for a in world.accounts.values()))
    bsuids = {portfolio: customer.bsuid(portfolio) for portfolio in portfolios or ["portfolio"]}
    return {
        "phone": customer.phone,
        "wa_id": customer.wa_id,
        "bsuid": next(iter(bsuids.values())),
        "bsuids": bsuids,
        "name": customer.name,
        "username": customer.username,
        "phone_hidden": customer.phone_hidden,
        "country": customer.country,
        "language": customer.language,
        "offline": customer.offline,
    }


def account_view(account: Account, world: World) -> dict:
    app = world.apps[account.app_uid]
    return {
        "waba_uid": account.uid,
        "app_uid": account.app_uid,
        "portfolio_uid": account.portfolio_uid,
        "name": account.name,
        "subscribed": account.subscribed,
        "callback_url": account.override_url or app.callback_url,
        "numbers": [
            {
                "phone_number_uid": number.uid,
                "display_phone_number": number.display_phone_number,
                "verified_name": number.verified_name,
                "callback_url": number.override_url,
                "status": number.status,
                "is_on_biz_app": number.is_on_biz_app,
                "blocked": number.blocked,
            }
            for number in world.numbers_of(account.uid)
        ],
    }


def template_view(template: Template, world: World, base_url) -> dict:
    """Return a template with everything that Meta knows about it.

    ``face`` is how it looks with its samples, ``steps`` what can be done with it now.
    """
    return {
        "id": template.uid,
        "waba_uid": template.account_uid,
        "name": template.name,
        "language": template.language,
        "category": template.category,
        "status": template.status,
        "quality": template.quality,
        "rejected_reason": template.rejected_reason,
        "previous_category": template.previous_category,
        "correct_category": template.correct_category,
        "parameter_format": template.parameter_format,
        "components": shown_components(template, base_url),
        "held": template.held,
        "pauses": template.pauses,
        "edits": len(template.edited_at),
        "created_at": as_iso(template.created_at),
        "updated_at": as_iso(template.updated_at),
        "due_at": as_iso(due_at(template) or None),
        "steps": steps_of(template),
        "face": face_of_template(sample_shown(template), world),
    }


def chat_line(chat: Chat, world: World) -> dict:
    """Return one line of the list of chats."""
    return {
        "phone_number_uid": chat.number_uid,
        "phone": chat.phone,
        "messages": len(chat.messages),
        "open": chat.open,
        "last": message_view(chat.messages[-1], world) if chat.messages else None,
    }


def media_hash(media: Media) -> str:
    """Return base64 of the SHA-256, as Meta's examples show it."""
    return base64.b64encode(hashlib.sha256(media.content).digest()).decode()
