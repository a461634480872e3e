"""Errors in Meta's two shapes: the body of a refused call and the notice inside a webhook."""

TITLES = {
    0: "AuthException",
    1: "API Unknown",
    2: "API Service",
    3: "API Method",
    4: "API Too Many Calls",
    10: "Permission Denied",
    33: "Parameter value is not valid",
    100: "Invalid parameter",
    190: "Access token has expired",
    200: "API Permission",
    368: "Temporarily blocked for policies violations",
    80007: "Rate limit issues",
    80008: "Template rate limit hit",
    130403: "User is blocked",
    130429: "Rate limit hit",
    130472: "User's number is part of an experiment",
    131000: "Something went wrong",
    131005: "Access denied",
    131008: "Required parameter is missing",
    131009: "Parameter value is not valid",
    131016: "Service unavailable",
    131021: "Recipient cannot be sender",
    131026: "Message undeliverable",
    131030: "Recipient phone number not in allowed list",
    131031: "Account has been locked",
    131042: "Business eligibility payment issue",
    131045: "Incorrect certificate",
    131047: "Re-engagement message",
    131048: "Spam rate limit hit",
    131049: "This message was not delivered to maintain healthy ecosystem engagement.",
    131050: "User has stopped receiving marketing messages",
    131051: "Unsupported message type",
    131052: "Media download error",
    131053: "Media upload error",
    131056: "(Business Account, Consumer Account) pair rate limit hit",
    131057: "Account in maintenance mode",
    131062: "Business-scoped user id recipients are not supported for this message",
    132000: "Number of parameters does not match the expected number of params",
    132001: "Template name does not exist in the translation",
    132005: "Translated text too long",
    132012: "Template parameter format mismatch",
    132015: "Template is paused",
    132016: "Template is disabled",
    132018: "There is an issue with the parameters in the template",
    133010: "Phone number not registered",
    139100: "Failed to block or unblock some users",
    139101: "The user is blocked or unblocked already",
    139102: "The user cannot be blocked",
    2593107: "Synchronization was requested already",
    2593108: "Synchronization window has ended",
    2593109: "History sync is turned off by the business from the WhatsApp Business App",
}

TRANSIENT = frozenset({2, 4, 80007, 80008, 130429, 131000, 131016, 131056, 131057})


class GraphError(Exception):
    """A refused Graph call.

    :param code: Meta's error code
    :param details: what ``error_data.details`` says
    :param http_status: of the answer
    :param message: replaces "(#code) title"
    :param extra: stands beside ``error`` in the body
    :param user_title: and ``user_message`` are for who wrote a template
    """

    def __init__(
        self,
        code: int,
        details: str = "",
        *,
        http_status: int = 400,
        subcode: int | None = None,
        message: str = "",
        kind: str = "OAuthException",
        extra: dict | None = None,
        user_title: str = "",
        user_message: str = "",
    ):
        self.extra = extra or {}
        self.user_title, self.user_message = user_title, user_message
        self.code, self.details, self.http_status = code, details, http_status
        self.subcode, self.kind = subcode, kind
        self.message = message or f"(#{code}) {TITLES.get(code, 'Unknown error')}"
        super().__init__(self.message)

    def body(self, fbtrace_id: str) -> dict:
        """Return the JSON body, as in "Meta Cloud API: error codes"."""
        error = {"message": self.message, "type": self.kind, "code": self.code}
        if self.details:
            error["error_data"] = {"messaging_product": "whatsapp", "details": self.details}
        if self.subcode is not None:
            error["error_subcode"] = self.subcode
        if self.code in TRANSIENT:
            error["is_transient"] = True
        if self.user_title:
            error["error_user_title"], error["error_user_msg"] = self.user_title, self.user_message
        error["fbtrace_id"] = fbtrace_id
        return self.extra | {"error": error}


def notice(code: int, title: str = "", details: str = "") -> dict:
    """Return one element of ``errors[]`` in a status webhook; title and message are equal."""
    title = title or TITLES.get(code, "Unknown error")
    found = {"code": code, "title": title, "message": title}
    if details:
        found["error_data"] = {"details": details}
    found["href"] = "/documentation/business-messaging/whatsapp/support/error-codes"
    return found


def bad_token() -> GraphError:
    return GraphError(
        190,
        http_status=401,
        message="Invalid OAuth access token - Cannot parse access token",
    )


def expired_token() -> GraphError:
    return GraphError(
        190,
        http_status=401,
        subcode=463,
        message="Error validating access token: Session has expired",
    )


def unknown_object(uid: str, verb: str = "get") -> GraphError:
    """Meta's answer for ids that do not exist and for ids of somebody else alike."""
    return GraphError(
        100,
        subcode=33,
        kind="GraphMethodException",
        message=f"Unsupported {verb} request. Object with ID '{uid}' does not exist, cannot be "
        "loaded due to missing permissions, or does not support this operation",
    )


def missing(parameter: str) -> GraphError:
    return GraphError(131008, f"Parameter '{parameter}' is required.")


def invalid(details: str) -> GraphError:
    return GraphError(100, details)


REENGAGEMENT_DETAILS = (
    "Message failed to send because more than 24 hours have passed since the customer last "
    "replied to this number."
)
