from odoo import fields, models


class WaTeamTickets(models.AbstractModel):
    """What the state of a ticket means for its chats, and the other way round."""

    _name = "wa.team.tickets"
    _description = "WhatsApp Team's Tickets"

    ticket_closes_chat = fields.Boolean(
        "Closing the Ticket Closes the Chat",
        help="When the last open ticket of a conversation is closed, the conversation is.",
    )
    chat_closes_ticket = fields.Boolean(
        "Closing the Chat Closes Its Tickets",
        help="A ticket with several conversations is closed with the last open one.",
    )
    reopens_ticket = fields.Boolean(
        "A New Message Reopens the Ticket",
        help="When the customer's message reopens the conversation. Otherwise the ticket says "
        "that the customer wrote again, and stays closed.",
    )
