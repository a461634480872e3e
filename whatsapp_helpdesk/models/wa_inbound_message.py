import dataclasses

from odoo import api, fields, models

from ..cloud_api import content_json, content_text, formatting, window
from ..cloud_api.contents import Contacts, Order, System
from ..const import CHANNEL_TYPE, MESSAGE_TYPE
from ..work.items import Outcome

_DONE = Outcome("done")


class WaInboundMessage(models.AbstractModel):
    """Turns customers' messages into chat messages, many at once."""

    _name = "wa.inbound.message"
    _description = "WhatsApp Inbound Messages"

    @api.model
    def _receive(self, wa_channel, items, outcomes):
        """Create the messages of one number, in the order of WhatsApp's time, then of arrival."""
        fresh = self._take_fresh(wa_channel, items, outcomes)
        if not fresh:
            return
        messages = self._write_down(
            fresh,
            lambda items: self._find_conversations(wa_channel, items),
            self._prepare_message_values,
        )
        self._complete_orders(wa_channel, fresh, messages)
        self._learn_numbers(fresh, messages)
        self._connect(wa_channel, fresh, messages)
        self._note_referrals(messages)
        self._announce(messages)
        outcomes.update({id(item): _DONE for item in fresh})

    @api.model
    def _write_down(self, fresh, find_conversations, prepare_values, author=None):
        """Create the chat messages and the WhatsApp messages of new items.

        :param list fresh: gets the order of WhatsApp's time, then of arrival
        :param find_conversations: function of the ordered items; returns the conversation of each
        :param prepare_values: function of an event, its conversation, chat message and time;
            returns the values of its `wa.message`
        :param author: `res.partner` of the chat messages, by default the customer
        :return: the `wa.message` of each item
        """
        now = fields.Datetime.now()
        times = {id(item): self._time_of(item.event.sent_at, now) for item in fresh}
        fresh.sort(key=lambda item: times[id(item)])
        conversations = find_conversations(fresh)
        mail_messages = self.env["mail.message"].create(
            [
                self._prepare_mail_message_values(item.event, conversation, times[id(item)], author)
                for item, conversation in zip(fresh, conversations, strict=True)
            ]
        )
        return self.env["wa.message"].create(
            [
                prepare_values(item.event, conversation, mail, times[id(item)])
                for item, conversation, mail in zip(
                    fresh, conversations, mail_messages, strict=True
                )
            ]
        )

    @api.model
    def _take_fresh(self, wa_channel, items, outcomes):
        """Return the items that are new messages of a person; the others get their outcome."""
        known = self._known_wamids(wa_channel, items)
        fresh = []
        for item in items:
            event = item.event
            if event.wamid in known:
                outcomes[id(item)] = _DONE
            elif event.group_uid:
                outcomes[id(item)] = Outcome(
                    "ignored", f"{event.path}: message of a group; groups are not supported"
                )
            elif not (event.sender.bsuid or event.sender.wa_id):
                outcomes[id(item)] = Outcome("ignored", f"{event.path}: message without sender")
            else:
                known.add(event.wamid)
                fresh.append(item)
        return fresh

    @api.model
    def _known_wamids(self, wa_channel, items):
        """Return those of the items' wamids that the number has already.

        :rtype: set[str]
        """
        wamids = list({item.event.wamid for item in items})
        return set(
            self.env["wa.message"]
            .search([("wa_channel_id", "=", wa_channel.id), ("wamid", "in", wamids)])
            .mapped("wamid")
        )

    @api.model
    def _time_of(self, moment, now):
        """Return WhatsApp's time as naive UTC, never in the future: it opens the window."""
        return min(moment.replace(tzinfo=None), now) if moment else now

    @api.model
    def _find_conversations(self, wa_channel, items):
        """Return the conversation of each item, with the customers' identities brought up to date.

        :param list items: of `InboundMessage`, in the order of their time
        """
        wa_contacts = self.env["wa.contact"]
        for item in items:
            if isinstance(item.event.content, System):
                wa_contacts._apply_system_news(item.event, wa_channel.account_id)
        contacts = wa_contacts._match_or_create(
            [item.event.sender for item in items], wa_channel.account_id
        )
        writers = wa_contacts.union(
            *(
                contact
                for item, contact in zip(items, contacts, strict=True)
                if self._wants_answer(item.event)
            )
        )
        conversations = self.env["wa.conversation"]._for_inbound(
            wa_channel, wa_contacts.union(*contacts), writers
        )
        return [conversations[contact] for contact in contacts]

    @api.model
    def _wants_answer(self, event):
        return window.asks_for_answer(event.type) and not event.standby

    @api.model
    def _prepare_mail_message_values(self, event, conversation, sent_at, author=None):
        """Return the values of an event's chat message.

        :param event: with `content`
        :param author: `res.partner`, by default the customer
        """
        html = formatting.whatsapp_to_html(content_text.text_of(event.content))
        return self._prepare_line_values(conversation, sent_at, author) | {"body": html}

    @api.model
    def _prepare_line_values(self, conversation, sent_at, author=None):
        """Return the values of a chat message, complete, so that nothing is looked up for it."""
        company = conversation.company_id
        partner = conversation.partner_id if author is None else author
        name = partner.name or conversation.name
        return {
            "model": "discuss.channel",
            "res_id": conversation.discuss_channel_id.id,
            "message_type": MESSAGE_TYPE,
            "subtype_id": self.env["ir.model.data"]._xmlid_to_res_id("mail.mt_comment"),
            "author_id": partner.id,
            "email_from": name,
            "reply_to": name,
            "record_name": conversation.name,
            "record_company_id": company.id,
            "record_alias_domain_id": company.alias_domain_id.id,
            "date": sent_at,
        }

    @api.model
    def _prepare_message_values(self, event, conversation, mail_message, sent_at):
        return self._prepare_content_values(event) | {
            "conversation_id": conversation.id,
            "wa_channel_id": conversation.wa_channel_id.id,
            "mail_message_id": mail_message.id,
            "direction": "inbound",
            "state": "received",
            "wamid": event.wamid,
            "sent_at": sent_at,
            "origin": "standby" if event.standby else False,
            "referral": event.referral and dataclasses.asdict(event.referral),
        }

    @api.model
    def _prepare_content_values(self, event):
        """Return the values that say what is in a message, whoever wrote it."""
        context = event.context
        forwarded = "often" if context.frequently_forwarded else context.forwarded and "once"
        return {
            "message_type": event.type,
            "body": content_text.text_of(event.content),
            "content": content_json.as_json(event.content),
            "forwarded": forwarded,
            "raw": event.raw_json,
        }

    @api.model
    def _complete_orders(self, wa_channel, items, messages):
        """Name the products of customers' carts by their internal reference."""
        orders = self.env["wa.message"].union(
            *(
                message
                for item, message in zip(items, messages, strict=True)
                if isinstance(item.event.content, Order)
            )
        )
        orders._match_products(wa_channel.company_id)

    @api.model
    def _learn_numbers(self, items, messages):
        """Take over the phone numbers that customers gave us because we asked."""
        for item, message in zip(items, messages, strict=True):
            content = item.event.content
            if isinstance(content, Contacts) and content.requested:
                message.conversation_id.contact_id._learn_number(content.cards)

    @api.model
    def _connect(self, wa_channel, items, messages):
        """Tie new messages to those that they answer, and order their files."""
        self._connect_quotes(wa_channel, items, messages)
        messages._tie_answers()
        self.env["wa.media"]._order_files(messages, [item.event for item in items])

    @api.model
    def _connect_quotes(self, wa_channel, items, messages):
        answers = {
            message: item.event.context.wamid
            for item, message in zip(items, messages, strict=True)
            if item.event.context.wamid
        }
        if not answers:
            return
        by_wamid = self._messages_by_wamid(wa_channel, answers.values())
        for message, wamid in answers.items():
            original = by_wamid.get(wamid)
            # Ids are untrusted: only a message of the same customer is quoted.
            if original and original.conversation_id.contact_id == (
                message.conversation_id.contact_id
            ):
                message.reply_to_id = original
                if original.conversation_id == message.conversation_id:
                    message.mail_message_id.parent_id = original.mail_message_id

    @api.model
    def _messages_by_wamid(self, wa_channel, wamids):
        """Return the number's messages of these wamids.

        :rtype: dict[str, wa.message]
        """
        found = self.env["wa.message"].search(
            [("wa_channel_id", "=", wa_channel.id), ("wamid", "in", list(set(wamids)))]
        )
        return {message.wamid: message for message in found}

    @api.model
    def _note_referrals(self, messages):
        for message in messages:
            if message.referral:
                message.conversation_id._register_referral(message.referral, message.sent_at)

    @api.model
    def _announce(self, messages):
        """Update the conversations and tell the browsers."""
        for conversation, of_conversation in messages.grouped("conversation_id").items():
            conversation._register_inbound(of_conversation.sorted("sent_at"))
        self._show(messages)
        for conversation, of_conversation in messages.grouped("conversation_id").items():
            if asking := of_conversation.filtered(lambda message: not message.origin)[-1:]:
                conversation._notify_team(asking)

    @api.model
    def _show(self, messages):
        """Put new messages before those who have the chats open."""
        mail_messages = messages.mail_message_id.sorted("id")
        chats = self.env["discuss.channel"].browse(mail_messages.mapped("res_id"))
        self.env.flush_all()
        self._touch(chats, mail_messages)
        chats._wa_send_new_messages(mail_messages)

    @api.model
    def _touch(self, chats, mail_messages):
        """Move the chats up in the sidebars, past `write`, which compares a dozen fields each."""
        self.env.cr.execute(
            "UPDATE discuss_channel SET last_interest_dt = %s WHERE id IN %s AND channel_type = %s",
            [fields.Datetime.now(), tuple(set(chats.ids)), CHANNEL_TYPE],
        )
        chats.invalidate_recordset(["last_interest_dt"], flush=False)
