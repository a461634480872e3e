from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..access import HANDLE, NOTE

_CLIENT_FIELDS = {
    "candidate_count",
    "contact_id",
    "handled_by",
    "last_message_at",
    "last_message_preview",
    "name",
    "partner_id",
    "priority",
    "state",
    "team_id",
    "unanswered_count",
    "user_id",
    "window_expires_at",
}

_WRITABLE_FIELDS = {"priority", "tag_ids"}


class WaConversation(models.Model):
    """One case with one customer on one number, from the first message until it is closed."""

    _name = "wa.conversation"
    _inherit = [
        "wa.conversation.access",
        "wa.conversation.access.words",
        "wa.conversation.chats",
        "wa.conversation.composing",
        "wa.conversation.contact",
        "wa.conversation.creating",
        "wa.conversation.customer.panel",
        "wa.conversation.discuss",
        "wa.conversation.documents",
        "wa.conversation.handing",
        "wa.conversation.history",
        "wa.conversation.inviting",
        "wa.conversation.lifecycle",
        "wa.conversation.linking",
        "wa.conversation.reacting",
        "wa.conversation.receipts",
        "wa.conversation.responders",
        "wa.conversation.sending",
        "wa.conversation.tags",
        "wa.conversation.template",
        "wa.conversation.tickets",
        "wa.conversation.traffic",
        "wa.conversation.window",
        "wa.conversation.empty",
        "wa.export.recording",
    ]
    _description = "WhatsApp Conversation"
    _order = "last_message_at desc, id desc"
    _check_company_auto = True
    _rec_names_search = ["name", "contact_id.wa_id", "contact_id.username", "partner_id.name"]

    name = fields.Char(required=True)
    wa_channel_id = fields.Many2one(
        "wa.channel", "Number", required=True, readonly=True, ondelete="restrict", index=True
    )
    company_id = fields.Many2one(related="wa_channel_id.company_id", store=True, index=True)
    contact_id = fields.Many2one(
        "wa.contact", required=True, readonly=True, ondelete="restrict", index=True
    )
    contact_phone = fields.Char(
        compute="_compute_contact_phone",
        # Who may read the conversation may read its contact; to ask again took as long as the rest
        # of a sidebar
        compute_sudo=True,
    )
    partner_id = fields.Many2one("res.partner", "Customer", readonly=True, index="btree_not_null")
    candidate_count = fields.Integer(
        compute="_compute_candidate_count",
        help="Customers that share the number, as long as nobody has said which one writes.",
    )
    team_id = fields.Many2one("wa.team", index=True, readonly=True, check_company=True)
    user_id = fields.Many2one("res.users", "Assigned to", index="btree_not_null", readonly=True)
    state = fields.Selection(
        [
            ("open", "Open"),
            ("in_progress", "In Progress"),
            ("waiting", "Waiting for Customer"),
            ("snoozed", "Snoozed"),
            ("closed", "Closed"),
        ],
        default="open",
        required=True,
        readonly=True,
        index=True,
        group_expand=True,
    )
    snoozed_until = fields.Datetime(readonly=True)
    closed_at = fields.Datetime(readonly=True)
    priority = fields.Selection([("0", "Normal"), ("1", "High")], default="0", required=True)
    tag_ids = fields.Many2many("wa.tag", string="Tags", check_company=True)
    discuss_channel_id = fields.Many2one(
        "discuss.channel", "Chat", readonly=True, ondelete="restrict", copy=False
    )
    wa_message_ids = fields.One2many("wa.message", "conversation_id", "Messages")
    link_ids = fields.One2many("wa.conversation.link", "conversation_id", "Links", readonly=True)
    handled_by = fields.Char(
        readonly=True,
        help="Meta's word for another responder who has the thread, such as ai_agent.",
    )
    source_id = fields.Many2one("utm.source", readonly=True, help="The ad or post.")
    medium_id = fields.Many2one("utm.medium", readonly=True)
    ctwa_clid = fields.Char(
        "Click ID", readonly=True, help="Meta's id of the click on the ad, for conversions."
    )
    last_inbound_at = fields.Datetime("Last Customer Message", readonly=True)
    last_message_at = fields.Datetime("Last Message", readonly=True, index=True)
    last_message_preview = fields.Char("Preview", readonly=True)
    unanswered_count = fields.Integer("Unanswered", readonly=True)
    waiting_since = fields.Datetime(
        readonly=True, index="btree_not_null", help="When the first unanswered message was written."
    )
    _discuss_channel_unique = models.UniqueIndex(
        "(discuss_channel_id) WHERE discuss_channel_id IS NOT NULL",
        "A chat belongs to one conversation.",
    )
    _one_active_unique = models.UniqueIndex(
        "(wa_channel_id, contact_id) WHERE state <> 'closed'",
        "This customer has an open conversation on this number already.",
    )
    # What lists of running conversations are sorted by
    _list_idx = models.Index(
        "(waiting_since, last_message_at DESC, id DESC) WHERE state <> 'closed'"
    )
    _inbox_idx = models.Index(
        "(team_id, user_id, last_message_at DESC) WHERE state <> 'closed'",
    )

    # === COMPUTE METHODS === #

    @api.depends("contact_id.phone", "contact_id.username")
    def _compute_contact_phone(self):
        for conversation in self:
            # What a browser puts into a form is not asked for: it could be anybody's contact.
            contact = conversation._origin.contact_id
            username = f"@{contact.username}" if contact.username else False
            conversation.contact_phone = contact.phone or username

    @api.depends("partner_id", "contact_id.candidate_partner_ids")
    def _compute_candidate_count(self):
        undecided = self.filtered(lambda c: not c.partner_id)
        (self - undecided).candidate_count = 0
        for conversation in undecided:
            # sudo: wa.contact - counting customers that share the number tells nothing of them
            candidates = conversation.contact_id.sudo().candidate_partner_ids
            conversation.candidate_count = len(candidates)

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        conversations = super().create(vals_list)
        without_chat = conversations.filtered(lambda c: not c.discuss_channel_id)
        chats = without_chat._create_chats()
        for conversation, chat in zip(without_chat, chats, strict=True):
            conversation.discuss_channel_id = chat
        return conversations

    def write(self, vals):
        """Override: by hand only what has no rules; the rest goes through the actions.

        :raise AccessError: for other fields
        """
        if not self.env.su:
            self._check_can(NOTE)
        if not self.env.su and (ruled := vals.keys() - _WRITABLE_FIELDS):
            raise AccessError(
                self.env._(
                    "Use the buttons of the conversation: %(fields)s cannot be written.",
                    fields=", ".join(sorted(ruled)),
                )
            )
        result = super().write(vals)
        if _CLIENT_FIELDS & vals.keys():
            # Thousands of histories may come at once, and nobody waits for them.
            self.filtered(lambda conversation: not conversation.is_history)._wa_changed()
        return result

    # === ACTION METHODS === #

    def action_open_discuss(self):
        self.ensure_one()
        return {
            "type": "ir.actions.client",
            "tag": "mail.action_discuss",
            "context": {"active_id": f"discuss.channel_{self.discuss_channel_id.id}"},
        }

    def action_take(self):
        """Take the conversations: the current user answers from now on."""
        self._check_can(HANDLE)
        self.filtered(lambda conversation: conversation.state == "closed")._reopen()
        user = self.env.user
        # sudo: wa.conversation - who had it, for the log
        taken = [(c, c.user_id) for c in self.sudo() if c.user_id and c.user_id != user]
        self._assign(user)
        for conversation, former in taken:
            conversation._record_giving(conversation.team_id, former, "")

    def action_release(self):
        """Give the conversations back to the team."""
        self._check_can(HANDLE)
        self._assign(self.env["res.users"])

    def action_wait(self):
        self._check_can(HANDLE)
        self._move_to("waiting")

    def action_close(self):
        self._check_can(HANDLE)
        self._move_to("closed")
        self._close_tickets()

    def action_reopen(self):
        self._check_can(HANDLE)
        self._reopen()

    def action_snooze(self):
        self.ensure_one()
        return self._open_wizard("wa.conversation.snooze", self.env._("Snooze"))

    def action_choose_partner(self):
        self.ensure_one()
        return self._open_wizard("wa.conversation.choose.partner", self.env._("Who is writing?"))

    def action_check_access(self):
        self.ensure_one()
        return self._open_wizard("wa.check.access", self.env._("Check Access"))

    def _open_wizard(self, model, name):
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_conversation_id": self.id},
        }

    @api.model
    def _prepare_list_action(self, name, domain, context=None):
        """Return the action that lists some conversations, for the buttons of other records."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "whatsapp_helpdesk.wa_conversation_action_all"
        )
        return action | {"name": name, "domain": domain, "context": context or {}}

    # === BUSINESS METHODS === #

    def _exported_conversations(self):
        return self

    def _check_window_open(self):
        """Raise unless free messages may be sent now.

        :raise UserError: says when the window closed, or who answers instead
        """
        self._check_not_handled_elsewhere()
        for conversation in self.filtered(lambda c: c.window_state == "closed"):
            raise UserError(
                self.env._(
                    "The 24-hour window of %(customer)s is closed: WhatsApp takes free messages "
                    "only within 24 hours after the customer's last one. "
                    "You can write an internal note.",
                    customer=conversation.name,
                )
            )
