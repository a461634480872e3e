"""Events of the fields beyond `messages`, as read from the samples."""

from datetime import datetime, timezone

import pytest
from cloud_api import events
from cloud_api.contents import Edit, Media, Reaction, Revoke, Text, Unknown, Unsupported
from cloud_api.parse import parse_webhook

from tests.unit.conftest import SAMPLES
from tests.unit.sample_events import FIELDS

ANA = events.Identity(bsuid="US.13491208655302741918", wa_id="15550002222", profile_name="Ana")
LUCIA_BSUID = "ES.20000000000000000002"
SENT = datetime(2026, 9, 21, 14, 13, 20, tzinfo=timezone.utc)


@pytest.fixture
def read(sample):
    """Return the only event of a sample of a field."""

    def read_one(name):
        (event,) = parse_webhook(sample(f"field_{name}"))
        return event

    return read_one


# Calls


@pytest.mark.parametrize(
    ("name", "happened", "from_customer", "answered", "seconds"),
    [
        ("calls__rings", "connect", True, False, 0),
        ("calls__missed", "terminate", True, False, 0),
        ("calls__finished", "terminate", True, True, 120),
        ("calls__failed_with_errors", "terminate", True, False, 0),
        ("calls__of_business", "terminate", False, True, 60),
        ("calls__status_ringing", "ringing", False, False, 0),
        ("calls__status_accepted", "accepted", False, True, 0),
        ("calls__status_rejected", "rejected", False, False, 0),
    ],
)
def test_calls(read, name, happened, from_customer, answered, seconds):
    event = read(name)
    assert (event.happened, event.from_customer) == (happened, from_customer)
    assert (event.answered, event.seconds) == (answered, seconds)
    assert event.customer.wa_id == "15550002222"
    assert event.phone_number_uid == "2000000001"
    assert event.call_uid.startswith("wacid.") and event.occurred_at


def test_the_customer_of_a_call_and_what_went_wrong(read):
    assert read("calls__rings").customer == ANA
    assert read("calls__of_business").customer == ANA
    assert [notice.code for notice in read("calls__failed_with_errors").notices] == [138021]


# Echoes


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("smb_message_echoes__text", Text("typed on the phone")),
        ("smb_message_echoes__bsuid_only", Text("typed on the phone")),
        ("smb_message_echoes__edit", Edit("wamid.HBgLEcho", Text("corrected on the phone"))),
        ("smb_message_echoes__revoke", Revoke("wamid.HBgLEcho")),
        ("smb_message_echoes__reaction", Reaction("wamid.HBgLMessageTextPlain", "👍")),
        ("message_echoes__text", Text("sent by a partner")),
    ],
)
def test_echoes(read, name, content):
    event = read(name)
    assert event.content == content
    assert not event.standby
    assert event.sent_at == SENT
    by_bsuid = name.endswith("bsuid_only")
    expected = events.Identity(bsuid=LUCIA_BSUID) if by_bsuid else events.Identity(wa_id=ANA.wa_id)
    assert event.recipient == expected


def test_an_echoed_picture_has_its_file(read):
    content = read("smb_message_echoes__image").content
    assert isinstance(content, Media)
    assert (content.media_uid, content.caption) == ("1021", "Like this?")


# History and address book


def test_history_of_both_sides(read):
    theirs, ours = read("history__customer_text"), read("history__business_text")
    assert (theirs.from_business, ours.from_business) == (False, True)
    assert theirs.customer == ours.customer == events.Identity(wa_id="15550002222")
    assert (theirs.content, ours.content) == (Text("long ago"), Text("long ago, too"))
    assert (theirs.status, ours.status) == ("READ", "DELIVERED")
    assert (theirs.phase, theirs.chunk_order, theirs.progress) == (0, 1, 55)


def test_history_of_a_customer_without_number(read):
    event = read("history__bsuid_thread")
    assert event.customer == events.Identity(bsuid=LUCIA_BSUID, username="lucia.t")
    assert not event.from_business
    assert (event.phase, event.chunk_order, event.progress) == (1, 2, 70)


def test_files_of_the_history_follow_their_placeholders(read):
    first, later = read("history__media_placeholder"), read("history__media")
    assert first.wamid == later.wamid
    assert (first.type, first.content) == ("media_placeholder", Unsupported("media_placeholder"))
    assert (later.type, later.content.media_uid) == ("image", "1031")
    assert later.customer == ANA


def test_several_threads(sample):
    found = parse_webhook(sample("field_history__two_threads"))
    assert [event.from_business for event in found] == [False, True, False]
    assert [event.customer.wa_id for event in found] == ["15550002222"] * 2 + ["15550003333"]
    assert found[2].customer.bsuid == "US.55555555555555555555"
    assert found[2].path == "entry[0].changes[0].value.history[0].threads[1].messages[0]"


def test_a_declined_history(read):
    event = read("history__declined")
    assert event.notices[0].code == 2593109
    assert event.notices[0].details == "History sharing is turned off by the business"


def test_the_address_book(read):
    added, removed = read("smb_app_state_sync__added"), read("smb_app_state_sync__removed")
    assert (added.action, added.full_name, added.changed_at) == ("add", "Ana Gomez", SENT)
    assert (removed.action, removed.full_name) == ("remove", "")
    assert added.customer == removed.customer == events.Identity(wa_id="15550002222")
    assert read("smb_app_state_sync__bsuid_only").customer == events.Identity(
        bsuid=LUCIA_BSUID, username="lucia.t"
    )
    assert read("smb_app_state_sync__nobody").reason == "contact without a number or an id"


# Routing


def test_copies_of_what_others_answer(read):
    message, echo = read("standby__message"), read("standby__echo")
    assert message.standby and message.sender == ANA
    assert message.phone_number_uid == "2000000001"
    assert echo.standby and echo.recipient.wa_id == "15550002222"
    assert (echo.type, echo.content) == ("text", Text("answered by the assistant"))
    assert read("standby__status").status == "delivered"


def test_what_only_a_business_can_send(read):
    buttons, template = read("standby__echo_of_buttons"), read("standby__echo_of_template")
    assert buttons.content == Text("Shall I book it?\nAssistant")
    assert buttons.recipient == events.Identity(bsuid=LUCIA_BSUID)
    assert template.content == Unknown("template: order_update")


def test_handovers(read):
    passed, taken = read("messaging_handovers__passed"), read("messaging_handovers__taken")
    assert (passed.kind, taken.kind) == ("control_passed", "control_taken")
    assert (passed.previous_role, passed.new_role) == ("ai_agent", "customer_service")
    assert passed.customer == events.Identity(bsuid=ANA.bsuid, wa_id=ANA.wa_id)
    assert taken.customer == events.Identity(bsuid=LUCIA_BSUID)
    assert passed.phone_number_uid == taken.phone_number_uid == "2000000001"
    assert read("messaging_handovers__not_yet_known").reason == "handover of type 'control_lent'"


@pytest.mark.parametrize("value", ["stop", "resume", "signup"])
def test_preferences(read, value):
    event = read(f"user_preferences__{value}")
    assert (event.category, event.value) == ("marketing_messages", value)
    assert event.customer.profile_name in ("Ana", "Lucía")
    assert event.occurred_at == SENT


# Account, numbers, templates


@pytest.mark.parametrize(
    "name",
    sorted(
        path.stem.removeprefix("field_")
        for path in SAMPLES.glob("field_*.json")
        if FIELDS[path.stem.removeprefix("field_").partition("__")[0]] == "AccountEvent"
    ),
)
def test_news_of_accounts_are_kept_whole(read, sample_json, name):
    change = sample_json(f"field_{name}")["entry"][0]["changes"][0]
    event = read(name)
    assert event.value == change["value"]
    assert event.raw == change
    assert event.account_uid == "1000000001"


@pytest.mark.parametrize(
    ("name", "number", "uid"),
    [
        ("account_update__restriction", "15550001111", ""),
        ("account_update__disconnected", "", ""),
        ("account_alerts__picture_lost", "", "2000000001"),
        ("account_settings_update__calling", "", "2000000001"),
        ("phone_number_quality_update__flagged", "15550001111", ""),
        ("security__pin_reset_request", "15550001111", ""),
    ],
)
def test_the_number_that_news_are_about(read, name, number, uid):
    event = read(name)
    assert (event.display_phone_number, event.phone_number_uid) == (number, uid)
    assert event.occurred_at == datetime.fromtimestamp(1790000000, timezone.utc)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("group_lifecycle_update__created", "groups are not supported"),
        ("flows__status_change", "flows are looked after in WhatsApp Manager"),
        ("partner_solutions__created", "news for solution partners of Meta"),
        ("tracking_events__sent", "clicks on marketing messages are not used"),
    ],
)
def test_fields_without_effect_say_why(read, sample_json, name, reason):
    event = read(name)
    assert event.reason == reason
    assert event.raw == sample_json(f"field_{name}")["entry"][0]["changes"][0]
