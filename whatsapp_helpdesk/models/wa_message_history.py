import json

from markupsafe import Markup

from odoo import Command, models

from ..cloud_api import formatting


class WaMessageHistory(models.AbstractModel):
    """Old messages on their way into the chat."""

    _name = "wa.message.history"
    _description = "WhatsApp Message History"

    _unpublished_idx = models.Index(
        "(wa_channel_id, conversation_id) "
        "WHERE origin = 'history' AND mail_message_id IS NULL AND target_id IS NULL"
    )

    def _publish(self):
        """Create the chat messages of these, in their order, and tell nobody."""
        inbound = self.env["wa.inbound"]
        mail_messages = self.env["mail.message"].create(
            [
                inbound._prepare_line_values(
                    message.conversation_id,
                    message.sent_at,
                    message.company_id.partner_id if message.direction == "outbound" else None,
                )
                | {
                    "body": formatting.whatsapp_to_html(message.body or ""),
                    "attachment_ids": [Command.set(message.media_ids.attachment_id.ids)],
                }
                for message in self
            ]
        )
        for message, mail_message in zip(self, mail_messages, strict=True):
            message.mail_message_id = mail_message

    def _quote_from_raw(self):
        """Tie these messages to those that they answer, now that all are there."""
        answers = {}
        for message in self:
            if message.raw and '"context"' in message.raw:
                context = json.loads(message.raw).get("context")
                wamid = context.get("id") if isinstance(context, dict) else None
                if wamid and isinstance(wamid, str):
                    answers[message] = wamid
        if not answers:
            return
        known = self.env["wa.inbound"]._messages_by_wamid(self.wa_channel_id, answers.values())
        for message, wamid in answers.items():
            original = known.get(wamid)
            if original and original.conversation_id == message.conversation_id:
                message.reply_to_id = original
                message.mail_message_id.parent_id = original.mail_message_id

    def _apply_amendments_of(self):
        """Show reactions and changes of those of these messages that have any."""
        amendments = self.search([("target_id", "in", self.ids)])
        amendments.target_id._apply_amendments()

    def _show_completed(self):
        """Show the kind and text of messages whose place was kept before."""
        for message in self.filtered("mail_message_id"):
            message.mail_message_id.body = Markup(formatting.whatsapp_to_html(message.body or ""))  # noqa: S704
        self._tell_browsers()
