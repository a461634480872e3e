"""Meta's errors as exceptions that say what to do."""

import json

import pytest
from cloud_api import errors
from cloud_api.events import ApiNotice


def answer(code=None, **error):
    body = {"error": {"message": "(#1) Words", "type": "OAuthException", **error}}
    if code is not None:
        body["error"]["code"] = code
    return json.dumps(body).encode()


def from_response(http_status, body=b"", headers=None, **options):
    return errors.error_from_response(http_status, body, headers or {}, **options)


def test_every_row_is_complete():
    for code, info in errors.ERROR_TABLE.items():
        assert info.code == code
        assert info.title
        assert issubclass(info.error_class, errors.CloudApiError)
        assert info.scope in ("message", "recipient", "channel", "account")


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (0, errors.AuthError),
        (190, errors.AuthError),
        (200, errors.AuthError),
        (130429, errors.RateLimited),
        (131056, errors.RateLimited),
        (80007, errors.RateLimited),
        (4, errors.RateLimited),
        (1, errors.OutcomeUnknown),
        (2, errors.OutcomeUnknown),
        (131000, errors.OutcomeUnknown),
        (131016, errors.OutcomeUnknown),
        (131057, errors.TransientError),
        (131026, errors.RecipientError),
        (131047, errors.PolicyError),
        (131050, errors.PolicyError),
        (132001, errors.TemplateError),
        (131053, errors.MediaError),
        (131009, errors.InvalidRequest),
        (987654, errors.CloudApiError),
    ],
)
def test_the_class_of_a_code(code, expected):
    assert errors.error_class(code) is expected
    assert type(from_response(400, answer(code))) is expected


@pytest.mark.parametrize(
    ("http_status", "expected"),
    [
        (400, errors.CloudApiError),
        (401, errors.AuthError),
        (403, errors.AuthError),
        (404, errors.CloudApiError),
        (408, errors.OutcomeUnknown),
        (429, errors.RateLimited),
        (500, errors.OutcomeUnknown),
        (503, errors.OutcomeUnknown),
    ],
)
def test_without_a_known_code_the_http_status_counts(http_status, expected):
    assert errors.error_class(987654, http_status) is expected
    assert type(from_response(http_status, answer(987654))) is expected
    assert type(from_response(http_status, b"<html>proxy</html>")) is expected


def test_only_what_meta_surely_did_not_take_is_safe_to_repeat():
    safe = (errors.RateLimited, errors.TransientError)
    for code in (1, 2, 131000, 131016, 134102):
        assert not issubclass(errors.error_class(code), safe)
        assert errors.error_class(code, 500) is errors.OutcomeUnknown


def test_a_repeatable_request_has_no_unknown_outcome():
    assert type(from_response(500, b"", repeatable=True)) is errors.TransientError
    assert type(from_response(400, answer(131000), repeatable=True)) is errors.TransientError


def test_all_of_metas_error_is_kept():
    error = from_response(
        400,
        answer(
            131047,
            message="(#131047) Re-engagement message",
            error_subcode=2494055,
            error_data={"messaging_product": "whatsapp", "details": "More than 24 hours"},
            fbtrace_id="Az8",
        ),
        {"retry-after": "120"},
    )
    assert error.message == str(error) == "(#131047) Re-engagement message"
    assert (error.code, error.subcode, error.http_status) == (131047, 2494055, 400)
    assert (error.details, error.fbtrace_id) == ("More than 24 hours", "Az8")
    assert error.retry_after == 120
    assert error.scope == "recipient"


@pytest.mark.parametrize(
    ("value", "expected"),
    [("30", 30), ("0.5", 0.5), ("", None), ("Wed, 21 Oct 2026 07:28:00 GMT", None)]
    + [("-1", None), ("inf", None), ("nan", None)],
)
def test_retry_after(value, expected):
    assert from_response(429, b"", {"Retry-After": value}).retry_after == expected


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff",
        b"[]",
        b"null",
        b'{"error":"text"}',
        b'{"error":{"code":"190","message":5,"error_data":[]}}',
        b'{"error":{"code":true}}',
        b"[" * 100_000,
    ],
)
def test_any_body_gives_an_error(body):
    error = from_response(400, body)
    assert type(error) is errors.CloudApiError
    assert error.message == "Meta answered with HTTP status 400."


def test_an_unknown_object_means_that_the_number_is_not_ours():
    error = from_response(400, answer(100, error_subcode=33))
    assert (type(error), error.scope) == (errors.AuthError, "channel")


def test_meta_says_that_an_unknown_error_passes():
    assert type(from_response(400, answer(987654, is_transient=True))) is errors.TransientError
    assert type(from_response(500, answer(987654, is_transient=True))) is errors.OutcomeUnknown


def test_a_token_that_meta_quotes_is_struck_out():
    body = answer(190, message="Malformed access token EAAxyz", error_user_msg="EAAxyz?")
    error = from_response(401, body, secrets=["EAAxyz", ""])
    assert "EAAxyz" not in f"{error} {error.message} {error.details} {error!r}"
    assert error.message == "Malformed access token ***"


def test_a_failed_status_is_final_and_never_unknown():
    error = errors.error_from_notice(ApiNotice(131000, "Something went wrong", "Try later"))
    assert type(error) is errors.TransientError
    assert (error.code, error.message, error.details) == (
        131000,
        "Something went wrong",
        "Try later",
    )


def test_a_notice_without_a_code_does_not_stop_the_account():
    error = errors.error_from_notice(ApiNotice())
    assert (type(error), error.scope) == (errors.CloudApiError, "message")
    assert error.message == "Meta gave no reason."


def test_a_notice_without_a_title_gets_ours():
    assert errors.error_from_notice(ApiNotice(131026)).message == "Message undeliverable"


def test_limits_are_part_of_an_invalid_request():
    error = errors.InvalidRequest("Too long.", limit="TEXT_BODY", maximum=4096, actual=5000)
    assert (error.limit, error.maximum, error.actual) == ("TEXT_BODY", 4096, 5000)
    assert isinstance(error, errors.CloudApiError)
