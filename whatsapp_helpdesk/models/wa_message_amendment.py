from markupsafe import Markup

from odoo import api, models
from odoo.addons.mail.tools.discuss import Store

from ..cloud_api import formatting

_WITHOUT_EFFECT = ("failed", "cancelled")


class WaMessageAmendment(models.AbstractModel):
    """Reactions, edits and revocations of a message.

    Each is kept as a message of its own with a target and without a place in the chat. What the
    chat shows is computed from all of them, so their order of arrival does not matter.
    """

    _name = "wa.message.amendment"
    _description = "WhatsApp Message Amendments"

    # === COMPUTE METHODS === #

    @api.depends("conversation_id.may_manage", "original_ids.body")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_original_body(self):
        for message in self:
            may_read = self.env.su or message._origin.conversation_id.may_manage
            # sudo: wa.message.original - decided above, for what is stored and nothing else
            message.original_body = may_read and message.sudo()._origin.original_ids.body

    # === BUSINESS METHODS === #

    def _apply_amendments(self):
        """Show these messages as their amendments say.

        Of several of a kind the latest by WhatsApp's time counts; what failed does not.
        """
        if not self:
            return
        amendments = self.search(
            [("target_id", "in", self.ids), ("state", "not in", _WITHOUT_EFFECT)],
            order="sent_at, id",
        )
        # Old messages of an imported history may not be in the chat yet; they come with these.
        for target in self.filtered("mail_message_id"):
            of_target = amendments.filtered(lambda message, t=target: message.target_id == t)
            target._apply_changes(of_target)
            target._apply_reactions(of_target.filtered(lambda m: m.message_type == "reaction"))

    def _apply_changes(self, amendments):
        """Apply edits, then a revocation, to the text that was there first.

        :param amendments: of this message, oldest first
        """
        self.ensure_one()
        edit = amendments.filtered(lambda message: message.message_type == "edit")[-1:]
        revocation = amendments.filtered(lambda message: message.message_type == "revoke")[:1]
        if not (edit or revocation):
            return
        # sudo: wa.message.original - kept as it was, whoever amends the message
        kept = self.sudo().original_ids
        body = "" if revocation else edit.body
        values = {
            "edited_at": edit.sent_at,
            "revoked_at": revocation.sent_at,
            "body": body,
        }
        if kept and all(self[name] == value for name, value in values.items()):
            return
        if not kept:
            kept.create([{"message_id": self.id, "body": self.body}])
        self.write(values)
        self.mail_message_id.body = Markup(formatting.whatsapp_to_html(body or ""))  # noqa: S704
        if revocation:
            self._put_files_away()
        self.conversation_id._refresh_preview(self)
        self._show_changes()

    def _put_files_away(self):
        """Keep the files of a deleted message for those who may read its original text.

        Odoo asks for the right to read the record that an attachment belongs to.
        """
        files = self.mail_message_id.attachment_ids
        self.mail_message_id.attachment_ids = False
        # sudo: wa.message.original - where the files go, not what is in it
        original = self.sudo().original_ids
        files.write({"res_model": original._name, "res_id": original.id})

    def _show_changes(self):
        message = self.mail_message_id
        store = Store(bus_channel=self.env["discuss.channel"].browse(message.res_id))
        files = message._wa_store_files()
        store.add(message, ["body", files, *message._wa_store_fields()]).bus_send()

    # === REACTIONS === #

    def _apply_reactions(self, reactions):
        """Show the customer's current reaction and ours: WhatsApp has one of each side.

        :param reactions: to this message, oldest first
        """
        self.ensure_one()
        wanted = set()
        for direction in ("inbound", "outbound"):
            latest = reactions.filtered(lambda message, d=direction: message.direction == d)[-1:]
            if latest.body:
                wanted.add((latest.body, *latest._reacting_person()))
        shown = self.mail_message_id.reaction_ids
        present = {(r.content, r.partner_id.id, r.guest_id.id): r for r in shown}
        gone = shown.browse([r.id for key, r in present.items() if key not in wanted])
        new = [key for key in wanted if key not in present]
        changed = {*gone.mapped("content"), *(content for content, _partner, _guest in new)}
        gone.unlink()
        shown.create(
            [
                {
                    "message_id": self.mail_message_id.id,
                    "content": content,
                    "partner_id": partner_id,
                    "guest_id": guest_id,
                }
                for content, partner_id, guest_id in new
            ]
        )
        for content in changed:
            self.mail_message_id._bus_send_reaction_group(content)

    def _reacting_person(self):
        """Return the ids of the partner and the guest who reacted; one of them is False."""
        self.ensure_one()
        if self.direction == "outbound":
            return (self.author_user_id.partner_id or self.company_id.partner_id).id, False
        contact = self.conversation_id.contact_id
        if contact.partner_id:
            return contact.partner_id.id, False
        return False, contact._guest().id
