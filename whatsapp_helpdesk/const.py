"""Names and sizes that several rooms of the addon share."""

WEBHOOK_ROUTE = "/whatsapp_helpdesk/webhook"
"""Followed by ``/<webhook_key>``; GET is Meta's handshake, POST its events."""

CHANNEL_TYPE = "wa_conversation"
"""``discuss.channel.channel_type`` of a conversation's chat."""

MESSAGE_TYPE = "whatsapp_message"
"""``mail.message.message_type`` of what went over WhatsApp. Core treats it as immutable."""

INBOX_REQUEST = "whatsapp_helpdesk.inbox"
"""Name of the data request by which Discuss loads an agent's inbox."""

INBOX_LIMIT = 50
"""Conversations that the sidebar loads; each costs about 2 ms and 2 KiB on the server."""

EVENT_BATCH = 100
"""Journal rows of one drain transaction: large enough to share the cost of a commit (6 ms for
the bus alone), small enough to keep the first message's delay well below a second."""

EVENT_BATCH_BYTES = 4 * 1024 * 1024
"""Bytes of one drain transaction, unless one row has more: a history comes in many rows of 3 MB."""

HISTORY_BATCH = 500
"""Messages of a phone's history that are written together; one webhook may bring thousands."""

HISTORY_QUIET_MINUTES = 10
"""A history of which nothing came for so long is shown, although Meta never said that it ended."""

HISTORIES_PER_RUN = 20
"""Histories shown in one transaction."""

MEDIA_BATCH = 8
"""Downloads at once."""

SEND_THREADS = 64
"""Calls to Meta in flight at once: 80 messages/s at 200 ms, and the time to store answers."""

LEASE_SECONDS = 120
"""How long a claimed row belongs to its worker; longer than any HTTP timeout of the client."""

UNCONFIRMED_HOLD_SECONDS = 60
"""How long later messages of a conversation wait for the fate of a doubtful one."""

STATUS_PATIENCE_SECONDS = 24 * 3600
"""How long a status of a message that we do not know waits in the journal."""

RESPONDER_ROLES = [
    ("customer_service", "Customer Service"),
    ("marketing", "Marketing"),
    ("utility", "Notifications"),
    ("ctwa", "Ads That Click to WhatsApp"),
    ("ai_agent", "AI Agent"),
    ("escalation", "Escalation"),
]
"""Roles of those who may share a number, in Meta's conversation routing."""

WORK_AFTER_COMMIT = "whatsapp_helpdesk.work_after_commit"
"""System parameter; "0" leaves all background work to the scheduled actions."""

DRAIN_LOCK, SEND_LOCK, MEDIA_LOCK = 1_463_895_041, 1_463_895_042, 1_463_895_043
TEMPLATE_LOCK, ANSWER_LOCK = 1_463_895_044, 1_463_895_045
"""Keys of the PostgreSQL advisory locks that keep each kind of work to one worker at a time."""

SILENCE_HOURS, SILENCE_MESSAGES = 3, 5
"""A number is silent if nothing came for so many hours, although in the same hours one week and
two weeks ago at least so many messages came each time. Same weekday and time: nights are fine."""

UNASSIGNED = "unassigned"
"""Bus subchannel of a team for those who see only own and unassigned conversations."""
