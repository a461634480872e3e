"""What files are by their bytes, and under which type they may be served."""

import pytest
from cloud_api import sniff

JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
WEBP = b"RIFF\x24\x00\x00\x00WEBPVP8 "
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def iso(brand: bytes, *handlers: bytes) -> bytes:
    tracks = b"".join(b"\x00\x00\x00\x21hdlr" + bytes(8) + handler for handler in handlers)
    return b"\x00\x00\x00\x18ftyp" + brand + bytes(8) + bytes(5000) + tracks


def ogg(head: bytes) -> bytes:
    return b"OggS\x00\x02" + bytes(22) + head


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (JPEG, "image/jpeg"),
        (PNG, "image/png"),
        (b"GIF89a\x01\x00", "image/gif"),
        (WEBP, "image/webp"),
        (b"RIFF\x24\x00\x00\x00WAVEfmt ", "audio/wav"),
        (iso(b"isom", b"vide", b"soun"), "video/mp4"),
        (iso(b"mp42", b"soun"), "audio/mp4"),
        (iso(b"M4A ", b"soun"), "audio/mp4"),
        (iso(b"3gp5", b"vide"), "video/3gpp"),
        (iso(b"qt  ", b"vide"), "video/quicktime"),
        (iso(b"heic"), "image/heic"),
        (ogg(b"OpusHead\x01\x01"), "audio/ogg"),
        (ogg(b"\x80theora"), "video/ogg"),
        (b"\x1a\x45\xdf\xa3 webm A_OPUS", "audio/webm"),
        (b"\x1a\x45\xdf\xa3 webm V_VP9", "video/webm"),
        (b"ID3\x04\x00", "audio/mpeg"),
        (b"\xff\xfb\x90\x64", "audio/mpeg"),
        (b"\xff\xf1\x50\x80", "audio/aac"),
        (b"\xff\xff\xff\xff", ""),
        (b"#!AMR\n", "audio/amr"),
        (b"%PDF-1.7", "application/pdf"),
        (b"PK\x03\x04", "application/zip"),
        (OLE, "application/x-ole-storage"),
        (b"MZ\x90\x00", "application/x-msdownload"),
        (b"\xef\xbb\xbf <!DOCTYPE html><p>", "text/html"),
        (b"hello <script src=x>", "text/html"),
        ("<html>".encode("utf-16"), "text/html"),
        (b'<?xml version="1.0"?><svg onload="x">', "image/svg+xml"),
        (b'<?xml version="1.0"?><invoice/>', "text/xml"),
        ("Größe;Preis\n".encode() * 900, "text/plain"),
        (b"\x00\x01\x02", ""),
        (b"Gr\xf6\xdfe und noch mehr Text", ""),
        (b"", ""),
    ],
)
def test_media_type(content, expected):
    assert sniff.media_type(content) == expected


@pytest.mark.parametrize(
    ("content", "announced", "expected"),
    [
        (JPEG, "image/png", "image/jpeg"),
        (b"<html>", "image/jpeg", "text/plain"),
        (b"<svg xmlns=x>", "image/svg+xml", "text/plain"),
        (b"<?xml ?><a/>", "application/xml", "text/plain"),
        (b"alert(1)", "application/javascript", "text/plain"),
        (b"alert(1)", "text/html", "text/plain"),
        (b"a;b", "text/csv; charset=utf-8", "text/csv"),
        (b"\x00\x01", "text/html", "application/octet-stream"),
        (b"\x00\x01", "application/xhtml+xml", "application/octet-stream"),
        (b"\x00\x01", "application/vnd.evil+xml", "application/octet-stream"),
        (b"\x00\x01", "image/jpeg", "application/octet-stream"),
        (b"\x00\x01", "application/vnd.ms-works", "application/vnd.ms-works"),
        (b"\x00\x01", "", "application/octet-stream"),
        (b"MZ\x90", "application/pdf", "application/octet-stream"),
        (b"PK\x03\x04", DOCX, DOCX),
        (b"PK\x03\x04", "text/html", "application/zip"),
        (OLE, "application/msword", "application/msword"),
        (b"%PDF-1.7 <html><script>", "text/html", "application/pdf"),
        (iso(b"isom", b"soun"), "audio/aac", "audio/mp4"),
        (iso(b"isom", b"vide"), "video/3gpp", "video/3gpp"),
        (b"", "image/png", "application/octet-stream"),
    ],
)
def test_stored_type_is_the_truth_and_never_active(content, announced, expected):
    assert sniff.stored_type(content, announced) == expected


def test_voice_notes_are_opus_with_one_channel():
    assert sniff.is_voice_note(ogg(b"OpusHead\x01\x01"))
    for other in (ogg(b"OpusHead\x01\x02"), ogg(b"OpusHead"), ogg(b"\x01vorbis"), JPEG, b""):
        assert not sniff.is_voice_note(other)


def test_animated_stickers():
    moving = b"RIFF\x24\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x12"
    assert sniff.is_animated_webp(moving)
    assert not sniff.is_animated_webp(moving[:-1] + b"\x10")
    assert not sniff.is_animated_webp(WEBP)
    assert not sniff.is_animated_webp(b"")
