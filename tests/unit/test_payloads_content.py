"""Bodies of messages with places and contact cards."""

import pytest
from cloud_api.contents import CardPhone, ContactCard, Location
from cloud_api.errors import InvalidRequest
from cloud_api.payloads import Recipient
from cloud_api.payloads_content import contacts_message, location_message

ANA = Recipient(phone="+15550002222")
HIDDEN = Recipient(bsuid="ES.20000000000000000002")


def test_a_place_with_everything():
    place = Location(30.0444196, -31.2, "Showroom", "12 Nile St, Cairo", url="https://ex.com")
    assert location_message(ANA, place, reply_to="wamid.1", callback_data="db:1") == {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": "+15550002222",
        "type": "location",
        "location": {
            "latitude": "30.0444196",
            "longitude": "-31.2",
            "name": "Showroom",
            "address": "12 Nile St, Cairo",
        },
        "context": {"message_id": "wamid.1"},
        "biz_opaque_callback_data": "db:1",
    }


def test_a_bare_position():
    payload = location_message(HIDDEN, Location(0.0, 180.0))
    assert payload["location"] == {"latitude": "0", "longitude": "180"}
    assert payload["recipient"] == HIDDEN.bsuid


def test_an_address_without_a_name_is_shown_as_name():
    payload = location_message(ANA, Location(1, 2, address="12 Nile St"))
    assert payload["location"]["name"] == "12 Nile St"
    assert "address" not in payload["location"]


@pytest.mark.parametrize(
    ("latitude", "longitude"), [(90.01, 0), (0, -181), (float("nan"), 0), (0, float("inf"))]
)
def test_what_is_not_on_earth(latitude, longitude):
    with pytest.raises(InvalidRequest) as caught:
        location_message(ANA, Location(latitude, longitude))
    assert caught.value.limit == "location"


def test_a_card_with_everything():
    card = ContactCard(
        name="Mona el Sayed",
        phones=(CardPhone("+20 100 555 0001", "201005550001", "WORK"), CardPhone("+4930123")),
        emails=("mona@example.com",),
        organisation="Ideal Wood",
        title="Sales",
        urls=("https://ex.com",),
        addresses=("12 Nile St, Cairo, Egypt",),
        birthday="1990-04-01",
    )
    payload = contacts_message(ANA, (card,), reply_to="wamid.1")
    assert payload["type"] == "contacts"
    assert payload["context"] == {"message_id": "wamid.1"}
    assert payload["contacts"] == [
        {
            "name": {
                "formatted_name": "Mona el Sayed",
                "first_name": "Mona",
                "last_name": "el Sayed",
            },
            "phones": [
                {"phone": "+20 100 555 0001", "type": "WORK", "wa_id": "201005550001"},
                {"phone": "+4930123", "type": "CELL"},
            ],
            "emails": [{"email": "mona@example.com", "type": "WORK"}],
            "org": {"company": "Ideal Wood", "title": "Sales"},
            "urls": [{"url": "https://ex.com", "type": "WORK"}],
            "addresses": [{"street": "12 Nile St, Cairo, Egypt", "type": "WORK"}],
            "birthday": "1990-04-01",
        }
    ]


def test_a_bare_card_still_has_two_parts_of_the_name():
    payload = contacts_message(HIDDEN, (ContactCard("منى"), ContactCard("B C")))
    first, second = payload["contacts"]
    assert first == {"name": {"formatted_name": "منى", "first_name": "منى"}}
    assert second["name"]["last_name"] == "C"
    assert payload["recipient"] == HIDDEN.bsuid


@pytest.mark.parametrize(
    ("cards", "limit"),
    [
        ((), "cards"),
        ((ContactCard("A"),) * 258, "CONTACT_CARDS"),
        ((ContactCard(" "),), "name"),
    ],
)
def test_cards_that_cannot_be_sent(cards, limit):
    with pytest.raises(InvalidRequest) as caught:
        contacts_message(ANA, cards)
    assert caught.value.limit == limit


def test_as_many_cards_as_allowed():
    assert len(contacts_message(ANA, (ContactCard("A"),) * 257)["contacts"]) == 257
