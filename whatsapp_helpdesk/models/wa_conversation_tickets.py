from odoo import models


class WaConversationTickets(models.AbstractModel):
    """Chats and tickets that close and reopen together, as far as the team wants it.

    Each side closes only what is still open, so nothing goes round in circles.
    """

    _name = "wa.conversation.tickets"
    _description = "WhatsApp Conversation and Its Tickets"

    def _close_tickets(self):
        """Close the tickets of these conversations, which were just closed by somebody."""
        # sudo: wa.conversation, helpdesk.ticket - a setting of the team, whoever closes the chat
        closing = self.sudo().filtered("team_id.chat_closes_ticket")
        for ticket in closing.link_ids.ticket_id.filtered(lambda ticket: not ticket.closed):
            running = ticket.wa_link_ids.conversation_id.filtered(lambda c: c.state != "closed")
            if not running:
                ticket._wa_move(
                    is_closed=True,
                    text=self.env._("Closed, because the WhatsApp chat was closed."),
                )

    def _close_with(self, ticket):
        """Close these conversations because their ticket was closed, as far as the teams want it.

        :param ticket: `helpdesk.ticket` that was just closed
        """
        for conversation in self:
            tickets = conversation.link_ids.ticket_id
            if (
                conversation.state != "closed"
                and conversation.team_id.ticket_closes_chat
                and all(tickets.mapped("closed"))
            ):
                conversation._move_to("closed")
                conversation._log_note(
                    self.env._("Closed with %(ticket)s.", ticket=ticket.display_name)
                )

    def _tell_closed_tickets(self):
        """Reopen the tickets of these conversations, or say there that the customer wrote again."""
        for conversation in self:
            for ticket in conversation.link_ids.ticket_id.filtered("closed"):
                text = self.env._("The customer wrote again by WhatsApp.")
                if conversation.team_id.reopens_ticket:
                    ticket._wa_move(is_closed=False, text=text)
                else:
                    ticket._wa_log(text)
