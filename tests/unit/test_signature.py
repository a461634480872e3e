"""Signing, verifying and the GET handshake."""

import json

import pytest
from cloud_api import signature

BODY = b'{"object":"whatsapp_business_account","entry":[]}'
SECRET = "test_app_secret"
HEADER = "sha256=dec6a680679a968e7e0319355b23599cbfc54502c0784668e9618baa0c633756"
PAYLOAD = {
    "object": "whatsapp_business_account",
    "entry": [
        {"id": "1", "changes": [{"field": "messages", "value": {"t": "Grüße 👍 a/b"}}]},
    ],
}


def test_sign_gives_the_known_vector():
    assert signature.sign(BODY, SECRET) == HEADER


def test_meta_bytes_are_escaped_on_one_line_and_sign_as_known():
    body = signature.escape_like_meta(PAYLOAD)
    assert rb"Gr\u00fc\u00dfe \ud83d\udc4d a\/b" in body
    assert body.isascii() and b"\n" not in body
    assert signature.sign(body, "sim_secret") == (
        "sha256=e364acb26e64847d618febb800c78b0951f84f67f264014938e58cec4086c0a7"
    )


def test_the_same_json_in_utf8_does_not_verify():
    utf8 = json.dumps(PAYLOAD, ensure_ascii=False, separators=(",", ":")).encode()
    assert signature.sign(utf8, "sim_secret") == (
        "sha256=1ffc5fd9e858a9d51c7648686a530c9813976adeca62e4174c0087652e85f141"
    )
    header = signature.sign(signature.escape_like_meta(PAYLOAD), "sim_secret")
    assert not signature.verify(utf8, header, ["sim_secret"])


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "sha256=",
        "sha1=" + HEADER[7:],
        HEADER[:-1],
        HEADER + "0",
        HEADER[:-1] + "g",
        " " + HEADER,
        HEADER + "\n",
        HEADER[7:],
        "sha256=" + "٣" * 64,
        "sha256=" + "0" * 64,
    ],
)
def test_verify_refuses_other_headers(header):
    assert not signature.verify(BODY, header, [SECRET])


def test_verify_accepts_either_case_of_hex():
    assert signature.verify(BODY, HEADER.upper().replace("SHA256", "sha256"), [SECRET])


@pytest.mark.parametrize("secrets", [[], [""], [None], [False], ["other"], ["", "other"]])
def test_verify_is_closed_without_the_right_secret(secrets):
    assert not signature.verify(BODY, HEADER, secrets)


def test_an_empty_secret_does_not_verify_what_was_signed_with_it():
    assert not signature.verify(BODY, signature.sign(BODY, ""), [""])


def test_old_and_new_secret_verify_during_rotation():
    assert signature.verify(BODY, HEADER, ["new", SECRET])
    assert signature.verify(BODY, HEADER, (secret for secret in (SECRET, "new")))


def test_one_string_of_secrets_is_a_mistake():
    with pytest.raises(TypeError, match="collection"):
        signature.verify(BODY, HEADER, SECRET)


def test_one_changed_byte_does_not_verify():
    assert not signature.verify(BODY.replace(b"[]", b"[ ]"), HEADER, [SECRET])


def _params(**changes):
    params = {"hub.mode": "subscribe", "hub.verify_token": "tök", "hub.challenge": "1158201444"}
    return params | {f"hub.{name}": value for name, value in changes.items()}


def test_challenge_is_answered():
    assert signature.challenge_answer(_params(), "tök") == "1158201444"


@pytest.mark.parametrize(
    ("params", "token"),
    [
        (_params(), "other"),
        (_params(), ""),
        (_params(verify_token=""), ""),
        (_params(mode="unsubscribe"), "tök"),
        (_params(challenge=""), "tök"),
        (_params(challenge=None), "tök"),
        (_params(verify_token=["tök"]), "tök"),
        ({}, "tök"),
    ],
)
def test_challenge_is_refused(params, token):
    assert signature.challenge_answer(params, token) is None
