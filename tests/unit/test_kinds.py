"""Content of every kind of message, as read from the samples."""

from decimal import Decimal

import pytest
from cloud_api.contents import (
    CallPermission,
    CardPhone,
    ContactCard,
    Contacts,
    Edit,
    Form,
    Location,
    Media,
    Order,
    OrderItem,
    Reaction,
    Reply,
    Revoke,
    System,
    Text,
    Unknown,
    Unsupported,
)
from cloud_api.parse import parse_webhook

SHA = "n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg="
OPUS = "audio/ogg; codecs=opus"

BOB_PHONES = (CardPhone("+1 555 000 4444", "15550004444", "CELL"),)
BOB = ContactCard(
    "Bob Ray",
    (*BOB_PHONES, CardPhone("+1 555 000 4445", "", "WORK")),
    emails=("bob@example.com",),
    organisation="Rays",
    title="Owner",
    urls=("https://rays.example.com",),
    addresses=("Main St 1, 62701, Springfield, IL, USA",),
    birthday="2012-08-18",
)

CONTENTS = {
    "message_audio__voice_without_address": Media("audio", "1011", OPUS, SHA, voice=True),
    "message_video__without_caption": Media("video", "1012", "video/mp4", SHA),
    "message_video__download_error": Media("video"),
    "message_document__without_filename": Media(
        "document", "1013", "application/pdf", SHA, caption="The contract"
    ),
    "message_document__photo_sent_as_file": Media(
        "document", "1014", "image/jpeg", SHA, filename="IMG_2026.jpg"
    ),
    "message_location__place": Location(
        40.4168, -3.7038, "Puerta del Sol", "Madrid", "https://example.com/sol"
    ),
    "message_location__position": Location(40.4168, -3.7038),
    "message_location__degrees_as_text": Location(31.9539, 35.9106, "عمّان"),
    "message_location__not_on_earth": Unknown("location that is not on Earth"),
    "message_contacts__card": Contacts(
        (
            ContactCard(
                "Bob Ray",
                BOB_PHONES,
                emails=("bob@example.com",),
                organisation="Rays",
                birthday="2012-08-18",
            ),
        )
    ),
    "message_contacts__several": Contacts(
        (
            BOB,
            ContactCard("نورا حداد", (CardPhone("+962 7 9000 0001", "962790000001"),)),
            ContactCard("", organisation="Shop without a name"),
        )
    ),
    "message_contacts__requested_number": Contacts(
        (ContactCard("Lucía", (CardPhone("+34 600 000 001", "34600000001"),)),), requested=True
    ),
    "message_contacts__requested_number_at_message": Contacts(
        (ContactCard("Lucía", (CardPhone("+34 600 000 001"),)),), requested=True
    ),
    "message_button__without_payload": Reply("template", "", "Stop promotions"),
    "message_interactive__button_reply": Reply("button", "yes", "Yes"),
    "message_interactive__list_reply": Reply("list", "row-1", "Repair", "Book a repair"),
    "message_interactive__flow_reply": Form("flow", (("x", "1"),)),
    "message_interactive__flow_reply_nested": Form(
        "flow",
        (
            ("First name", "Ana"),
            ("address.street", "Main St 1"),
            ("address.city", "Springfield"),
            ("days", "Mon, Wed"),
            ("children.1.age", "3"),
            ("children.2.age", "5"),
            ("newsletter", "true"),
        ),
    ),
    "message_interactive__flow_reply_no_json": Form("flow", (("", "Main St 1, Springfield"),)),
    "message_interactive__flow_reply_object": Form("flow", (("size", "42"),)),
    "message_interactive__address_reply": Form(
        "address_message",
        (
            ("saved_address_id", "address1"),
            ("values.in_pin_code", "400063"),
            ("values.building_name", "Lotus Villa"),
            ("values.city", "Mumbai"),
        ),
    ),
    "message_interactive__call_permission_reply": CallPermission(accepted=True),
    "message_interactive__call_permission_rejected": CallPermission(accepted=False),
    "message_interactive__product": Unknown("interactive: product"),
    "message_order__odd_lines": Order(
        "3001",
        "As soon as possible, please",
        (
            OrderItem("SKU-1", Decimal(2), Decimal("9.90"), "EUR"),
            OrderItem("", Decimal(1), Decimal(5), "EUR"),
            OrderItem("77", Decimal(0), Decimal(0), "USD"),
        ),
    ),
    "message_reaction__added": Reaction("wamid.HBgLOurAnswer", "👍"),
    "message_reaction__removed": Reaction("wamid.HBgLOurAnswer"),
    "message_reaction__removed_with_empty_emoji": Reaction("wamid.HBgLOurAnswer"),
    "message_edit__text": Edit("wamid.HBgLTheirFirst", Text("new words")),
    "message_edit__caption": Edit("wamid.HBgLTheirPicture", Media("image", caption="new caption")),
    "message_revoke__plain": Revoke("wamid.HBgLTheirFirst"),
    "message_system__user_changed_number": System(
        "number",
        "Ana changed from 15550002222 to 15550009999",
        new_wa_id="15550009999",
        new_bsuid="US.99999999999999999999",
        previous_bsuid="US.13491208655302741918",
    ),
    "message_system__user_changed_user_id": System(
        "user_id",
        "User changed",
        new_bsuid="ES.20000000000000000009",
        previous_bsuid="ES.20000000000000000002",
    ),
    "message_system__customer_changed_number": System(
        "number", "Ana changed from 15550002222 to 15550009999", new_wa_id="15550009999"
    ),
    "message_system__customer_changed_number_oldest": System(
        "number", "Ana changed from 15550002222 to 15550009999", new_wa_id="15550009999"
    ),
    "message_system__customer_identity_changed": System("identity", "Ana's security code changed"),
    "message_system__not_yet_known": System("other", "Ana moved to Mars"),
    "message_unsupported__poll": Unsupported(
        "poll_creation", 131051, "Message type is currently not supported."
    ),
    "message_unsupported__edit": Unsupported(
        "edit", 131051, "Message type is currently not supported."
    ),
    "message_unsupported__without_object": Unsupported(
        "", 131051, "Message type is currently not supported."
    ),
    "message_unsupported__without_errors": Unsupported("poll_creation"),
    "message_unsupported__body_unavailable": Unsupported(
        "", 131060, "The message is not available on this device."
    ),
    "message_unsupported__in_group": Unsupported(
        "", 130501, "Unsupported message type in a group."
    ),
    "message_errors__type_without_content": Unsupported(
        "", 131051, "Message type is currently not supported."
    ),
    "message_unknown__of_older_versions": Unsupported(
        "unknown", 501, "Message type is not currently supported"
    ),
    "message_request_welcome__withdrawn": Unknown("request_welcome"),
}


@pytest.mark.parametrize(("name", "content"), CONTENTS.items())
def test_content_of_a_sample(sample, name, content):
    (event,) = parse_webhook(sample(name))
    assert event.content == content


def test_a_vcard_says_the_same_as_the_object(sample):
    (event,) = parse_webhook(sample("message_contacts__vcard_only"))
    (card,) = event.content.cards
    assert card.name == BOB.name
    assert card.phones == BOB.phones
    assert (card.emails, card.title, card.urls) == (BOB.emails, BOB.title, BOB.urls)
    assert card.addresses == ("Main St 1, Springfield, IL, 62701, USA",)
    assert card.organisation == "Rays Repair"
    assert card.birthday == BOB.birthday


@pytest.mark.parametrize(
    ("name", "wa_id", "bsuid"),
    [
        ("message_system__user_changed_user_id", "", "ES.20000000000000000002"),
        ("message_system__customer_changed_number_oldest", "15550002222", ""),
        ("message_system__customer_changed_number", "15550002222", "US.13491208655302741918"),
    ],
)
def test_news_of_a_changed_user_belongs_to_the_user_that_was(sample, name, wa_id, bsuid):
    (event,) = parse_webhook(sample(name))
    assert (event.sender.wa_id, event.sender.bsuid) == (wa_id, bsuid)


def test_the_ad_that_a_customer_came_from(sample):
    (picture,) = parse_webhook(sample("message_text__ad_referral"))
    (video,) = parse_webhook(sample("message_text__video_ad_referral"))
    (plain,) = parse_webhook(sample("message_text__plain"))
    assert picture.referral.source_url == "https://fb.me/abc"
    assert picture.referral.source_uid == "120000000000000001"
    assert (picture.referral.headline, picture.referral.ctwa_clid) == ("Bikes", "ARAk")
    assert video.referral.image_url == "https://scontent.example.fbsbx.com/t.jpg"
    assert (video.referral.media_type, video.referral.ctwa_clid) == ("video", "")
    assert plain.referral is None


def test_empty_strings_are_as_absent(sample):
    (event,) = parse_webhook(sample("message_text__empty_strings"))
    assert event.sender.bsuid == "ES.20000000000000000002"
    assert (event.sender.wa_id, event.group_uid, event.context.wamid) == ("", "", "")


def test_a_linked_portfolio_has_an_id_of_its_own(sample):
    (event,) = parse_webhook(sample("message_text__linked_portfolio"))
    assert event.sender.parent_bsuid == "US.ENT.77"
