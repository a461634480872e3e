"""Bodies of messages with files, and which kind a file is sent as."""

import pytest
from cloud_api import limits
from cloud_api.errors import InvalidRequest
from cloud_api.media_kinds import (
    carries_caption,
    is_too_large_to_show,
    kind_for,
    normal_type,
    short_name,
)
from cloud_api.payloads import Recipient
from cloud_api.payloads_media import media_message

ANA = Recipient(phone="+1 555 000 2222")
HIDDEN = Recipient(bsuid="ES.20000000000000000002")


@pytest.mark.parametrize(
    ("kind", "options", "content"),
    [
        ("image", {"caption": " two  words "}, {"id": "1001", "caption": "two  words"}),
        ("image", {"filename": "a.png"}, {"id": "1001"}),
        ("video", {"caption": "see"}, {"id": "1001", "caption": "see"}),
        ("audio", {}, {"id": "1001"}),
        ("audio", {"is_voice": True}, {"id": "1001", "voice": True}),
        ("sticker", {}, {"id": "1001"}),
        (
            "document",
            {"caption": "offer", "filename": "عرض سعر.pdf"},
            {"id": "1001", "caption": "offer", "filename": "عرض سعر.pdf"},
        ),
        ("document", {}, {"id": "1001"}),
    ],
)
def test_every_kind(kind, options, content):
    payload = media_message(ANA, kind, "1001", reply_to="wamid.1", callback_data="db:1", **options)
    assert payload == {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": "+15550002222",
        "type": kind,
        kind: content,
        "context": {"message_id": "wamid.1"},
        "biz_opaque_callback_data": "db:1",
    }
    assert media_message(HIDDEN, kind, "1001")["recipient"] == HIDDEN.bsuid


@pytest.mark.parametrize(
    ("build", "limit"),
    [
        (lambda: media_message(ANA, "image", ""), "media_uid"),
        (lambda: media_message(ANA, "image", "1", caption="x" * 1025), "CAPTION"),
        (lambda: media_message(ANA, "audio", "1", caption="x"), "CAPTION"),
        (lambda: media_message(ANA, "sticker", "1", caption="x"), "CAPTION"),
        (lambda: media_message(Recipient(), "image", "1"), "recipient"),
    ],
)
def test_what_cannot_be_sent(build, limit):
    with pytest.raises(InvalidRequest) as caught:
        build()
    assert caught.value.limit == limit


def test_the_longest_caption_is_allowed():
    assert media_message(ANA, "video", "1", caption="x" * limits.CAPTION)


@pytest.mark.parametrize(
    ("mime_type", "size", "options", "kind"),
    [
        ("image/jpeg", limits.IMAGE_BYTES, {}, "image"),
        ("image/jpg", 1, {}, "image"),
        ("IMAGE/PNG; x=y", 1, {}, "image"),
        ("image/png", limits.IMAGE_BYTES + 1, {}, "document"),
        ("image/webp", 1, {}, "document"),
        ("image/webp", 1, {"is_sticker": True}, "sticker"),
        ("image/png", 1, {"is_sticker": True}, "image"),
        ("image/gif", 1, {}, "document"),
        ("image/svg+xml", 1, {}, "document"),
        ("video/mp4", limits.VIDEO_BYTES, {}, "video"),
        ("video/3gpp", 1, {}, "video"),
        ("video/mp4", limits.VIDEO_BYTES + 1, {}, "document"),
        ("video/quicktime", 1, {}, "document"),
        ("audio/mpeg", 1, {}, "audio"),
        ("audio/mp3", 1, {}, "audio"),
        ("audio/x-m4a", 1, {}, "audio"),
        ("audio/ogg; codecs=opus", 1, {}, "audio"),
        ("audio/wav", 1, {}, "document"),
        ("audio/webm", 1, {"is_voice": True}, "audio"),
        ("application/pdf", 1, {}, "document"),
        ("", 1, {}, "document"),
    ],
)
def test_kind_of_a_file(mime_type, size, options, kind):
    assert kind_for(mime_type, size, **options) == kind


def test_only_pictures_videos_and_stickers_are_too_large_to_show():
    assert is_too_large_to_show("image/png", limits.IMAGE_BYTES + 1)
    assert not is_too_large_to_show("image/png", limits.IMAGE_BYTES)
    assert not is_too_large_to_show("application/pdf", limits.DOCUMENT_BYTES + 1)


def test_captions():
    kinds = ["image", "video", "document", "audio", "sticker"]
    assert [carries_caption(kind) for kind in kinds] == [True, True, True, False, False]


def test_types_have_one_spelling():
    assert normal_type("audio/x-m4a; codecs=mp4a") == "audio/mp4"
    assert normal_type("") == "application/octet-stream"


def test_long_file_names_keep_beginning_and_extension():
    assert short_name("offer.pdf") == "offer.pdf"
    assert short_name("a\n b\t.pdf") == "a b .pdf"
    short = short_name(f"{'عرض' * 100}.pdf")
    assert short.startswith("عرض")
    assert short.endswith("….pdf")
    assert limits.text_length(short) == limits.FILE_NAME
    assert limits.text_length(short_name("😀" * 300)) <= limits.FILE_NAME
    assert short_name(f".{'x' * 300}").endswith("…")
