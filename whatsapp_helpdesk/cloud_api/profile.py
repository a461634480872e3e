"""What customers see of a business in WhatsApp, with Meta's limits.

Source: Meta Cloud API: business profiles. Opening hours are not among its fields.
"""

from dataclasses import dataclass
from typing import Any

from . import limits
from .errors import InvalidRequest
from .lenient import text
from .text import clean

ABOUT = 139
ADDRESS = 256
DESCRIPTION = 512
EMAIL = 128
WEBSITE = 256
WEBSITES = 2
PICTURE_BYTES = 5 * limits.MEGABYTE
PICTURE_TYPES = ("image/jpeg", "image/png")

PROFILE_FIELDS = (
    "about",
    "address",
    "description",
    "email",
    "profile_picture_url",
    "websites",
    "vertical",
)
VERTICALS = (
    "OTHER",
    "AUTO",
    "BEAUTY",
    "APPAREL",
    "EDU",
    "ENTERTAIN",
    "EVENT_PLAN",
    "FINANCE",
    "GROCERY",
    "GOVT",
    "HOTEL",
    "HEALTH",
    "NONPROFIT",
    "PROF_SERVICES",
    "RETAIL",
    "TRAVEL",
    "RESTAURANT",
    "ALCOHOL",
    "ONLINE_GAMBLING",
    "PHYSICAL_GAMBLING",
    "OTC_DRUGS",
)


@dataclass(frozen=True, slots=True)
class BusinessProfile:
    """The profile of a number; `picture_url` is Meta's and cannot be written."""

    about: str = ""
    address: str = ""
    description: str = ""
    email: str = ""
    websites: tuple[str, ...] = ()
    vertical: str = ""
    picture_url: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the body that changes the profile.

        Meta refuses an empty "about" and an unknown kind of business, so those are left out.

        :raise InvalidRequest: names the limit that was broken
        """
        self._check()
        payload: dict[str, Any] = {
            "address": clean(self.address).strip(),
            "description": clean(self.description).strip(),
            "email": clean(self.email).strip(),
            "websites": [clean(website).strip() for website in self.websites],
        }
        if about := clean(self.about).strip():
            payload["about"] = about
        if self.vertical:
            payload["vertical"] = self.vertical
        return payload

    def _check(self) -> None:
        for value, name, maximum in (
            (self.about, "ABOUT", ABOUT),
            (self.address, "ADDRESS", ADDRESS),
            (self.description, "DESCRIPTION", DESCRIPTION),
            (self.email, "EMAIL", EMAIL),
            *((website, "WEBSITE", WEBSITE) for website in self.websites),
        ):
            limits.check_text(value, name, maximum)
        if len(self.websites) > WEBSITES:
            raise InvalidRequest(
                f"WhatsApp shows {WEBSITES} websites at most.",
                limit="WEBSITES",
                maximum=WEBSITES,
                actual=len(self.websites),
            )
        if self.vertical and self.vertical not in VERTICALS:
            raise InvalidRequest("WhatsApp has no such kind of business.", limit="VERTICALS")


def business_profile(data: dict[str, Any]) -> BusinessProfile:
    """Read Graph's answer."""
    websites = data.get("websites")
    return BusinessProfile(
        about=text(data.get("about")),
        address=text(data.get("address")),
        description=text(data.get("description")),
        email=text(data.get("email")),
        websites=tuple(filter(None, map(text, websites if isinstance(websites, list) else []))),
        vertical=text(data.get("vertical")),
        picture_url=text(data.get("profile_picture_url")),
    )


def check_picture(content: bytes, mime_type: str) -> None:
    """Raise `InvalidRequest` when WhatsApp would refuse the picture."""
    if mime_type not in PICTURE_TYPES:
        raise InvalidRequest(
            "A profile picture must be a JPEG or PNG image.", limit="PICTURE_TYPES"
        )
    if not 0 < len(content) <= PICTURE_BYTES:
        raise InvalidRequest(
            f"The picture has {len(content)} bytes, WhatsApp takes {PICTURE_BYTES}.",
            limit="PICTURE_BYTES",
            maximum=PICTURE_BYTES,
            actual=len(content),
        )
