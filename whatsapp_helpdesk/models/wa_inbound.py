import logging

from odoo import api, fields, models

from ..cloud_api import formatting, window
from ..cloud_api.events import InboundMessage, Media, StatusUpdate, Text
from ..const import CHANNEL_TYPE, MESSAGE_TYPE
from ..work.items import Outcome
from ..work.transactions import CONFLICTS

_logger = logging.getLogger(__name__)

_DONE = Outcome("done")


class WaInbound(models.AbstractModel):
    """Turns what webhooks tell into records, many at once."""

    _name = "wa.inbound"
    _inherit = ["wa.inbound.status"]
    _description = "WhatsApp Inbound"

    @api.model
    def _handle(self, items):
        """Process items of the journal, together if possible, else each on its own.

        A poison item fails alone: its neighbours are processed in savepoints of their own.

        :param list items: `work.items.Item`
        :return: one `work.items.Outcome` per item, in order
        """
        try:
            with self.env.cr.savepoint():
                return self._handle_together(items)
        except CONFLICTS:
            raise
        except Exception:
            _logger.info("processing %s items one by one", len(items), exc_info=True)
        return [self._handle_alone(item) for item in items]

    @api.model
    def _handle_alone(self, item):
        try:
            with self.env.cr.savepoint():
                return self._handle_together([item])[0]
        except CONFLICTS:
            raise
        except Exception as error:
            _logger.warning("event %s: %s failed", item.journal.id, item.event.path, exc_info=True)
            return Outcome("failed", f"{item.event.path}: {type(error).__name__}: {error}")

    @api.model
    def _handle_together(self, items):
        """Messages first: statuses of the same batch may be about them."""
        outcomes = {}
        messages = [item for item in items if isinstance(item.event, InboundMessage)]
        statuses = [item for item in items if isinstance(item.event, StatusUpdate)]
        for wa_channel, of_channel in self._route(messages, outcomes).items():
            self._receive(wa_channel, of_channel, outcomes)
        for wa_channel, of_channel in self._route(statuses, outcomes).items():
            self._apply_statuses(wa_channel, of_channel, outcomes)
        return [outcomes.get(id(item)) or self._ignore(item) for item in items]

    @api.model
    def _route(self, items, outcomes):
        """Group items by the number that they are about; those of unknown numbers are ignored.

        :return: items by `wa.channel`
        :rtype: dict
        """
        by_channel, known = {}, {}
        for item in items:
            key = (item.journal.account_id, item.event.phone_number_uid)
            if key not in known:
                known[key] = self.env["wa.channel"]._find_for_event(*key)
            if known[key]:
                by_channel.setdefault(known[key], []).append(item)
            else:
                outcomes[id(item)] = Outcome(
                    "ignored", f"{item.event.path}: unknown number {item.event.phone_number_uid}"
                )
        return by_channel

    @api.model
    def _ignore(self, item):
        """Keep what has no effect here, with the reason."""
        reason = getattr(item.event, "reason", "") or ", ".join(
            f"{notice.code} {notice.title}" for notice in getattr(item.event, "notices", ())
        )
        return Outcome("ignored", f"{item.event.path}: {item.event.field}: {reason}")

    # === MESSAGES === #

    @api.model
    def _receive(self, wa_channel, items, outcomes):
        """Create the messages of one number, in the order of WhatsApp's time, then of arrival."""
        self = self.with_company(wa_channel.company_id)  # noqa: PLW0642 - Odoo's idiom
        fresh = self._take_fresh(wa_channel, items, outcomes)
        if not fresh:
            return
        now = fields.Datetime.now()
        times = {id(item): self._sent_at(item.event, now) for item in fresh}
        fresh.sort(key=lambda item: times[id(item)])
        contacts = self.env["wa.contact"]._match_or_create(
            [item.event.sender for item in fresh], wa_channel.account_id
        )
        no_contact = self.env["wa.contact"]
        writers = no_contact.union(
            *(
                contact
                for item, contact in zip(fresh, contacts, strict=True)
                if window.asks_for_answer(item.event.type)
            )
        )
        conversations = self.env["wa.conversation"]._for_inbound(
            wa_channel, no_contact.union(*contacts), writers
        )
        of_items = [conversations[contact] for contact in contacts]
        mail_messages = self.env["mail.message"].create(
            [
                self._prepare_mail_message_values(item.event, conversation, times[id(item)])
                for item, conversation in zip(fresh, of_items, strict=True)
            ]
        )
        messages = self.env["wa.message"].create(
            [
                self._prepare_message_values(item.event, conversation, mail, times[id(item)])
                for item, conversation, mail in zip(fresh, of_items, mail_messages, strict=True)
            ]
        )
        self._connect(wa_channel, fresh, messages)
        self._announce(messages)
        outcomes.update({id(item): _DONE for item in fresh})

    @api.model
    def _take_fresh(self, wa_channel, items, outcomes):
        """Return the items that are new messages of a person; the others get their outcome."""
        wamids = list({item.event.wamid for item in items})
        known = set(
            self.env["wa.message"]
            .search([("wa_channel_id", "=", wa_channel.id), ("wamid", "in", wamids)])
            .mapped("wamid")
        )
        fresh = []
        for item in items:
            event = item.event
            if event.wamid in known:
                outcomes[id(item)] = _DONE
            elif event.group_uid:
                outcomes[id(item)] = Outcome("ignored", f"{event.path}: group message")
            elif not (event.sender.bsuid or event.sender.wa_id):
                outcomes[id(item)] = Outcome("ignored", f"{event.path}: message without sender")
            else:
                known.add(event.wamid)
                fresh.append(item)
        return fresh

    @api.model
    def _sent_at(self, event, now):
        """Return WhatsApp's time as naive UTC, never in the future: it opens the window."""
        return min(event.sent_at.replace(tzinfo=None), now) if event.sent_at else now

    @api.model
    def _prepare_mail_message_values(self, event, conversation, sent_at):
        """Return the values of the chat message, complete, so that nothing is looked up for it."""
        partner = conversation.partner_id
        company = conversation.company_id
        author = partner.name or conversation.name
        return {
            "model": "discuss.channel",
            "res_id": conversation.discuss_channel_id.id,
            "message_type": MESSAGE_TYPE,
            "subtype_id": self.env["ir.model.data"]._xmlid_to_res_id("mail.mt_comment"),
            "author_id": partner.id,
            "email_from": author,
            "reply_to": author,
            "record_name": conversation.name,
            "record_company_id": company.id,
            "record_alias_domain_id": company.alias_domain_id.id,
            "date": sent_at,
            "body": formatting.whatsapp_to_html(self._text_of(event)),
        }

    @api.model
    def _prepare_message_values(self, event, conversation, mail_message, sent_at):
        return {
            "conversation_id": conversation.id,
            "wa_channel_id": conversation.wa_channel_id.id,
            "mail_message_id": mail_message.id,
            "direction": "inbound",
            "state": "received",
            "wamid": event.wamid,
            "message_type": event.type,
            "body": self._text_of(event),
            "raw": event.raw_json,
            "sent_at": sent_at,
        }

    @api.model
    def _text_of(self, event):
        if isinstance(event.content, Text):
            return event.content.body
        return event.content.caption if isinstance(event.content, Media) else ""

    @api.model
    def _connect(self, wa_channel, items, messages):
        """Tie new messages to those that they answer, and order their files."""
        self._connect_quotes(wa_channel, items, messages)
        media = [
            {
                "message_id": message.id,
                "media_uid": item.event.content.media_uid,
                "mime_type": item.event.content.mime_type,
                "sha256": item.event.content.sha256,
                "file_name": item.event.content.filename,
            }
            for item, message in zip(items, messages, strict=True)
            if isinstance(item.event.content, Media) and item.event.content.media_uid
        ]
        if media:
            self.env["wa.media"].create(media)
            self.env["wa.media"]._wake_fetcher()

    @api.model
    def _connect_quotes(self, wa_channel, items, messages):
        answers = {
            message: item.event.context.wamid
            for item, message in zip(items, messages, strict=True)
            if item.event.context.wamid
        }
        if not answers:
            return
        quoted = self.env["wa.message"].search(
            [
                ("wa_channel_id", "=", wa_channel.id),
                ("wamid", "in", list(set(answers.values()))),
            ]
        )
        by_wamid = {message.wamid: message for message in quoted}
        for message, wamid in answers.items():
            original = by_wamid.get(wamid)
            # Ids are untrusted: only a message of the same chat is quoted.
            if original and original.conversation_id == message.conversation_id:
                message.reply_to_id = original
                message.mail_message_id.parent_id = original.mail_message_id

    @api.model
    def _announce(self, messages):
        """Update the conversations and tell the browsers."""
        for conversation, of_conversation in messages.grouped("conversation_id").items():
            conversation._register_inbound(of_conversation.sorted("sent_at"))
        mail_messages = messages.mail_message_id.sorted("id")
        chats = self.env["discuss.channel"].browse(mail_messages.mapped("res_id"))
        self.env.flush_all()
        self._touch(chats, mail_messages)
        chats._wa_send_new_messages(mail_messages)
        for conversation, of_conversation in messages.grouped("conversation_id").items():
            conversation._notify_team(of_conversation[-1:])

    @api.model
    def _touch(self, chats, mail_messages):
        """Move the chats up in the sidebars, past `write`, which compares a dozen fields each."""
        self.env.cr.execute(
            "UPDATE discuss_channel SET last_interest_dt = %s WHERE id IN %s AND channel_type = %s",
            [fields.Datetime.now(), tuple(set(chats.ids)), CHANNEL_TYPE],
        )
        chats.invalidate_recordset(["last_interest_dt"], flush=False)
