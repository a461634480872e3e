from odoo import models

_SETTINGS = {
    "active",
    "agents_transfer",
    "allow_invitations",
    "customer_readers",
    "document_access",
    "exclusive_reply",
    "keep_reading",
}


class WaTeamSettings(models.AbstractModel):
    """Whoever changes for a whole team who may do what leaves a trace."""

    _name = "wa.team.settings"
    _description = "WhatsApp Team Settings, as the Access Log Has Them"

    def write(self, vals):
        """Override to record changed settings, each as before → after."""
        changing = vals.keys() & _SETTINGS
        before = {team: team._settings_in_words(changing) for team in self}
        result = super().write(vals)
        for team in self if changing else ():
            after = team._settings_in_words(changing)
            changes = [
                f"{label}: {before[team][label]} → {word}"
                for label, word in after.items()
                if before[team][label] != word
            ]
            if changes:
                self.env["wa.access.log"]._record(
                    "settings_changed", team=team, detail=", ".join(changes)
                )
        return result

    def _settings_in_words(self, names):
        self.ensure_one()
        words = {}
        for name in sorted(names):
            field = self._fields[name]
            label = field._description_string(self.env)
            if field.type == "boolean":
                words[label] = self.env._("yes") if self[name] else self.env._("no")
            else:
                words[label] = dict(field._description_selection(self.env))[self[name]]
        return words
