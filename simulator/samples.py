"""Small valid files of every kind, so that a phone can send them without having any."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).with_name("samples")


@dataclass(frozen=True)
class Sample:
    """A file under ``samples/`` and the keys that WhatsApp puts beside its id."""

    kind: str
    file: str
    mime_type: str
    keys: tuple[tuple[str, object], ...] = ()

    @property
    def content(self) -> bytes:
        return _content(self.file)


@cache
def _content(file: str) -> bytes:
    return (FOLDER / file).read_bytes()


SAMPLES = {
    "image": Sample("image", "image.jpg", "image/jpeg"),
    "video": Sample("video", "video.mp4", "video/mp4"),
    "voice": Sample("audio", "voice.ogg", "audio/ogg; codecs=opus", (("voice", True),)),
    "audio": Sample("audio", "audio.mp3", "audio/mpeg", (("voice", False),)),
    "document": Sample(
        "document", "document.pdf", "application/pdf", (("filename", "Assembly instructions.pdf"),)
    ),
    "sticker": Sample("sticker", "sticker.webp", "image/webp", (("animated", False),)),
    "animated_sticker": Sample(
        "sticker", "animated_sticker.webp", "image/webp", (("animated", True),)
    ),
}
