"""What differs between two versions of a template, in texts that people can compare."""

from dataclasses import dataclass

from .model import Button, Card, Template
from .write import content_digest

PARTS = ("header", "offer", "body", "footer", "buttons", "cards", "details")


@dataclass(frozen=True, slots=True)
class Difference:
    """A part of which two versions differ.

    :param part: one of `PARTS`; ``details`` stands for examples and for what is not shown
    :param ours: the part in the first version as text, '' where it has none
    :param theirs: in the second version
    """

    part: str
    ours: str
    theirs: str


def differences(ours: Template, theirs: Template) -> list[Difference]:
    """Return the parts in which what customers see differs, in their order."""
    first, second = _texts(ours), _texts(theirs)
    found = [
        Difference(part, first[part], second[part]) for part in first if first[part] != second[part]
    ]
    if not found and content_digest(ours) != content_digest(theirs):
        found.append(Difference("details", "", ""))
    return found


def _texts(template: Template) -> dict[str, str]:
    return {
        "header": _header(template),
        "offer": template.offer.text if template.offer else "",
        "body": _body(template),
        "footer": template.footer.text if template.footer else "",
        "buttons": _buttons(template),
        "cards": "\n\n".join(map(_card, template.cards)),
    }


def _header(part: Template | Card) -> str:
    header = part.header
    if header is None:
        return ""
    return header.text if header.format == "text" else f"[{header.format}]"


def _body(part: Template | Card) -> str:
    return part.body.text if part.body else ""


def _buttons(part: Template | Card) -> str:
    return "\n".join(map(_button, part.buttons))


def _button(button: Button) -> str:
    target = button.url or button.phone_number or button.flow_uid
    return " ".join(filter(None, (f"[{button.text or button.kind}]", target)))


def _card(card: Card) -> str:
    return "\n".join(filter(None, (_header(card), _body(card), _buttons(card))))
