import uuid

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..access import REPLY
from ..cloud_api import formatting, preview, status
from ..work import background, send

_STATES = [
    ("received", "Received"),
    ("queued", "Queued"),
    ("sending", "Sending"),
    ("unconfirmed", "May Not Have Been Sent"),
    ("sent", "Sent"),
    ("delivered", "Delivered"),
    ("read", "Read"),
    ("played", "Played"),
    ("failed", "Failed"),
    ("cancelled", "Cancelled"),
]
_PREVIEW_LENGTH = 120
_FILE_ERRORS = (131052, 131053)


class WaMessage(models.Model):
    """One message as WhatsApp counts them; an Odoo message with two pictures is two of these."""

    _name = "wa.message"
    _inherit = [
        "wa.message.outbox",
        "wa.message.amendment",
        "wa.message.answering",
        "wa.message.content",
        "wa.message.error",
        "wa.message.history",
        "wa.message.ordering",
        "wa.message.reacting",
        "wa.message.refusal",
        "wa.export.recording",
        "wa.message.template",
        "wa.message.ticks",
        "wa.message.warning",
    ]
    _description = "WhatsApp Message"
    _order = "id desc"
    _rec_names_search = ["body", "wamid"]

    conversation_id = fields.Many2one(
        "wa.conversation", required=True, readonly=True, ondelete="cascade", index=True
    )
    wa_channel_id = fields.Many2one(
        "wa.channel", "Number", required=True, readonly=True, ondelete="restrict"
    )
    company_id = fields.Many2one(related="wa_channel_id.company_id")
    mail_message_id = fields.Many2one(
        "mail.message", readonly=True, ondelete="set null", index="btree_not_null"
    )
    direction = fields.Selection(
        [("inbound", "From Customer"), ("outbound", "To Customer")], required=True, readonly=True
    )
    wamid = fields.Char("WhatsApp Message ID", readonly=True, copy=False)
    uuid = fields.Char(
        "Our ID",
        readonly=True,
        copy=False,
        default=lambda self: uuid.uuid4().hex,
        help="Travels with the message and comes back in every status, so that a message is "
        "recognised even if Meta's answer to the sending was lost.",
    )
    message_type = fields.Char("Type", required=True, readonly=True, help="Meta's word.")
    body = fields.Text(readonly=True, help="In WhatsApp's markup.")
    content = fields.Json(
        readonly=True, help="What the chat shows besides the text; see `cloud_api.content_json`."
    )
    raw = fields.Text(readonly=True, groups="whatsapp_helpdesk.group_manager")
    state = fields.Selection(_STATES, required=True, readonly=True)
    sent_at = fields.Datetime("Time", required=True, readonly=True, help="WhatsApp's time.")
    delivered_at = fields.Datetime(readonly=True)
    read_at = fields.Datetime(readonly=True)
    played_at = fields.Datetime(readonly=True)
    reply_to_id = fields.Many2one("wa.message", readonly=True, index="btree_not_null")
    target_id = fields.Many2one(
        "wa.message",
        "Concerns",
        readonly=True,
        index="btree_not_null",
        ondelete="cascade",
        help="The message that this reaction, edit or revocation is about.",
    )
    forwarded = fields.Selection([("once", "Forwarded"), ("often", "Forwarded Many Times")])
    origin = fields.Selection(
        [
            ("app", "Phone App"),
            ("history", "History"),
            ("standby", "Another Responder"),
        ],
        readonly=True,
        help="Where it was written, if neither by the customer nor in Odoo.",
    )
    edited_at = fields.Datetime(readonly=True)
    revoked_at = fields.Datetime("Deleted by Sender", readonly=True)
    original_ids = fields.One2many(
        "wa.message.original",
        "message_id",
        readonly=True,
        groups="whatsapp_helpdesk.group_supervisor",
    )
    original_body = fields.Text(
        compute="_compute_original_body",
        groups="whatsapp_helpdesk.group_supervisor",
        help="As it was before its sender edited or deleted it; for who leads the conversation.",
    )
    referral = fields.Json(readonly=True, help="The ad or post that the customer came from.")
    pricing_type = fields.Char(readonly=True, help="Meta's word, such as regular.")
    pricing_category = fields.Char(readonly=True, help="Meta's word, such as service.")
    pricing_model = fields.Char(readonly=True)
    is_billable = fields.Boolean(readonly=True)
    attachment_id = fields.Many2one("ir.attachment", readonly=True)
    author_user_id = fields.Many2one("res.users", "Sent by", readonly=True)
    notice = fields.Char(
        readonly=True,
        copy=False,
        help="What it tells of a document by itself, see `wa.document.notice`; nobody wrote it.",
    )
    superseded_by_id = fields.Many2one(
        "wa.message",
        readonly=True,
        index="btree_not_null",
        help="The message that counts instead of this one, such as its repetition.",
    )
    media_ids = fields.One2many("wa.media", "message_id", readonly=True)

    _wamid_unique = models.UniqueIndex(
        "(wa_channel_id, wamid) WHERE wamid IS NOT NULL", "This message is known already."
    )
    _uuid_unique = models.UniqueIndex("(uuid)", "The id of a message must be unique.")
    _wamid_idx = models.Index("(wamid) WHERE wamid IS NOT NULL")
    # For the health page, so that its cost does not grow with the messages
    _traffic_idx = models.Index("(wa_channel_id, direction, sent_at)")
    _failed_idx = models.Index("(wa_channel_id, create_date) WHERE state = 'failed'")

    # === COMPUTE METHODS === #

    @api.depends("body", "message_type")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_display_name(self):
        # As of conversations: Odoo names what a record points to without asking.
        # sudo: wa.message - taken away: the question is what the user may
        readable = self.sudo(False).search([("id", "in", self._origin.ids)])
        for message in self:
            is_named = self.env.user._is_superuser() or message._origin in readable
            message.display_name = is_named and message._preview()

    # === ACTION METHODS === #

    def action_retry(self):
        """Try again what went wrong: a file that was not fetched, a message that did not leave.

        Messages are queued as new ones that replace the old.
        """
        self.conversation_id._check_can(REPLY)
        if missing := self.media_ids.filtered(lambda media: media.state == "failed"):
            missing.action_retry()
            return
        # sudo: wa.message - checked above; nobody has a general right to write messages
        for message in self.sudo():
            message._repeat()
        self._wake_sender()

    def action_cancel(self):
        """Take back what is still in the queue."""
        self.conversation_id._check_can(REPLY)
        # sudo: wa.message - checked above
        self.sudo()._merge_state("cancelled")

    # === BUSINESS METHODS === #

    def _repeat(self):
        self.ensure_one()
        if self.superseded_by_id:
            return  # somebody was faster
        if self.state not in ("failed", "unconfirmed"):
            raise UserError(self.env._("Only failed or doubtful messages can be sent again."))
        self._check_can_repeat()
        self.superseded_by_id = self.create(
            [
                {
                    "conversation_id": self.conversation_id.id,
                    "wa_channel_id": self.wa_channel_id.id,
                    "mail_message_id": self.mail_message_id.id,
                    "direction": self.direction,
                    "message_type": self.message_type,
                    "body": self.body,
                    "content": self.content,
                    "reply_to_id": self.reply_to_id.id,
                    "target_id": self.target_id.id,
                    "attachment_id": self.attachment_id.id,
                    # What Meta could not use the first time is uploaded afresh.
                    "media_uid": self.error_code not in _FILE_ERRORS and self.media_uid,
                    "state": "queued",
                    "sent_at": fields.Datetime.now(),
                    "author_user_id": self.env.uid,
                    "has_warning": self.has_warning,
                }
                | self._prepare_template_values()
            ]
        )
        if self.state == "unconfirmed":
            self.state = "cancelled"  # comes back by itself if Meta reports that it went out
        self._tell_browsers()

    def _merge_state(self, incoming, **values):
        """Move these messages to ``incoming`` as far as that is a step forward.

        Every change of state goes through here (or through `_requeue`, for what provably never
        left), so late and repeated news does no harm.

        :param str incoming: one of the states, or a word of Meta's that we do not know
        :param values: written with the state, on those messages that move
        :return: the messages that moved
        """
        moving = self.filtered(lambda m: status.merge(m.state, incoming) != m.state)
        if moving:
            moving.write(values | {"state": incoming})
            moving._cancel_repetitions()
            moving._stop_blocked_accounts()
            if incoming != "sending":  # looks like queued: a clock
                moving._tell_states()
                moving._follow_reactions()
                moving._follow_on_documents()
        return moving

    def _cancel_repetitions(self):
        """Cancel queued repetitions of messages that turn out to have been sent after all.

        Then the original counts again, and is what the chat shows.
        """
        for message in self.filtered("superseded_by_id"):
            if message.state not in ("sent", "delivered", "read", "played"):
                continue
            repetition = message.superseded_by_id
            if repetition.state == "queued":
                repetition._merge_state("cancelled")
                repetition.superseded_by_id = message
                message.superseded_by_id = False

    def _preview(self):
        """Return the beginning of the message on one line, as `cloud_api.preview` does."""
        self.ensure_one()
        if self.revoked_at:
            return "[revoked]"
        text = " ".join(formatting.to_plain_text(self.body or "").split())
        text = preview.preview_of(self.message_type, text, self.content or None)
        return text if len(text) <= _PREVIEW_LENGTH else f"{text[:_PREVIEW_LENGTH]}…"

    @api.model
    def _wake_sender(self):
        if self.env["wa.account"]._work_after_commit():
            background.wake_after_commit(self.env, send.run)

    def _most_urgent(self):
        """Return, of the WhatsApp messages of one chat message, the one to show.

        The one that needs attention most speaks for all; what was repeated does not count.
        """
        current = self.filtered(lambda message: not message.superseded_by_id)
        ranked = current.sorted(lambda message: (_BY_ATTENTION.index(message.state), message.id))
        # Filtering forgets the neighbours, whose files would be looked up one by one.
        return ranked[:1].with_prefetch(self._prefetch_ids)

    def _error_data(self):
        if self.state not in ("failed", "unconfirmed"):
            return False
        return {
            "code": self.error_code,
            "message": self.error_reason or "",
            "details": self.error_message or "",
            "hint": self.error_hint or "",
        }

    def _ordered_file(self):
        """Return the `wa.media` of a message that was not written in Odoo; what was has none."""
        is_from_outside = self.origin or self.direction == "inbound"
        return self.media_ids[:1] if is_from_outside else self.env["wa.media"]

    def _window_is_open(self):
        self.ensure_one()
        closes_at = self.conversation_id.window_expires_at
        return bool(closes_at) and fields.Datetime.now() < closes_at


_BY_ATTENTION = (
    "failed",
    "unconfirmed",
    "queued",
    "sending",
    "cancelled",
    "sent",
    "delivered",
    "read",
    "played",
    "received",
)
