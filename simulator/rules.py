"""The script of failures: what must go wrong next, for whom and how often."""

from dataclasses import dataclass, field

from .checks import ControlError, number_of, require_keys, switch_of, text_of

ERROR_KEYS = ("http_status", "code", "subcode", "message", "details")
ASYNC_KEYS = ("code", "title", "details")
CALL_EFFECTS = frozenset({"delay_s", "error", "reset_before_accept", "http_500"})
FLOW_EFFECTS = frozenset({"delay_s", "duplicate", "reorder", "hold"})
EFFECTS = {
    "messages": CALL_EFFECTS
    | {"accept_then_drop", "status_before_response", "async_failed", "no_statuses"},
    "graph": CALL_EFFECTS,
    "media_upload": CALL_EFFECTS,
    "media_info": CALL_EFFECTS,
    "media_download": CALL_EFFECTS,
    "status": FLOW_EFFECTS | {"async_failed", "no_statuses"},
    "webhook": FLOW_EFFECTS,
}
RULE_KEYS = ("on", "phone_number_uid", "phone", "contains", "times", "then")


@dataclass
class Then:
    """What a rule does; every part is off unless asked for.

    ``duplicate`` counts the further identical POSTs.
    """

    delay_s: float = 0.0
    error: dict | None = None
    accept_then_drop: bool = False
    reset_before_accept: bool = False
    status_before_response: bool = False
    async_failed: dict | None = None
    no_statuses: bool = False
    duplicate: int = 0
    reorder: bool = False
    hold: bool = False
    http_500: bool = False


NOTHING = Then()


@dataclass
class Rule:
    """One line of the script. ``times`` None means for ever."""

    uid: str
    on: str
    then: Then
    phone_number_uid: str = ""
    phone: str = ""
    contains: str = ""
    times: int | None = 1
    hits: int = field(default=0)

    def matches(self, on: str, number_uid: str, phone: str, text: str) -> bool:
        return (
            self.on == on
            and (self.times is None or self.hits < self.times)
            and self.phone_number_uid in ("", number_uid)
            and self.phone in ("", phone)
            and self.contains in text
        )


class Script:
    """All rules in the order in which they were given; the first match wins."""

    def __init__(self):
        self.rules: list[Rule] = []

    def take(self, on: str, number_uid: str = "", phone: str = "", text: str = "") -> Then:
        """Return what to do now and count it as used; ``NOTHING`` when no rule matches."""
        for rule in self.rules:
            if rule.matches(on, number_uid, phone, text):
                rule.hits += 1
                return rule.then
        return NOTHING

    def add(self, given: dict, uid: str) -> Rule:
        """Add the rule that ``given`` describes.

        :raises ControlError: in plain words
        """
        require_keys(given, RULE_KEYS, "rule key")
        on = text_of(given, "on", required=True)
        if on not in EFFECTS:
            raise ControlError(f"on must be one of {', '.join(EFFECTS)}, not {on!r}.")
        rule = Rule(
            uid=uid,
            on=on,
            then=_then(on, given.get("then")),
            phone_number_uid=text_of(given, "phone_number_uid"),
            phone=text_of(given, "phone").lstrip("+"),
            contains=text_of(given, "contains"),
            times=_times(given),
        )
        self.rules.append(rule)
        return rule

    def clear(self) -> None:
        self.rules.clear()


def _times(given: dict) -> int | None:
    times = given.get("times", 1)
    if times is None:
        return None
    if isinstance(times, bool) or not isinstance(times, int) or times < 1:
        raise ControlError(f"times must be a whole number from 1, or null, not {times!r}.")
    return times


def _then(on: str, given) -> Then:
    if not isinstance(given, dict) or not given:
        raise ControlError("then must be an object that says what happens.")
    require_keys(given, EFFECTS[on], f"effect on {on}")
    then = Then()
    for key, value in given.items():
        setattr(then, key, _effect(key, value, given))
    return then


def _effect(key: str, value, given: dict):
    if key == "delay_s":
        return number_of(given, key)
    if key == "duplicate":
        return int(number_of(given, key))
    if key == "error":
        return _error(value, ERROR_KEYS, key)
    if key == "async_failed":
        return _error(value, ASYNC_KEYS, key)
    return switch_of(given, key, False)


def _error(value, keys: tuple, name: str) -> dict:
    if not isinstance(value, dict) or not isinstance(value.get("code"), int):
        raise ControlError(f"{name} must be an object with a numeric code.")
    require_keys(value, keys, f"key of {name}")
    return value
