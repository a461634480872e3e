# ruff: noqa: I001 - parts of a model come before the model that is made of them
from . import (
    wa_conversation_discuss,
    wa_conversation_lifecycle,
    wa_conversation_traffic,
    wa_inbound_status,
    wa_message_outbox,
    wa_sending_stop,
)
from . import (
    discuss_channel,
    discuss_channel_member,
    ir_websocket,
    mail_message,
    res_partner,
    res_users,
    wa_account,
    wa_channel,
    wa_contact,
    wa_conversation,
    wa_inbound,
    wa_media,
    wa_message,
    wa_tag,
    wa_team,
    wa_webhook_event,
)
