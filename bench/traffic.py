"""What Meta sends, ready for the wire: built, escaped and signed before the clock runs."""

import itertools
import time
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from cloud_api.signature import escape_like_meta, sign

TEXT = (
    "Hello, I ordered an oak table last week and wonder when it will arrive. "
    "Could you please tell me the day? *Thank you* 🙂"
)


@dataclass(frozen=True)
class Business:
    """The account and number that customers write to.

    :param webhook_path: path of the callback address
    """

    waba_uid: str
    number_uid: str
    secret: str
    webhook_path: str


def phone_of(number: int) -> str:
    """Return the phone of the n-th customer: digits with country code."""
    return f"2010{20_000_000 + number}"


def message(customer: int, wamid: str) -> dict:
    """Return Meta's JSON of one text message."""
    return {
        "from": phone_of(customer),
        "from_user_id": f"EG.{customer:020d}",
        "id": wamid,
        "timestamp": str(int(time.time())),
        "type": "text",
        "text": {"body": TEXT},
    }


def status(customer: int, wamid: str, word: str) -> dict:
    """Return Meta's JSON of one status."""
    return {
        "id": wamid,
        "status": word,
        "timestamp": str(int(time.time())),
        "recipient_id": phone_of(customer),
        "recipient_user_id": f"EG.{customer:020d}",
        "pricing": {
            "billable": False,
            "pricing_model": "PMP",
            "type": "free_customer_service",
            "category": "service",
        },
    }


def body(business: Business, customer: int, kind: str, item: dict) -> bytes:
    """Return the body of a webhook with one item, in Meta's own bytes.

    :param kind: ``messages`` or ``statuses``
    """
    value = {
        "messaging_product": "whatsapp",
        "metadata": {
            "display_phone_number": "20225550100",
            "phone_number_id": business.number_uid,
        },
        "contacts": [
            {
                "profile": {"name": f"Customer {customer}"},
                "wa_id": phone_of(customer),
                "user_id": f"EG.{customer:020d}",
            }
        ],
        kind: [item],
    }
    change = {"field": "messages", "value": value}
    return escape_like_meta(
        {
            "object": "whatsapp_business_account",
            "entry": [{"id": business.waba_uid, "changes": [change]}],
        }
    )


def http_post(path: str, content: bytes, secret: str) -> bytes:
    """Return a whole HTTP request; each takes a connection of its own, as through a proxy."""
    head = (
        f"POST {path} HTTP/1.1\r\n"
        "Host: 127.0.0.1\r\n"
        "User-Agent: facebookexternalua\r\n"
        "Content-Type: application/json\r\n"
        f"X-Hub-Signature-256: {sign(content, secret)}\r\n"
        f"Content-Length: {len(content)}\r\n"
        "Connection: close\r\n\r\n"
    )
    return head.encode() + content


def inbound_posts(business: Business, customers: Iterable[int]) -> list[tuple[str, bytes]]:
    """Return a signed request per customer named, each with a new message: (wamid, bytes)."""
    run = uuid.uuid4().hex[:12]
    posts = []
    for number, customer in enumerate(customers):
        wamid = f"wamid.{run}{number:06d}"
        content = body(business, customer, "messages", message(customer, wamid))
        posts.append((wamid, http_post(business.webhook_path, content, business.secret)))
    return posts


def spread(customers: int, count: int) -> list[int]:
    """Return ``count`` customers, taking turns."""
    return list(itertools.islice(itertools.cycle(range(customers)), count))
