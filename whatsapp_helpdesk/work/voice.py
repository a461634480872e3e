"""Turns recordings into what WhatsApp shows as a voice note: Opus in Ogg, one channel.

FFmpeg does it, as the Python package ``av`` or as the program ``ffmpeg``, whichever is there; both
run in a process of their own, so that a broken file can neither hang nor crash the server.
"""

import importlib.util
import logging
import shutil
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass, field
from pathlib import Path

from ..cloud_api import limits, sniff

_logger = logging.getLogger(__name__)

VOICE_TYPE = "audio/ogg; codecs=opus"

_ENCODER = Path(__file__).with_name("voice_encoder.py")
_TIMEOUT_SECONDS = 20
_MAX_DURATION_SECONDS = 3600
# One reader of FFmpeg per kind of file that we know: it shall not guess, because some of its
# formats are lists of other files to open.
_READERS = {
    "audio/aac": "aac",
    "audio/amr": "amr",
    "audio/flac": "flac",
    "audio/mp4": "mov",
    "audio/mpeg": "mp3",
    "audio/ogg": "ogg",
    "audio/wav": "wav",
    "audio/webm": "matroska",
    "video/mp4": "mov",
    "video/webm": "matroska",
}
_PLAIN_NAMES = {"audio/mp3": "audio/mpeg", "audio/x-m4a": "audio/mp4", "audio/x-wav": "audio/wav"}

_turns = threading.BoundedSemaphore(2)


@dataclass(frozen=True)
class VoiceNote:
    """A recording as it can be sent.

    :param mime_type: for the upload
    :param is_voice: whether WhatsApp will show it as a voice note; otherwise the content is
        unchanged and at best an audio file
    """

    content: bytes = field(repr=False)
    mime_type: str
    is_voice: bool


def to_voice_note(content: bytes, mime_type: str) -> VoiceNote:
    """Return a recording as a voice note if that is possible. Never raises; takes 20 s at most.

    :param content: what a browser recorded, or any audio file
    :param mime_type: what it is said to be
    """
    if sniff.is_voice_note(content):
        return VoiceNote(content, VOICE_TYPE, is_voice=True)
    found = sniff.media_type(content)
    reader = _READERS.get(found)
    converted = _convert(content, reader) if reader else b""
    if sniff.is_voice_note(converted) and len(converted) <= limits.AUDIO_BYTES:
        return VoiceNote(converted, VOICE_TYPE, is_voice=True)
    plain_type = found or mime_type.partition(";")[0].strip().lower()
    return VoiceNote(content, _PLAIN_NAMES.get(plain_type, plain_type), is_voice=False)


def _convert(content: bytes, reader: str) -> bytes:
    if len(content) > limits.AUDIO_BYTES:
        return b""
    if not _turns.acquire(timeout=_TIMEOUT_SECONDS):
        return b""
    try:
        with tempfile.TemporaryDirectory(prefix="whatsapp_helpdesk.") as folder:
            source = Path(folder, "recording")
            source.write_bytes(content)
            return _run(_command(source, reader))
    except (OSError, subprocess.SubprocessError) as error:
        _logger.warning("a recording was not converted: %s", type(error).__name__)
        return b""
    finally:
        _turns.release()


def _command(source: Path, reader: str) -> list[str]:
    """Return the program that writes the voice note to its standard output; [] if there is none."""
    duration = str(_MAX_DURATION_SECONDS)
    if sys.executable and importlib.util.find_spec("av"):
        return [sys.executable, str(_ENCODER), str(source), reader, duration]
    program = shutil.which("ffmpeg")
    if not program:
        return []
    command = [program, "-nostdin", "-hide_banner", "-loglevel", "error"]
    command += ["-protocol_whitelist", "file,pipe", "-f", reader, "-i", str(source)]
    command += ["-map", "0:a:0", "-map_metadata", "-1", "-t", duration]
    command += ["-ac", "1", "-ar", "48000", "-c:a", "libopus", "-b:a", "32k"]
    return [*command, "-application", "voip", "-f", "ogg", "pipe:1"]


def _run(command: list[str]) -> bytes:
    if not command:
        return b""
    done = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=_TIMEOUT_SECONDS,
        check=False,
    )
    if done.returncode:
        last_line = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        _logger.warning("a recording was not converted: %s", last_line[:200])
        return b""
    return done.stdout
