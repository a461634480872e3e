"""Which files WhatsApp takes."""

import pytest
from cloud_api import limits
from cloud_api.errors import InvalidRequest


@pytest.mark.parametrize(
    ("kind", "mime_type", "size"),
    [
        ("image", "image/jpeg", limits.IMAGE_BYTES),
        ("image", "IMAGE/PNG", 1),
        ("audio", "audio/ogg; codecs=opus", 1000),
        ("video", "video/mp4", limits.VIDEO_BYTES),
        ("document", "application/x-anything", limits.DOCUMENT_BYTES),
        ("sticker", "image/webp", limits.STICKER_BYTES),
    ],
)
def test_what_is_taken(kind, mime_type, size):
    assert limits.check_media(kind, mime_type, size) is None


@pytest.mark.parametrize(
    ("kind", "mime_type", "size", "limit"),
    [
        ("image", "image/jpeg", limits.IMAGE_BYTES + 1, "IMAGE_BYTES"),
        ("image", "image/webp", 10, "IMAGE_TYPES"),
        ("image", "image/svg+xml", 10, "IMAGE_TYPES"),
        ("image", "", 10, "IMAGE_TYPES"),
        ("image", "image/png", 0, "IMAGE_BYTES"),
        ("audio", "audio/webm; codecs=opus", 10, "AUDIO_TYPES"),
        ("document", "", 10, "DOCUMENT_TYPES"),
        ("sticker", "image/png", 10, "STICKER_TYPES"),
        ("sticker", "image/webp", limits.STICKER_BYTES + 1, "STICKER_BYTES"),
        ("hologram", "image/png", 10, "kind"),
    ],
)
def test_what_is_refused_and_why(kind, mime_type, size, limit):
    with pytest.raises(InvalidRequest) as caught:
        limits.check_media(kind, mime_type, size)
    assert caught.value.limit == limit


def test_a_sticker_that_moves_may_be_larger():
    size = limits.ANIMATED_STICKER_BYTES
    limits.check_media("sticker", "image/webp", size, is_animated=True)
    with pytest.raises(InvalidRequest) as caught:
        limits.check_media("sticker", "image/webp", size + 1, is_animated=True)
    assert caught.value.limit == "ANIMATED_STICKER_BYTES"


def test_sizes_are_named_in_the_error():
    with pytest.raises(InvalidRequest) as caught:
        limits.check_media("image", "image/png", 6_000_000)
    assert (caught.value.maximum, caught.value.actual) == (5 * 1024 * 1024, 6_000_000)
    assert "6000000" in str(caught.value)


def test_text_is_counted_as_browsers_and_phones_do():
    assert limits.text_length("aé中") == 3
    assert limits.text_length("👍🏽") == 4
