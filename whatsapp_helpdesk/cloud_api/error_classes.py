"""Errors named by what the caller has to do. Import them from `errors`."""


class CloudApiError(Exception):
    """Meta refused, or could not be asked; this class itself: an error that we do not know.

    :param message: English sentence, free of secrets
    :param code: Meta's error code, 0 when there was none
    :param subcode: Meta's ``error_subcode``
    :param details: Meta's ``error_data.details``, the most useful text for a person
    :param fbtrace_id: what Meta's support asks for
    :param http_status: 0 when there was no answer
    :param retry_after: seconds that the server asked us to wait
    :param scope: what else the error concerns: ``message``, ``recipient``, ``channel``, ``account``
    """

    def __init__(
        self,
        message: str,
        *,
        code: int = 0,
        subcode: int = 0,
        details: str = "",
        fbtrace_id: str = "",
        http_status: int = 0,
        retry_after: float | None = None,
        scope: str = "message",
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.subcode = subcode
        self.details = details
        self.fbtrace_id = fbtrace_id
        self.http_status = http_status
        self.retry_after = retry_after
        self.scope = scope


class AuthError(CloudApiError):
    """Stop the number or account (see ``scope``) and tell an administrator."""


class RateLimited(CloudApiError):
    """Refused for now: try the same again later (see ``scope`` and ``retry_after``)."""


class TransientError(CloudApiError):
    """Nothing happened at Meta, or repeating does no harm: try the same again later."""


class OutcomeUnknown(CloudApiError):
    """The request left but its fate is open: never send again blindly, wait for a status."""


class RecipientError(CloudApiError):
    """This recipient cannot get this message: fail the message."""


class TemplateError(CloudApiError):
    """The template does not fit: fail the message and synchronise the templates."""


class PolicyError(CloudApiError):
    """Meta's rules forbid it (24-hour window, opt-out, payment, restriction): a person decides."""


class MediaError(CloudApiError):
    """The file cannot be fetched or accepted as it is.

    :param reason: why a download failed: ``gone`` (Meta no longer has it), ``expired`` (the
        address, not the file), ``too_large``, ``elsewhere`` (not on Meta's servers), ``damaged``
    """

    def __init__(self, message: str, *, reason: str = "", **fields) -> None:
        super().__init__(message, **fields)
        self.reason = reason


class InvalidRequest(CloudApiError):
    """We asked for something that cannot be: fail the message, it is our mistake or bad input.

    :param limit: name of the constant in `limits` that was broken, '' for other reasons
    :param maximum: its value
    :param actual: what the caller passed
    """

    def __init__(
        self, message: str, *, limit: str = "", maximum: int = 0, actual: int = 0, **fields
    ) -> None:
        super().__init__(message, **fields)
        self.limit = limit
        self.maximum = maximum
        self.actual = actual
