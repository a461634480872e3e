"""What `POST /sim/settings` may change, with plain words for what it may not."""

from dataclasses import asdict, dataclass, field

from .checks import ControlError, require_keys


@dataclass
class StatusDelays:
    """Seconds after acceptance until ``sent``, and after ``sent`` until ``delivered``."""

    sent: float = 0.1
    delivered: float = 0.3


@dataclass
class Settings:
    """How the simulated WhatsApp behaves when no rule says otherwise."""

    latency_s: float = 0.0
    status_delays: StatusDelays = field(default_factory=StatusDelays)
    auto_read: bool = False
    pricing_on: str = "sent"
    window_mode: str = "sync"
    batch_webhooks: int = 1
    ordered_webhooks: bool = True
    webhook_media_url: bool = True
    rate_limits: bool = False
    free_service_messages: int = 1000
    template_review: str = "approve"
    template_review_delay_s: float = 2.0
    template_limit: int = 250
    template_hyphens: bool = False
    marketing_per_day: int = 0

    def as_json(self) -> dict:
        return asdict(self)

    def update(self, changes: dict) -> None:
        """Apply ``changes`` completely or not at all.

        :raises ControlError: for an unknown name or a value of the wrong kind
        """
        require_keys(changes, CHECKS, "setting")
        checked = {name: CHECKS[name](name, value) for name, value in changes.items()}
        delays = checked.pop("status_delays", {})
        for name, value in checked.items():
            setattr(self, name, value)
        for name, value in delays.items():
            setattr(self.status_delays, name, value)


def _seconds(name: str, value) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
        raise ControlError(f"{name} must be a number of seconds, 0 or more, not {value!r}.")
    return float(value)


def _switch(name: str, value) -> bool:
    if not isinstance(value, bool):
        raise ControlError(f"{name} must be true or false, not {value!r}.")
    return value


def _count(name: str, value) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ControlError(f"{name} must be a whole number, 0 or more, not {value!r}.")
    return value


def _batch(name: str, value) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 1000:
        raise ControlError(f"{name} must be a whole number from 1 to 1000, not {value!r}.")
    return value


def _one_of(*words: str):
    def check(name: str, value) -> str:
        if value not in words:
            raise ControlError(f"{name} must be one of {', '.join(words)}, not {value!r}.")
        return value

    return check


def _delays(name: str, value) -> dict:
    if not isinstance(value, dict):
        raise ControlError(f"{name} must be an object with sent and delivered.")
    require_keys(value, ("sent", "delivered"), "status delay")
    return {key: _seconds(f"{name}.{key}", seconds) for key, seconds in value.items()}


CHECKS = {
    "latency_s": _seconds,
    "status_delays": _delays,
    "auto_read": _switch,
    "pricing_on": _one_of("sent", "delivered"),
    "window_mode": _one_of("sync", "async", "off"),
    "batch_webhooks": _batch,
    "ordered_webhooks": _switch,
    "webhook_media_url": _switch,
    "rate_limits": _switch,
    "free_service_messages": _count,
    "template_review": _one_of("approve", "judge", "manual"),
    "template_review_delay_s": _seconds,
    "template_limit": _count,
    "template_hyphens": _switch,
    "marketing_per_day": _count,
}
