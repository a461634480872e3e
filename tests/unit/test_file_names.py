"""Names of files, and the digests that Meta announces."""

import base64
import hashlib
from datetime import datetime

import pytest
from cloud_api import file_digest, file_names

DIGEST = hashlib.sha256(b"sofa").digest()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Invoice 2026.pdf", "Invoice 2026.pdf"),
        ("فاتورة رقم ٧.pdf", "فاتورة رقم ٧.pdf"),
        ("می\u200cخواهم.pdf", "می\u200cخواهم.pdf"),
        ("👩‍🔧 plan.pdf", "👩‍🔧 plan.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("..\\..\\windows\\system.ini", "system.ini"),
        ("photo\u202egpj.exe", "photogpj.exe"),
        ("a\x00b\r\nc\u2028d.pdf", "abcd.pdf"),
        ("  .hidden. ", "hidden.pdf"),
        ("what? <now>:*.pdf", "what_ _now___.pdf"),
        ("CON", "_CON.pdf"),
        ("nul.txt", "_nul.txt"),
        ("console.txt", "console.txt"),
        ("plan", "plan.pdf"),
        ("v1.2 final version", "v1.2 final version.pdf"),
        ("", ""),
        ("../..", ""),
        ("\u202e\u200b", ""),
    ],
)
def test_safe_name(name, expected):
    assert file_names.safe_name(name, "application/pdf") == expected


def test_long_names_keep_their_extension_and_whole_characters():
    name = file_names.safe_name("كلمة" * 100 + ".docx", "")
    assert name.endswith("ك.docx") or name.endswith("ة.docx") or name.endswith("م.docx")
    assert file_names.MAX_BYTES - 4 < len(name.encode()) <= file_names.MAX_BYTES


@pytest.mark.parametrize(
    ("kind", "mime_type", "expected"),
    [
        ("voice note", "audio/ogg; codecs=opus", "voice note 2026-11-22 10.31.ogg"),
        ("image", "image/jpeg", "image 2026-11-22 10.31.jpg"),
        ("document", "application/octet-stream", "document 2026-11-22 10.31"),
        ("document", "text/csv", "document 2026-11-22 10.31.csv"),
        ("document", "no/such-type", "document 2026-11-22 10.31"),
    ],
)
def test_names_of_files_without_one(kind, mime_type, expected):
    moment = datetime(2026, 11, 22, 10, 31, 5)  # noqa: DTZ001 - local time
    assert file_names.name_for(kind, moment, mime_type) == expected


@pytest.mark.parametrize(
    "announced",
    [
        base64.b64encode(DIGEST).decode(),
        base64.urlsafe_b64encode(DIGEST).decode().rstrip("="),
        DIGEST.hex(),
        DIGEST.hex().upper(),
        "",
        "no digest",
        "abcd",
        "ünlesbar",
    ],
)
def test_digests_that_do_not_contradict(announced):
    assert not file_digest.contradicts(announced, DIGEST)


def test_digests_that_contradict():
    for announced in (base64.b64encode(bytes(32)).decode(), "00" * 32):
        assert file_digest.contradicts(announced, DIGEST)
