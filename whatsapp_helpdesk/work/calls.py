"""What travels between the queue and the threads that call Meta: plain data, no records."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import BinaryIO

import requests

from ..cloud_api.answers import SendResult
from ..cloud_api.client import CloudApiClient
from ..cloud_api.errors import CloudApiError


@dataclass(frozen=True)
class Upload:
    """A file that Meta must have before the message can name it.

    :param path: of the file in Odoo's file store, '' if the database has it
    :param content: of the file if there is no path
    :param is_voice: a recording, which has to become WhatsApp's own format
    """

    path: str
    content: bytes = field(repr=False)
    mime_type: str
    filename: str
    is_voice: bool = False


@dataclass(frozen=True)
class Outgoing:
    """A claimed message with all that its call to Meta needs, so that the call needs no database.

    :param connect: makes the client that may send it, over a session of the caller's
    :param is_on_phone_app: the number is also used in the WhatsApp Business app, which is slower
    :param payload: body of the message; with an upload it lacks the media id
    :param card_uploads: the files of a carousel, by the number of the card; given to Meta anew
        whenever the message is tried
    """

    message_id: int
    connect: Callable[[requests.Session], CloudApiClient] = field(repr=False)  # holds the token
    channel_id: int
    conversation_id: int
    phone_number_uid: str
    message_type: str
    payload: dict
    upload: Upload | None
    card_uploads: dict[int, Upload] = field(default_factory=dict, repr=False)
    is_on_phone_app: bool = False


@dataclass(frozen=True)
class Sent:
    """What became of one call: the answer or the error, and the id of the uploaded file.

    :param is_plain_audio: a recording that could not become a voice note
    """

    message_id: int
    answer: SendResult | None = None
    error: CloudApiError | None = None
    media_uid: str = ""
    is_plain_audio: bool = False


@dataclass(frozen=True)
class Receipt:
    """A claimed read receipt.

    :param is_typing: also show that an answer is being written
    """

    connect: Callable[[requests.Session], CloudApiClient] = field(repr=False)  # holds the token
    phone_number_uid: str
    wamid: str
    is_typing: bool


@dataclass(frozen=True)
class Wanted:
    """A claimed download.

    :param media_uid: '' when Meta told nothing but an address
    :param url: address that may still work, '' when there is none
    :param sha256: as announced, '' when it was not
    """

    media_id: int
    connect: Callable[[requests.Session], CloudApiClient] = field(repr=False)  # holds the token
    media_uid: str
    phone_number_uid: str
    url: str = field(default="", repr=False)
    sha256: str = ""
    mime_type: str = ""


@dataclass(frozen=True)
class Fetched:
    """What became of a download: the file or the error.

    :param file: open, whoever stores it closes it
    :param mime_type: as announced
    """

    media_id: int
    file: BinaryIO | None = field(default=None, repr=False)
    mime_type: str = ""
    error: CloudApiError | None = None

    def close(self) -> None:
        """Throw the temporary file away."""
        if self.file:
            self.file.close()
