"""Where in a webhook's body the reader is, and what that says about every event found there."""

from typing import Any, NamedTuple

from .events import UnhandledEvent
from .lenient import mapping, uid, wa_id


class Place(NamedTuple):
    """A position in the body with the routing that holds there.

    :param business_number: digits of the number concerned, '' when the webhook names none
    :param entry_time: ``entry[].time`` as it came
    """

    path: str = ""
    account_uid: str = ""
    field: str = ""
    phone_number_uid: str = ""
    business_number: str = ""
    entry_time: Any = None

    def below(self, path: str) -> "Place":
        """Return the place of the member ``path``."""
        return self._replace(path=f"{self.path}.{path}")

    def at(self, index: int) -> "Place":
        """Return the place of an item of the list that stands here."""
        return self._replace(path=f"{self.path}[{index}]")

    def of_field(self, field: str, value: Any) -> "Place":
        """Return this place with what the value of a field says about routing."""
        metadata = mapping(mapping(value).get("metadata"))
        return self._replace(
            field=field,
            phone_number_uid=uid(metadata.get("phone_number_id")),
            business_number=wa_id(metadata.get("display_phone_number")),
        )

    def unhandled(self, reason: str, raw: Any) -> UnhandledEvent:
        """Return the event of something that has no effect here, with the reason in plain words."""
        return UnhandledEvent(reason=reason, **self.common(raw))

    def common(self, raw: Any) -> dict[str, Any]:
        """Return what every event found here has in common."""
        return {
            "path": self.path,
            "account_uid": self.account_uid,
            "field": self.field,
            "phone_number_uid": self.phone_number_uid,
            "raw": raw,
        }
