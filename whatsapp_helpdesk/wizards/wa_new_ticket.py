from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import format_datetime, html2plaintext

from ..access import NOTE

_TRANSCRIPT_LIMIT = 200


class WaNewTicket(models.TransientModel):
    """Make a helpdesk ticket of what the customer of a chat wrote."""

    _name = "wa.new.ticket"
    _inherit = ["wa.new.document"]
    _description = "New Ticket from a Conversation"

    name = fields.Char(
        "Title",
        compute="_compute_name",
        compute_sudo=False,
        store=True,
        precompute=True,
        readonly=False,
        required=True,
    )
    team_id = fields.Many2one(
        "helpdesk.ticket.team",
        "Helpdesk Team",
        compute="_compute_team_id",
        compute_sudo=False,
        store=True,
        precompute=True,
        readonly=False,
        check_company=True,
    )
    category_id = fields.Many2one("helpdesk.ticket.category", check_company=True)
    assign_to_me = fields.Boolean("Assign to Me", default=lambda self: self._must_be_mine())
    description = fields.Text()
    with_transcript = fields.Boolean(
        "Copy the Messages", help="Into the description, as they are now."
    )

    # === COMPUTE METHODS === #

    @api.depends("first_message_id")
    def _compute_name(self):
        for wizard in self:
            if not wizard.name:
                wizard.name = wizard.conversation_id._first_words(wizard.first_message_id)

    @api.depends("conversation_id")
    def _compute_team_id(self):
        teams = self.env.user.helpdesk_team_ids
        for wizard in self:
            wizard.team_id = teams.filtered(
                lambda team, company=wizard.company_id: (
                    team.company_id in (company, company.browse())
                )
            )[:1]

    @api.model
    def _must_be_mine(self):
        """Tell whether the user would not see the ticket if somebody else, or nobody, had it."""
        user = self.env.user
        return not user.helpdesk_team_ids and not user.has_group(
            "helpdesk_mgmt.group_helpdesk_user_team"
        )

    # === ACTION METHODS === #

    def action_create(self):
        """Make the ticket, link it to the chat and open it."""
        self.ensure_one()
        self.conversation_id._check_can(NOTE)
        self.conversation_id._check_may_create("helpdesk.ticket")
        tickets = self.env["helpdesk.ticket"].with_company(self.company_id)
        return self._link_and_open(tickets.create([self._prepare_ticket_values()]))

    # === BUSINESS METHODS === #

    def _prepare_ticket_values(self):
        """Return all values that helpdesk would otherwise guess, or leave empty."""
        channel = self.env.ref(
            "whatsapp_helpdesk.helpdesk_ticket_channel_whatsapp", raise_if_not_found=False
        )
        return {
            "name": self.name,
            "description": self._describe(),
            "partner_id": self.partner_id.id,
            "partner_name": self.partner_id.name,
            "partner_email": self.partner_id.email,
            "company_id": self.company_id.id,
            "team_id": self.team_id.id,
            "category_id": self.category_id.id,
            "channel_id": channel.id if channel else False,
            "user_id": self.env.uid if self.assign_to_me else False,
        }

    def _describe(self):
        parts = [_paragraph(self.description)] if self.description else []
        if self.with_transcript:
            parts.extend(map(self._transcribe, self._messages()))
        return Markup().join(parts) or _paragraph(self.name)

    def _messages(self):
        """Return the `mail.message` that the ticket is about, oldest first."""
        link = self.env["wa.conversation.link"].new(
            {
                "conversation_id": self.conversation_id.id,
                "first_message_id": self.first_message_id.id,
            }
        )
        newest = self.env["mail.message"].search(
            link._stretch_domain(), order="date desc, id desc", limit=_TRANSCRIPT_LIMIT
        )
        return newest[::-1]

    def _transcribe(self, message):
        """Return a message as HTML: who, when, what, and the names of its files."""
        text = html2plaintext(message.body or "").strip()
        files = message.attachment_ids.mapped("name")
        lines = [*text.splitlines(), *(f"📎 {name}" for name in files)]
        if not lines:
            lines = [message._wa_current()._preview()]
        return Markup("<p><strong>%s</strong> <small>%s</small><br/>%s</p>") % (
            message.author_id.name or message.email_from or "",
            format_datetime(self.env, message.date),
            Markup("<br/>").join(lines),
        )


def _paragraph(text):
    return Markup("<p>%s</p>") % Markup("<br/>").join(text.splitlines())
