# ruff: noqa: I001 - parts of a model come before the model that is made of them
from . import (
    wa_connect_steps,
    wa_conversation_wizard,
    wa_new_document,
    wa_template_compose_filling,
)
from . import (
    base_partner_merge,
    wa_business_profile,
    wa_check_access,
    wa_connect,
    wa_connect_number,
    wa_contact_merge,
    wa_conversation_choose_partner,
    wa_conversation_interactive,
    wa_conversation_invite,
    wa_conversation_link_document,
    wa_conversation_override_reply,
    wa_conversation_send_contact,
    wa_conversation_send_document,
    wa_conversation_send_location,
    wa_conversation_snooze,
    wa_conversation_transfer,
    wa_new_quotation,
    wa_new_ticket,
    wa_template_compose,
    wa_template_start,
)
