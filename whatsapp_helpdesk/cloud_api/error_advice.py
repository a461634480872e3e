"""What a person can do about an error of Meta's, as a key for which the addon has a sentence.

Source: Meta Cloud API: error codes. Codes of their own come first; the rest follows from the class
and the scope of the error, so every code of the table says something.
"""

from .error_classes import (
    AuthError,
    CloudApiError,
    InvalidRequest,
    MediaError,
    OutcomeUnknown,
    PolicyError,
    RateLimited,
    RecipientError,
    TemplateError,
    TransientError,
)
from .error_table import ERROR_TABLE

OTHER = "other"

_CODES_OF = {
    "account_locked": (368, 131031),
    "blocked_by_us": (130403,),
    "call": tuple(range(138000, 138038)),
    "country": (130497, 131065),
    "display_name": (131037,),
    "group": (130501, 131020, 131041, *range(131201, 131216)),
    "handled_elsewhere": (138038, 2494191),
    "identity_changed": (137000,),
    "less_marketing": (130472, 131049),
    "needs_phone_number": (131062,),
    "not_on_whatsapp": (131026,),
    "not_readable": (131051, 131060),
    "opted_out": (131050,),
    "payment": (131042, 131044),
    "register": (33, 131045, 133000, 133005, 133006, 133010),
    "spam": (131048,),
    "test_number": (131030,),
    "token": (0, 102, 190),
    "wait_for_customer": (131047,),
    "wait_for_recipient": (131056,),
}
_BY_CODE = {code: key for key, codes in _CODES_OF.items() for code in codes}

_BY_CLASS: dict[type[CloudApiError], str] = {
    AuthError: "permission",
    InvalidRequest: "rejected",
    MediaError: "file",
    OutcomeUnknown: "uncertain",
    PolicyError: "policy",
    RateLimited: "wait",
    RecipientError: "recipient",
    TemplateError: "template",
    TransientError: "wait",
}

KEYS = frozenset({*_CODES_OF, *_BY_CLASS.values(), OTHER})


def advice_of(code: int) -> str:
    """Return one of `KEYS` for Meta's error ``code``, `OTHER` for a code that we do not know."""
    if code in _BY_CODE:
        return _BY_CODE[code]
    info = ERROR_TABLE.get(code)
    return _BY_CLASS.get(info.error_class, OTHER) if info else OTHER
