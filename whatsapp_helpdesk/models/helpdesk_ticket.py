from odoo import api, fields, models

_MAY_CLOSE = {"stage_id", "team_id"}


class HelpdeskTicket(models.Model):
    _name = "helpdesk.ticket"
    _inherit = ["helpdesk.ticket.reply", "helpdesk.ticket", "wa.linked.mixin"]

    wa_link_ids = fields.One2many(
        "wa.conversation.link", "ticket_id", "WhatsApp Links", groups="base.group_user"
    )

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        """Override: customers hear that their ticket was received."""
        tickets = super().create(vals_list)
        self.env["wa.document.notice"]._tell_customers("ticket_received", tickets)
        return tickets

    def write(self, vals):
        """Override: customers hear that their ticket was closed, which may close its chats.

        For the latter see `wa.team`.
        """
        is_moved = bool(_MAY_CLOSE & vals.keys())
        before = self.filtered(lambda ticket: not ticket.closed) if is_moved else self.browse()
        result = super().write(vals)
        if closed := before.filtered("closed"):
            self.env["wa.document.notice"]._tell_customers("ticket_closed", closed)
            closed._wa_close_chats()
        return result

    # === BUSINESS METHODS === #

    def _wa_close_chats(self):
        for ticket in self:
            # sudo: helpdesk.ticket - taken away: a page of helpdesk_mgmt closes any ticket for
            # anybody with an account, which shall not reach the chats
            if not self.env.user._is_superuser() and not ticket.sudo(False).has_access("write"):
                continue
            # sudo: wa.conversation - a setting of the team, whoever closes the ticket
            ticket.sudo().wa_link_ids.conversation_id._close_with(ticket.sudo())

    def _wa_move(self, *, is_closed, text):
        """Put the ticket into the first stage of its team that is closed, or that is not.

        :param bool is_closed: which kind of stage
        :param str text: why, noted on the ticket
        """
        self.ensure_one()
        stages = self.team_id.with_company(self.company_id)._get_applicable_stages()
        stage = stages.filtered(lambda stage: stage.closed == is_closed)[:1]
        self._wa_log(text)
        if stage:
            self.write({"stage_id": stage.id} | ({} if is_closed else {"closed_date": False}))

    def _wa_close(self):
        """Close these tickets, because their customers tapped a button that says so."""
        for ticket in self.filtered(lambda ticket: not ticket.closed):
            text = self.env._("Closed, because the customer says that it is solved.")
            ticket._wa_move(is_closed=True, text=text)

    def _wa_log(self, text):
        self.message_post(body=text, message_type="notification", subtype_xmlid="mail.mt_note")
