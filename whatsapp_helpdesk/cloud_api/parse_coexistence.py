"""What happens in the WhatsApp Business app of a number that is connected here as well.

Source: Meta Cloud API: smb_message_echoes and smb_app_state_sync webhooks.
"""

from collections.abc import Iterator
from typing import Any

from .contents import Content, Text, Unknown
from .events import AppContact, EchoedMessage, Event
from .identities import ContactBook, of_addressee, of_user
from .lenient import identifier, mapping, moment, notices, text
from .parse_items import Reader, read_members
from .parse_messages import common_parts
from .place import Place


def echoes_value(value: dict[str, Any], place: Place) -> Iterator[Event]:
    """Yield the messages that the business sent past this program."""
    contacts = ContactBook(value.get("contacts"))
    return read_members(value, place, {"message_echoes": echo_reader(contacts)})


def echo_reader(contacts: ContactBook, standby: bool = False) -> Reader:
    """Return the reader of echoes.

    :param standby: sent by another responder: the message as it was sent stands one level deeper
    """

    def read(echo: dict[str, Any], place: Place) -> Event:
        message = mapping(echo.get("message")) | echo
        common = common_parts(message)
        if not common["wamid"]:
            return place.unhandled("message_echoes: no usable id", echo)
        common["content"] = _as_sent(common["type"], common["content"], message)
        return EchoedMessage(
            recipient=contacts.complete(of_addressee(message)),
            notices=notices(message.get("errors")),
            standby=standby,
            **common,
            **place.common(echo),
        )

    return read


def _as_sent(message_type: str, content: Content, message: dict[str, Any]) -> Content:
    """Read the words of what only a business can send: buttons, lists, templates."""
    if not isinstance(content, Unknown):
        return content
    if message_type == "interactive":
        parts = mapping(message.get("interactive"))
        words = [text(mapping(parts.get(key)).get("text")) for key in ("header", "body", "footer")]
        return Text("\n".join(filter(None, words))) if any(words) else content
    if message_type == "template":
        return Unknown(f"template: {identifier(mapping(message.get('template')).get('name'))}")
    return content


def app_state_value(value: dict[str, Any], place: Place) -> Iterator[Event]:
    """Yield the changes of the phone app's address book."""
    return read_members(value, place, {"state_sync": _app_contact})


def _app_contact(change: dict[str, Any], place: Place) -> Event:
    kind = identifier(change.get("type"))
    if kind != "contact":
        return place.unhandled(f"state of type {kind!r}", change)
    contact = mapping(change.get("contact"))
    customer = of_user(contact, "phone_number")
    if not (customer.bsuid or customer.wa_id):
        return place.unhandled("contact without a number or an id", change)
    return AppContact(
        action=identifier(change.get("action")).lower(),
        customer=customer,
        full_name=(text(contact.get("full_name")) or text(contact.get("first_name"))).strip(),
        changed_at=moment(mapping(change.get("metadata")).get("timestamp")),
        **place.common(change),
    )
