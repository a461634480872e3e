"""Messages from before a number was connected.

Source: Meta Cloud API: history webhook. A chunk holds threads of messages; files follow as messages
without a thread; a business that does not share its history sends an error instead.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from . import phones
from .events import ErrorReport, Event, HistoricMessage, Identity
from .identities import ContactBook, of_addressee, of_sender, of_user
from .lenient import identifier, integer, mapping, notices, text, wa_id
from .parse_items import Reader, read_items, read_members
from .parse_messages import common_parts
from .place import Place


class _Chunk(NamedTuple):
    """Where messages stand in the whole."""

    phase: int = 0
    chunk_order: int = 0
    progress: int = 0


def history_value(value: dict[str, Any], place: Place) -> Iterator[Event]:
    """Yield all that a value of the field ``history`` tells."""
    contacts = ContactBook(value.get("contacts"))
    for key, part in value.items():
        if key == "history" and isinstance(part, list):
            below = place.below(key)
            for index, chunk in enumerate(part):
                yield from _chunk(chunk, contacts, below.at(index))
            if not part:
                yield below.unhandled("no history", part)
        else:
            readers = {"messages": _message_reader(contacts, Identity(), _Chunk())}
            yield from read_members({key: part}, place, readers)


def _chunk(chunk: Any, contacts: ContactBook, place: Place) -> Iterator[Event]:
    part = mapping(chunk)
    if found := notices(part.get("errors")):
        yield ErrorReport(notices=found, **place.common(chunk))
    threads = part.get("threads")
    if isinstance(threads, list) and threads:
        about = mapping(part.get("metadata"))
        which = _Chunk(*(_small(about.get(key)) for key in _Chunk._fields))
        for index, thread in enumerate(threads):
            yield from _thread(thread, contacts, which, place.below("threads").at(index))
    elif not found:
        yield place.unhandled("history without messages", chunk)


def _small(value: Any) -> int:
    """Return a number that every integer column holds."""
    found = integer(value)
    return found if 0 <= found < 2**31 else 0


def _thread(thread: Any, contacts: ContactBook, which: _Chunk, place: Place) -> Iterator[Event]:
    part = mapping(thread)
    messages = part.get("messages")
    if not isinstance(messages, list):
        yield place.unhandled("thread without messages", thread)
        return
    customer = contacts.complete(_of_thread(part))
    reader = _message_reader(contacts, customer, which)
    yield from read_items(messages, place.below("messages"), reader)


def _of_thread(thread: dict[str, Any]) -> Identity:
    """Return with whom a thread is: its id is a phone number or a BSUID, its context has both."""
    told, thread_id = of_user(mapping(thread.get("context"))), identifier(thread.get("id"))
    is_bsuid = bool(phones.country_of_bsuid(thread_id))
    return Identity(
        bsuid=told.bsuid or (thread_id if is_bsuid else ""),
        parent_bsuid=told.parent_bsuid,
        wa_id=told.wa_id or ("" if is_bsuid else wa_id(thread_id)),
        username=told.username,
    )


def _message_reader(contacts: ContactBook, customer: Identity, which: _Chunk) -> Reader:
    def read(message: dict[str, Any], place: Place) -> Event:
        common = common_parts(message)
        if not common["wamid"]:
            return place.unhandled("messages: no usable id", message)
        from_business = _is_from_business(message, customer, place.business_number)
        other = of_addressee(message) if from_business else of_sender(message)
        return HistoricMessage(
            customer=customer if customer != Identity() else contacts.complete(other),
            from_business=from_business,
            status=text(mapping(message.get("history_context")).get("status")).upper(),
            **which._asdict(),
            **common,
            **place.common(message),
        )

    return read


def _is_from_business(message: dict[str, Any], customer: Identity, business_number: str) -> bool:
    author = of_sender(message)
    if customer.bsuid and author.bsuid:
        return author.bsuid != customer.bsuid
    for wa_id_, is_business in ((business_number, True), (customer.wa_id, False)):
        if author.wa_id and set(phones.variants(wa_id_)) & set(phones.variants(author.wa_id)):
            return is_business
    # Only messages of the business name an addressee.
    addressee = of_addressee(message)
    return bool(addressee.wa_id or addressee.bsuid)
