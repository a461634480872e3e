"""Positions in links and texts."""

import pytest
from cloud_api.coordinates import read_position

CAIRO = (30.0444, 31.2357)


@pytest.mark.parametrize(
    "text",
    [
        "30.0444, 31.2357",
        " 30.0444 31.2357 ",
        "30.0444\u060c 31.2357",
        "\u0663\u0660.\u0660\u0664\u0664\u0664, \u0663\u0661.\u0662\u0663\u0665\u0667",
        "geo:30.0444,31.2357?z=17",
        "https://maps.google.com/?q=30.0444,31.2357",
        "https://www.google.com/maps/search/?api=1&query=30.0444%2C31.2357",
        "https://www.google.com/maps/@30.0444,31.2357,17z",
        "https://www.google.com/maps/place/X/@30.1,31.3,17z/data=!3m1!3d30.0444!4d31.2357",
        "https://www.openstreetmap.org/#map=17/30.0444/31.2357",
        "https://www.openstreetmap.org/?mlat=30.0444&mlon=31.2357#map=5/1/2",
    ],
)
def test_positions_are_found(text):
    assert read_position(text) == CAIRO


def test_south_and_west():
    assert read_position("-33.4, -70.6") == (-33.4, -70.6)


@pytest.mark.parametrize(
    "text", ["", "Cairo", "12 Nile Street 5", "91, 0", "0, 181", "1234, 5", "30.0444"]
)
def test_what_is_no_position(text):
    assert read_position(text) is None
