from odoo import api, models

from ..cloud_api import (
    errors,
    media_kinds,
    payloads,
    payloads_content,
    payloads_interactive,
    payloads_media,
    stored_content,
    stored_interactive,
)
from ..work.calls import Outgoing, Upload


class WaMessagePayload(models.AbstractModel):
    """What a queued message looks like in Meta's words."""

    _name = "wa.message.payload"
    _description = "WhatsApp Message Payload"

    def _prepare_outgoing(self):
        """Return the call that sends this message; None if it cannot be built, and fail it.

        :rtype: Outgoing | None
        """
        self.ensure_one()
        try:
            payload = self._prepare_payload()
        except errors.InvalidRequest as error:
            self._fail(error.code, error.message)
            return None
        channel = self.wa_channel_id
        return Outgoing(
            message_id=self.id,
            connect=channel.account_id._client_factory(),
            channel_id=channel.id,
            conversation_id=self.conversation_id.id,
            phone_number_uid=channel.phone_number_uid,
            message_type=self.message_type,
            payload=payload,
            upload=self._prepare_upload(),
            card_uploads=self._prepare_card_uploads() if self.message_type == "template" else {},
            is_on_phone_app=channel.is_on_biz_app,
        )

    def _prepare_payload(self):
        """Return Meta's JSON of this message.

        :rtype: dict
        :raise InvalidRequest: if WhatsApp would not take it
        """
        self.ensure_one()
        contact = self.conversation_id.contact_id
        recipient = payloads.Recipient(phone=contact.phone or "", bsuid=contact.bsuid or "")
        if self.message_type == "reaction":
            return payloads.reaction_message(
                recipient,
                self.target_id.wamid or "",
                self.body or "",
                callback_data=self.uuid,
            )
        options = {"reply_to": self.reply_to_id.wamid or "", "callback_data": self.uuid}
        if self.message_type == "template":
            return self._template_payload(recipient, options)
        if self.message_type == "text":
            return payloads.text_message(recipient, self.body or "", **options)
        if self.message_type == "location":
            place = stored_content.location(self.content)
            return payloads_content.location_message(recipient, place, **options)
        if self.message_type == "interactive":
            content = stored_interactive.read_interactive(self.content)
            return payloads_interactive.interactive_message(recipient, content, **options)
        if self.message_type == "contacts":
            cards = stored_content.contacts(self.content).cards
            return payloads_content.contacts_message(recipient, cards, **options)
        return payloads_media.media_message(
            recipient,
            self.message_type,
            self.media_uid or "uploading",
            caption=self.body or "",
            filename=self.attachment_id.name or "",
            is_voice=self._is_voice(),
            **options,
        )

    def _is_voice(self):
        """Tell whether this is a recording that WhatsApp shall show as a voice note."""
        return bool(self.content and self.content.get("voice"))

    def _prepare_upload(self):
        """Return the file that has to be uploaded first; None if there is none, or it was."""
        self.ensure_one()
        if not self.attachment_id or self.media_uid:
            return None
        return self._upload_of(self.attachment_id, is_voice=self._is_voice())

    @api.model
    def _upload_of(self, attachment, *, name="", is_voice=False):
        # Files are read where they are uploaded: a batch of big ones would fill the memory.
        path = attachment._full_path(attachment.store_fname) if attachment.store_fname else ""
        return Upload(
            path=path,
            content=b"" if path else attachment.raw or b"",
            mime_type=media_kinds.normal_type(attachment.mimetype),
            filename=media_kinds.short_name(name or attachment.name),
            is_voice=is_voice,
        )
