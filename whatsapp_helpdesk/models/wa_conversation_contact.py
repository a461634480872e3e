from odoo import fields, models


class WaConversationContact(models.AbstractModel):
    """Whose conversation it is, and what follows when that changes."""

    _name = "wa.conversation.contact"
    _description = "WhatsApp Conversation's Contact"

    former_contact_id = fields.Many2one(
        "wa.contact",
        readonly=True,
        index="btree_not_null",
        help="Whose it was before contacts were merged; undoing the merge gives it back.",
    )

    def _set_partner(self, partner):
        """Tie the conversation to a customer; the messages so far get that author.

        :param partner: `res.partner`, empty if nobody knows who it is
        """
        self.ensure_one()
        # sudo: wa.conversation, mail.message - the caller checked; authors are technical data here
        conversation = self.sudo()
        name = partner.name or conversation.contact_id._chosen_name()
        conversation.write({"partner_id": partner.id, "name": name})
        conversation.discuss_channel_id.name = name
        inbound = conversation.wa_message_ids.filtered(lambda m: m.direction == "inbound")
        inbound.mail_message_id.write({"author_id": partner.id, "email_from": name})

    def _make_room(self, contact):
        """Close what would be a second active case of a contact on the same number.

        The newer case goes on, and with it what is unanswered in the other one.

        :param contact: `wa.contact` that these conversations are about to belong to
        """
        for conversation in self.filtered(lambda c: c.state != "closed"):
            rival = contact.conversation_ids.filtered(
                lambda c, number=conversation.wa_channel_id: (
                    c.wa_channel_id == number and c.state != "closed"
                )
            )
            if rival:
                older, newer = (conversation | rival).sorted(lambda c: (c.last_message_at, c.id))
                newer.unanswered_count += older.unanswered_count
                newer.waiting_since = min(
                    filter(None, (older.waiting_since, newer.waiting_since)), default=False
                )
                newer.window_expires_at = max(
                    filter(None, (older.window_expires_at, newer.window_expires_at)), default=False
                )
                older._move_to("closed")
        self.flush_recordset()

    def _move_to_contact(self, contact):
        """Give these conversations to another contact, remembering whose they were.

        :param contact: `wa.contact`; the one they came from gets them back for good
        """
        for conversation in self:
            former = conversation.former_contact_id or conversation.contact_id
            conversation.write(
                {
                    "contact_id": contact.id,
                    "former_contact_id": False if former == contact else former.id,
                }
            )
            if conversation.partner_id != contact.partner_id:
                conversation._set_partner(contact.partner_id)

    def _log_note(self, text, readers=None):
        """Say in the chat what happened to it; customers never see it.

        :param str text: plain text, or `Markup`
        :param readers: `res.partner` who are notified of it as if they were mentioned
        """
        self.ensure_one()
        # sudo: discuss.channel - a note of the system, not of the user who caused it
        self.discuss_channel_id.sudo().message_post(
            body=text,
            # of what is only a notification core tells nobody
            message_type="comment" if readers else "notification",
            partner_ids=readers.ids if readers else [],
            subtype_xmlid="mail.mt_note",
        )
