"""Files on their way to Meta: read when it is their turn, recordings converted, then uploaded."""

import threading
from dataclasses import dataclass
from pathlib import Path, PurePath

from ..cloud_api import errors, limits, payloads_media
from ..cloud_api.client import CloudApiClient
from .calls import Outgoing, Upload
from .voice import to_voice_note

_AT_ONCE = threading.BoundedSemaphore(4)
"""A document has up to 100 MB, and the HTTP library copies it."""


@dataclass(frozen=True)
class Uploaded:
    """A file that Meta has; without ``media_uid`` there is none.

    :param is_plain_audio: it was recorded as a voice note, but could not become one
    """

    media_uid: str = ""
    is_plain_audio: bool = False

    def facts(self) -> dict:
        """Return what the result of the sending has to tell about the file."""
        return {"media_uid": self.media_uid, "is_plain_audio": self.is_plain_audio}


def upload(client: CloudApiClient, phone_number_uid: str, file: Upload) -> Uploaded:
    """Give a file to Meta.

    :raises CloudApiError: when Meta does not take it, or it is not there any more
    """
    with _AT_ONCE:
        content, mime_type, filename = _read(file), file.mime_type, file.filename
        is_plain_audio = False
        if file.is_voice:
            note = to_voice_note(content, mime_type)
            content, mime_type = note.content, note.mime_type
            is_plain_audio = not note.is_voice
            if note.is_voice:
                filename = str(PurePath(filename).with_suffix(".ogg")) if filename else "voice.ogg"
            else:
                limits.check_media("audio", mime_type, len(content))
        media_uid = client.upload_media(phone_number_uid, content, mime_type, filename)
    return Uploaded(media_uid, is_plain_audio)


def with_file(payload: dict, file: Uploaded) -> dict:
    """Return the body of a message with the id of its file."""
    kind = payload["type"]
    if kind == "template":
        return payload | {kind: payloads_media.with_header_file(payload[kind], file.media_uid)}
    content = payload[kind] | {"id": file.media_uid}
    if file.is_plain_audio:
        content.pop("voice", None)
    return payload | {kind: content}


def with_cards(client: CloudApiClient, outgoing: Outgoing, payload: dict) -> dict:
    """Give the files of a carousel to Meta, and return the body of the message with their ids.

    :raises CloudApiError: as `upload`
    """
    media_uids = {
        number: upload(client, outgoing.phone_number_uid, file).media_uid
        for number, file in outgoing.card_uploads.items()
    }
    return payload | {"template": payloads_media.with_card_files(payload["template"], media_uids)}


def _read(file: Upload) -> bytes:
    if not file.path:
        return file.content
    try:
        return Path(file.path).read_bytes()
    except OSError as error:
        raise errors.MediaError("The file is no longer in Odoo's file store.") from error
