import textwrap
from datetime import timedelta

from odoo import Command, api, fields, models
from odoo.exceptions import AccessError

from ..access import NOTE
from ..cloud_api import formatting

_TITLE_LENGTH = 60


class WaConversationCreating(models.AbstractModel):
    """Quotations, tickets and activities that begin in the chat."""

    _name = "wa.conversation.creating"
    _description = "WhatsApp Conversation, Creating Documents"

    # === ACTION METHODS === #

    def action_new_quotation(self):
        """Open the dialog that makes a quotation for the customer.

        :raise AccessError: if the user may not write notes here, or not create quotations
        """
        self.ensure_one()
        self._check_can(NOTE)
        self._check_may_create("sale.order")
        return self._open_wizard("wa.new.quotation", self.env._("New Quotation"))

    def action_new_ticket(self):
        """Open the dialog that makes a ticket of what the customer wrote.

        :raise AccessError: if the user may not write notes here, or not create tickets
        """
        self.ensure_one()
        self._check_can(NOTE)
        self._check_may_create("helpdesk.ticket")
        return self._open_wizard("wa.new.ticket", self.env._("New Ticket"))

    def action_schedule_activity(self):
        """Open Odoo's dialog for an activity on what the chat is about.

        That is the document that was linked last, of those that the user may read, else the
        customer.
        """
        self.ensure_one()
        self._check_can(NOTE)
        record = self._document_for_activity() or self.partner_id
        if not record:
            return self.action_choose_partner()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._(
                "Schedule an activity on %(document)s", document=record.display_name
            ),
            "res_model": "mail.activity.schedule",
            "views": [(False, "form")],
            "target": "new",
            "context": {"active_model": record._name, "active_id": record.id},
        }

    # === BUSINESS METHODS === #

    @api.model
    def _check_may_create(self, model):
        """Raise unless the current user may create documents of a model.

        :param str model: technical name
        :raise AccessError: says what the user would have to be allowed
        """
        if not self.env[model].has_access("create"):
            raise AccessError(
                self.env._(
                    "You may not create documents of the kind “%(kind)s”. Ask your administrator "
                    "for the right, or a colleague who has it.",
                    kind=self.env["ir.model"]._get(model).display_name,
                )
            )

    def _document_for_activity(self):
        for link in self.link_ids.sorted("id", reverse=True):
            # sudo: wa.conversation.link - taken away from the document, which must be readable
            document = link.sudo()._document().sudo(False)
            if document.has_access("read"):
                return document
        return None

    def _topic_start(self):
        """Return the message with which begins what the customer wants now.

        That is the first one without an answer, else the first of today, else the latest one.

        :return: inbound `wa.message` that the chat shows, empty if there is none
        """
        self.ensure_one()
        written = [
            ("conversation_id", "=", self.id),
            ("direction", "=", "inbound"),
            ("mail_message_id", "!=", False),
            ("target_id", "=", False),
        ]
        messages = self.env["wa.message"]
        now = fields.Datetime.now()
        local = fields.Datetime.context_timestamp(self, now)
        today = now - timedelta(hours=local.hour, minutes=local.minute, seconds=local.second)
        since = self.waiting_since or today
        begun = messages.search(
            [*written, *self._since_our_last(), ("sent_at", ">=", since)],
            order="sent_at, id",
            limit=1,
        )
        return begun or messages.search(written, order="sent_at desc, id desc", limit=1)

    def _since_our_last(self):
        """Return the domain of unanswered messages: several are often written in one second."""
        if not self.unanswered_count:
            return []
        ours = self.env["wa.message"].search(
            [("conversation_id", "=", self.id), ("direction", "=", "outbound")], limit=1
        )
        return [("id", ">", ours.id or 0)]

    @api.model
    def _first_words(self, message):
        """Return what a document about a message can be called.

        :param message: `wa.message`, may be empty
        :rtype: str
        """
        if not message:
            return ""
        text = " ".join(formatting.to_plain_text(message.body or "").split())
        return textwrap.shorten(text, _TITLE_LENGTH, placeholder="…") or message._preview()

    def _create_quotation(self, partner, lines):
        """Create a quotation with the rights of the user, who sells if that is their work.

        :param partner: `res.partner` that it is for
        :param list[dict] lines: values of `sale.order.line`
        :return: the `sale.order`
        """
        self.ensure_one()
        values = {
            "company_id": self.company_id.id,
            "partner_id": partner.id,
            "source_id": self.source_id.id,
            "medium_id": self.medium_id.id,
            "order_line": [Command.create(line) for line in lines],
        }
        if self.env.user.has_group("sales_team.group_sale_salesman"):
            values["user_id"] = self.env.uid
        return self.env["sale.order"].with_company(self.company_id).create([values])

    def _remember_partner(self, partner):
        """Keep who the customer is, if the conversation did not know it.

        :param partner: `res.partner`
        """
        if not self.partner_id:
            # sudo: wa.contact - as in the dialog that asks who is writing
            self.contact_id.sudo()._choose_partner(partner)
