"""Meta's limits for templates, by name; lengths in UTF-16 units, see `cloud_api.limits`.

Source: Meta Cloud API: template components.
"""

from .model import Card, Template

NAME = 512
HEADER = 60
BODY = 1024
OFFER_BODY = 600
CARD_BODY = 160
FOOTER = 60
OFFER_TEXT = 16
SAMPLE = 1024
VARIABLE_NAME = 64  # ours: Meta states none, and names are keys here

BUTTONS = 10
URL_BUTTONS = 2
PHONE_BUTTONS = 1
CODE_BUTTONS = 1
FLOW_BUTTONS = 1
BUTTON_TEXT = 25
URL = 2000
PHONE_NUMBER = 20
COPY_CODE = 20

CARDS = 10
FEWEST_CARDS = 2
CARD_BUTTONS = 2

ONE_TIME_CODE = 15
PAYLOAD = 128  # Meta states none for templates; older versions of the API took so many

MARKETING_EMOJI = 10
BLANK_LINES = 2  # line ends in a row

TEMPLATES = 250
TEMPLATES_OF_VERIFIED = 6000
CREATIONS_PER_HOUR = 100

TTL_SECONDS = {
    "authentication": (30, 900),
    "utility": (30, 43_200),
    "marketing": (43_200, 2_592_000),
}


def body_maximum(part: Template | Card) -> int:
    """Return how long the body may be, variables filled in."""
    if isinstance(part, Card):
        return CARD_BODY
    return OFFER_BODY if part.offer else BODY
