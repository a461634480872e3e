from odoo import api, models


class WaExportRecording(models.AbstractModel):
    """Whoever exports conversations, or what belongs to them, leaves a trace on each of them."""

    _name = "wa.export.recording"
    _description = "Recording of WhatsApp Exports"

    def _export_rows(self, fields, **options):
        """Override: also reached through the fields of other models, such as customers."""
        rows = super()._export_rows(fields, **options)
        # Columns of other records come as empty paths.
        if self and (names := ", ".join("/".join(path) for path in fields if path)):
            detail = f"{self._description}: {names}"
            # sudo: wa.conversation - which ones it was, for the log
            self._note_export(detail, self.sudo()._exported_conversations())
        return rows

    def _exported_conversations(self):
        """Return the `wa.conversation` that these records belong to."""
        return self.conversation_id

    @api.model
    def _note_export(self, detail, conversations):
        """Have an export recorded, once per conversation at the end of the transaction."""
        pending = self.env.cr.precommit.data.setdefault("whatsapp_helpdesk.exported", {})
        if not pending:
            self.env.cr.precommit.add(self._record_exports)
        pending.setdefault(detail, set()).update(conversations.ids)

    @api.model
    def _record_exports(self):
        pending = self.env.cr.precommit.data.pop("whatsapp_helpdesk.exported", {})
        for detail, ids in pending.items():
            conversations = self.env["wa.conversation"].browse(ids)
            if conversations:
                self.env["wa.access.log"]._record(
                    "exported", conversations=conversations, detail=detail
                )
