"""Graph's answers as data: what a send and a media request give back."""

from dataclasses import dataclass, field
from typing import Any

from .errors import MediaError
from .lenient import identifier, integer, mapping, text, wa_id


@dataclass(frozen=True, slots=True)
class SendResult:
    """Meta accepted a message: its id, who it thinks the recipient is, and what it says about it.

    :param wamid: '' when the answer names no message
    :param wa_id: may differ from the number that was written to; '' when addressed by BSUID
    :param message_status: only for templates, such as ``held_for_quality_assessment``
    """

    wamid: str
    wa_id: str = ""
    bsuid: str = ""
    message_status: str = ""


@dataclass(frozen=True, slots=True)
class MediaInfo:
    """Where a file can be fetched for five minutes.

    :param sha256: of the file, as Meta writes it
    :param file_size: in bytes, 0 when Meta does not say
    """

    url: str = field(repr=False)
    mime_type: str = ""
    sha256: str = ""
    file_size: int = 0


def send_result(answer: dict[str, Any]) -> SendResult:
    """Read the answer to a send."""
    message, contact = _first(answer.get("messages")), _first(answer.get("contacts"))
    return SendResult(
        wamid=identifier(message.get("id")),
        wa_id=wa_id(contact.get("wa_id")),
        bsuid=identifier(contact.get("user_id")),
        message_status=identifier(message.get("message_status")),
    )


def media_info(answer: dict[str, Any]) -> MediaInfo:
    """Read the answer about a media id; `MediaError` when it has no address."""
    url = text(answer.get("url"))
    if not url:
        raise MediaError("Meta's answer names no address of the file.", http_status=200)
    return MediaInfo(
        url=url,
        mime_type=text(answer.get("mime_type")),
        sha256=text(answer.get("sha256")),
        file_size=integer(answer.get("file_size")),
    )


def _first(value: Any) -> dict[str, Any]:
    return mapping(value[0]) if isinstance(value, list) and value else {}
