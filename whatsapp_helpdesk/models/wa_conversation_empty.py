from odoo import api, models

_CONNECT = "whatsapp_helpdesk.wa_connect_action"


class WaConversationEmpty(models.AbstractModel):
    """What an empty inbox says."""

    _name = "wa.conversation.empty"
    _description = "WhatsApp Empty Inbox"

    @api.model
    def get_empty_list_help(self, help_message):
        """Extended: as long as there is no number, an empty inbox offers to connect one."""
        # sudo: wa.channel - only whether there is one
        if self.env["wa.channel"].sudo().search_count([], limit=1):
            return super().get_empty_list_help(help_message)
        return self.env["ir.qweb"]._render(
            "whatsapp_helpdesk.wa_no_number",
            {
                "action_id": self.env["ir.model.data"]._xmlid_to_res_id(_CONNECT),
                "may_connect": self.env.user.has_group("base.group_system"),
            },
        )
