"""What the sample files are read as, where their names do not say it."""

EVENTS = {
    "field_account_update__disable_scheduled": "AccountEvent",
    "field_calls__rings": "CallUpdate",
    "field_history__customer_text": "HistoricMessage",
    "field_message_template_status_update__approved": "AccountEvent",
    "field_smb_message_echoes__text": "EchoedMessage",
    "field_standby__message": "InboundMessage",
    "field_user_preferences__stop": "Preference",
    "message_text__without_id": "UnhandledEvent",
    "status_payment__captured": "UnhandledEvent",
}

SEVERAL = {
    "batch__mixed": [
        "InboundMessage",
        "InboundMessage",
        "StatusUpdate",
        "StatusUpdate",
        "ErrorReport",
        "InboundMessage",
        "AccountEvent",
    ],
    "batch__one_poison_in_ten": [
        *["InboundMessage"] * 4,
        "UnhandledEvent",
        *["InboundMessage"] * 5,
    ],
    "batch__statuses_out_of_order": ["StatusUpdate"] * 3,
    "batch__two_senders": ["InboundMessage"] * 2,
}

# By kind, or by the whole name where one sample differs from its kind.
CONTENTS = {
    "audio": "Media",
    "button": "Reply",
    "contacts": "Contacts",
    "document": "Media",
    "edit": "Edit",
    "image": "Media",
    "interactive": "Reply",
    "location": "Location",
    "message_interactive__call_permission_reply": "CallPermission",
    "message_interactive__flow_reply": "Form",
    "new_kind": "Unknown",
    "order": "Order",
    "reaction": "Reaction",
    "revoke": "Revoke",
    "sticker": "Media",
    "system": "System",
    "text": "Text",
    "unsupported": "Unsupported",
    "video": "Media",
}
