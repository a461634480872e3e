from odoo import api, models

from ..access import READ
from ..cloud_api import phones


class WaConversationChats(models.AbstractModel):
    """Chats as other records open and show them."""

    _name = "wa.conversation.chats"
    _description = "WhatsApp Chats of Other Records"

    # === OPENING === #

    def _open_newest(self, title, customer, record=None):
        """Return the action that opens the running one of these conversations, else the newest.

        Where WhatsApp takes templates alone, who may send one gets the dialog for it instead.

        :param str title: of the dialog that asks which one if several are running
        :param customer: `res.partner` whose they are, named if there is none; may be empty
        :param record: what it is about; without one the customer
        """
        running = self.filtered(lambda conversation: conversation.state != "closed")
        chats = running or self[:1]
        if all(chat.window_state == "closed" for chat in chats):
            if action := chats._offer_template(customer if record is None else record):
                return action
        if chats:
            return chats._open_chats(title)
        if not customer:
            text = self.env._("Choose the customer first, then open the WhatsApp chat.")
        else:
            text = self.env._(
                "There is no WhatsApp chat with %(customer)s that you may read. It begins when the "
                "customer writes to one of your numbers.",
                customer=customer.display_name,
            )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"type": "warning", "message": text},
        }

    def _open_chats(self, title):
        """Return the action that opens this chat, or asks which one.

        :param str title: of the dialog that asks
        """
        return {
            "type": "ir.actions.client",
            "tag": "whatsapp_helpdesk.open_chat",
            "name": title,
            "params": {"chats": [chat._describe_chat() for chat in self]},
        }

    @api.model
    def open_chat_of_number(self, model, record_id, number):
        """Return the action that opens the chat with a phone number, else that of its record.

        :param str model: of the record that shows the number, such as ``res.partner``
        :param int record_id: that record, which the current user must be able to read
        :param str number: as it is written there
        :raise AccessError: if the user may not read the record
        """
        record = self.env[model].browse(record_id)
        record.check_access("read")
        customer = self.env["res.partner"]
        if model == customer._name:
            customer = record
        elif "partner_id" in record._fields and record.partner_id._name == customer._name:
            customer = record.partner_id
        international = number and record._phone_format(number=number)
        chats = self.browse()
        if international:
            chats = self.search([("contact_id.phone", "in", phones.variants(international))])
        if customer and not chats:
            return customer.action_wa_open_chat()
        return chats._open_newest(number, customer, record if customer else None)

    def _describe_chat(self):
        """Return what tells this chat from others, for lists in the browser.

        :rtype: dict
        """
        self.ensure_one()
        # sudo: wa.channel, wa.team - their names only
        chat = self.sudo()
        return {
            "id": self.id,
            "last_message_at": self.last_message_at,
            "name": self.name,
            "number": chat.wa_channel_id.name,
            "preview": self.last_message_preview or "",
            "state": self.state,
            "team": chat.team_id.name or "",
            "thread_id": self.discuss_channel_id.id,
            "unanswered": self.unanswered_count,
        }

    # === SHOWING === #

    def get_recent(self, before=None, limit=30):
        """Return a page of this chat for a panel, as `wa.conversation.link.get_stretch` does.

        :param int|None before: id of the `mail.message` that the page ends before
        :param int limit: most messages of the page
        :rtype: dict
        :raise AccessError: if the user may not read the conversation
        """
        self.ensure_one()
        self._check_can(READ)
        # sudo: wa.conversation.link - checked above; stands for the whole chat
        whole = self.env["wa.conversation.link"].sudo().new({"conversation_id": self.id})
        return whole._stretch_page(before, limit)

    def _panel_source(self):
        """Return where a panel gets the messages of this chat; as for a stretch."""
        chat = self._describe_chat()
        names = ("name", "number", "state", "thread_id")
        return {"conversation_id": self.id, "link_id": False} | {n: chat[n] for n in names}
