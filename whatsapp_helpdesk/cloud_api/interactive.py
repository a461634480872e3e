"""Messages with buttons, lists and requests, as we send them inside the 24 hours.

The customer's answers to them are `contents.Reply` and others. Source: Meta Cloud API: interactive
messages.
"""

from dataclasses import dataclass

HEADER_KINDS = ("text", "image", "video", "document")


@dataclass(frozen=True, slots=True)
class InteractiveHeader:
    """What stands above the body: a text, or a file that was uploaded.

    :param kind: one of `HEADER_KINDS`
    """

    kind: str
    text: str = ""
    media_uid: str = ""
    filename: str = ""


@dataclass(frozen=True, slots=True)
class ReplyButton:
    """A button; ``reply_id`` comes back when it is tapped."""

    reply_id: str
    title: str


@dataclass(frozen=True, slots=True)
class ReplyButtons:
    """A text with one to three buttons."""

    body: str
    buttons: tuple[ReplyButton, ...]
    header: InteractiveHeader | None = None
    footer: str = ""


@dataclass(frozen=True, slots=True)
class ListRow:
    """One choice of a list; ``row_id`` comes back when it is chosen."""

    row_id: str
    title: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class ListSection:
    """Choices under a title, which one section alone does not need."""

    rows: tuple[ListRow, ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class ListMessage:
    """A text with a button that opens a list of choices; its header can only be a text."""

    body: str
    button: str
    sections: tuple[ListSection, ...]
    header: InteractiveHeader | None = None
    footer: str = ""


@dataclass(frozen=True, slots=True)
class LinkButton:
    """A text with a button that opens an address of the web."""

    body: str
    label: str
    url: str
    header: InteractiveHeader | None = None
    footer: str = ""


@dataclass(frozen=True, slots=True)
class LocationRequest:
    """A text with a button by which the customer sends a position."""

    body: str


@dataclass(frozen=True, slots=True)
class ContactRequest:
    """A text with a button by which the customer tells the phone number."""

    body: str


@dataclass(frozen=True, slots=True)
class Product:
    """One product of a catalogue; ``retailer_uid`` is the catalogue's id of it."""

    catalog_uid: str
    retailer_uid: str
    body: str = ""
    footer: str = ""


@dataclass(frozen=True, slots=True)
class ProductSection:
    """Products under a title."""

    retailer_uids: tuple[str, ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class ProductList:
    """Several products of a catalogue; ``header`` is a text and must be there."""

    header: str
    body: str
    catalog_uid: str
    sections: tuple[ProductSection, ...]
    footer: str = ""


Interactive = (
    ReplyButtons
    | ListMessage
    | LinkButton
    | LocationRequest
    | ContactRequest
    | Product
    | ProductList
)
