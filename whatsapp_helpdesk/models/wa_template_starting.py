import json

from odoo import Command, api, models
from odoo.tools import file_open

_STARTERS = "whatsapp_helpdesk/data/starter_templates.json"
_LANGUAGES = ("en", "ar")


class WaTemplateStarting(models.AbstractModel):
    """The templates that most businesses need first, ready to be submitted."""

    _name = "wa.template.starting"
    _description = "WhatsApp Starter Templates"

    # === ACTION METHODS === #

    def action_open_starters(self):
        """Open the dialog that adds starter templates to an account."""
        return self.env["ir.actions.act_window"]._for_xml_id(
            "whatsapp_helpdesk.wa_template_start_action"
        )

    # === BUSINESS METHODS === #

    @api.model
    def _add_starters(self, account):
        """Make drafts of the starter templates that an account does not have yet.

        :param account: `wa.account`
        :return: the new templates
        :raise AccessError: if the user may not make templates for the account
        """
        self.check_access("create")
        account.check_access("read")
        known = self.with_context(active_test=False).search(
            [("account_id", "=", account.id), ("status", "!=", "deleted")]
        )
        taken = {(template.name, template.language.partition("_")[0]) for template in known}
        values = [
            self._starter_values(starter, language) | {"account_id": account.id}
            for starter in self._starters()
            for language in _LANGUAGES
            if (starter["name"], language) not in taken
        ]
        # sudo: wa.template - checked above; buttons start actions of ours, which only system
        # administrators may see and choose
        return self.sudo().create(values).sudo(False)

    @api.model
    def _starters(self):
        """Return the set, see the data file; texts are by Meta's code of the language."""
        with file_open(_STARTERS) as file:
            return json.load(file)

    @api.model
    def _starter_values(self, starter, language):
        """Return the values of one starter template in one language.

        Links to the portal are left out where the site is not one that Meta would take.
        """
        address = self.env["wa.template"].get_base_url()
        is_public = address.startswith("https://")
        buttons = [
            self._starter_button(button, language, address)
            for button in starter.get("buttons", [])
            if is_public or "portal" not in button
        ]
        variables = [
            {
                "key": f"body.{name}",
                "source": variable["source"],
                "field_path": variable["field_path"],
                "sample": variable["samples"][language],
            }
            for name, variable in starter["variables"].items()
        ] + [
            {"key": f"button.{index}.url_suffix", "source": "portal_link"}
            for index, button in enumerate(buttons)
            if button["kind"] == "url"
        ]
        return {
            "name": starter["name"],
            "language": language,
            "category": "utility",
            "model_id": self.env["ir.model"]._get_id(starter["model"]),
            "parameter_format": "named",
            "body": starter["body"][language],
            "button_ids": [Command.create(button) for button in buttons],
            "variable_ids": [Command.create(variable) for variable in variables],
        }

    @api.model
    def _starter_button(self, button, language, address):
        text = button["text"][language]
        if "portal" in button:
            return {
                "kind": "url",
                "text": text,
                "url": f"{address}/{{{{1}}}}",
                "sample": f"{address}/{button['portal']}",
            }
        action = button.get("action")
        xmlid = f"whatsapp_helpdesk.{action}"
        action_id = action and self.env["ir.model.data"]._xmlid_to_res_id(xmlid)
        return {"kind": "quick_reply", "text": text, "action_id": action_id}
