"""Languages of templates, and which variant a customer gets.

Source: Meta Cloud API: supported languages of templates.
"""

from collections.abc import Iterable
from dataclasses import dataclass

META_LANGUAGES = (
    *("af", "sq", "ar", "ar_AE", "ar_EG", "ar_LB", "ar_MA", "ar_QA", "az", "be_BY", "bn", "bn_IN"),
    *("bg", "ca", "zh_CN", "zh_HK", "zh_TW", "hr", "cs", "da", "prs_AF", "nl", "nl_BE"),
    *("en", "en_AE", "en_AU", "en_CA", "en_GB", "en_GH", "en_IE", "en_IN", "en_JM", "en_MY"),
    *("en_NZ", "en_QA", "en_SG", "en_UG", "en_US", "en_ZA", "et", "fil", "fi"),
    *("fr", "fr_BE", "fr_CA", "fr_CH", "fr_CI", "fr_MA", "ka", "de", "de_AT", "de_CH", "el"),
    *("gu", "ha", "he", "hi", "hu", "id", "ga", "it", "ja", "kn", "kk", "rw_RW", "ko", "ky_KG"),
    *("lo", "lv", "lt", "mk", "ms", "ml", "mr", "nb", "ps_AF", "fa", "pl", "pt_BR", "pt_PT"),
    *("pa", "ro", "ru", "sr", "si_LK", "sk", "sl"),
    *("es", "es_AR", "es_CL", "es_CO", "es_CR", "es_DO", "es_EC", "es_ES", "es_HN", "es_MX"),
    *("es_PA", "es_PE", "es_UY", "sw", "sv", "ta", "te", "th", "tr", "uk", "ur", "uz", "vi", "zu"),
)
"""Codes that Meta is known to take. It adds some, so an account's templates may have others."""

# Languages of which Meta has no plain code, and Odoo's names for some that have another at Meta.
_CODES = {
    "be": "be_BY",
    "ky": "ky_KG",
    "no": "nb",
    "nn": "nb",
    "prs": "prs_AF",
    "ps": "ps_AF",
    "pt": "pt_PT",
    "rw": "rw_RW",
    "si": "si_LK",
    "tl": "fil",
    "zh": "zh_CN",
}
# Where a language is read in two scripts, the nearest variant is not the first by alphabet.
_NEAREST = {"zh_HK": ("zh_TW",), "zh_TW": ("zh_HK",)}
_USUAL = {"en": "en_US", "es": "es_ES", "pt": "pt_BR", "zh": "zh_CN"}


@dataclass(frozen=True, slots=True)
class Choice:
    """A variant; ``why`` is ``exact``, ``base`` (another country), ``fallback`` or ``any``."""

    language: str
    why: str


def meta_language(odoo_code: str) -> str:
    """Return Meta's code for a language of Odoo's, such as ``ar`` for ``ar_001``.

    A language that Meta does not have keeps its code.
    """
    code = odoo_code.strip().partition("@")[0].replace("-", "_")
    if code in META_LANGUAGES:
        return code
    base = code.partition("_")[0]
    if base in META_LANGUAGES:
        return base
    return _CODES.get(base, code)


def odoo_language(meta_code: str, installed: Iterable[str]) -> str:
    """Return the language of Odoo's in which to word values of a template, '' when none fits.

    :param installed: codes of Odoo's active languages
    """
    codes = sorted(installed)
    code = meta_code.replace("-", "_")
    exact = [known for known in codes if known == code]
    same = [known for known in codes if meta_language(known) == code]
    related = [known for known in codes if _base(known) == _base(code)]
    return next(iter([*exact, *same, *related]), "")


def is_right_to_left(meta_code: str) -> bool:
    """Tell whether a template of this language is written from the right."""
    return _base(meta_code) in ("ar", "fa", "he", "prs", "ps", "ur")


def choose(variants: Iterable[str], customer: str, fallback: str = "") -> Choice | None:
    """Return which language variant of a template a customer gets, None when there is none.

    :param variants: Meta's codes of the variants that can be sent
    :param customer: language of the customer, Odoo's code or Meta's, '' when unknown
    :param fallback: language to take when the customer's is not there, of either kind
    """
    available = sorted(set(variants))
    if not available:
        return None
    for wanted, exact, related in ((customer, "exact", "base"), (fallback, "fallback", "fallback")):
        if not wanted:
            continue
        if found := _exact(available, wanted):
            return Choice(found, exact)
        if found := _related(available, wanted):
            return Choice(found, related)
    return Choice(_usual(available), "any")


def _exact(available: list[str], wanted: str) -> str:
    codes = (wanted.partition("@")[0].replace("-", "_"), meta_language(wanted))
    return next((code for code in codes if code in available), "")


def _related(available: list[str], wanted: str) -> str:
    code = meta_language(wanted)
    base = _base(code)
    preferred = (*_NEAREST.get(code, ()), base, _USUAL.get(base, ""))
    same = [known for known in available if _base(known) == base]
    return next((code for code in preferred if code in same), same[0] if same else "")


def _usual(available: list[str]) -> str:
    """Without any wish English is the best guess, in whatever spelling it is there."""
    return _related(available, "en") or available[0]


def _base(code: str) -> str:
    return meta_language(code).partition("_")[0]
