from odoo import fields, models
from odoo.tools import SQL

_TYPES = {
    "regular": "Charged",
    "free_customer_service": "Free: Customer Service",
    "free_entry_point": "Free: Entry Point",
    "free_group_customer_service": "Free: Customer Service in Groups",
    "other": "Other",
}

_CATEGORIES = {
    "marketing": "Marketing",
    "marketing_lite": "Marketing (Lite)",
    "utility": "Utility",
    "authentication": "Authentication",
    "authentication_international": "Authentication, International",
    "service": "Service",
    "referral_conversion": "Entry Point",
    "other": "Other",
}


class WaPricingReport(models.Model):
    """What Meta said each message of ours counts as, one row per message.

    Amounts are not in it: Meta tells category and type of a message, the price list has the rest.
    """

    _name = "wa.pricing.report"
    _description = "WhatsApp Prices"
    _auto = False
    _order = "sent_at desc, id desc"
    _rec_name = "id"
    _depends = {
        "wa.channel": ["account_id"],
        "wa.conversation": ["company_id", "team_id"],
        "wa.message": [
            "conversation_id",
            "direction",
            "pricing_category",
            "pricing_type",
            "sent_at",
            "template_id",
            "wa_channel_id",
        ],
    }

    sent_at = fields.Datetime("Time", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    account_id = fields.Many2one("wa.account", readonly=True)
    wa_channel_id = fields.Many2one("wa.channel", "Number", readonly=True)
    team_id = fields.Many2one("wa.team", readonly=True)
    conversation_id = fields.Many2one("wa.conversation", readonly=True)
    template_id = fields.Many2one("wa.template", readonly=True)
    pricing_type = fields.Selection(list(_TYPES.items()), "Charged or Free", readonly=True)
    pricing_category = fields.Selection(list(_CATEGORIES.items()), "Category", readonly=True)
    message_count = fields.Integer("Messages", readonly=True)
    charged_count = fields.Integer("Charged", readonly=True)
    free_count = fields.Integer("Free", readonly=True)

    @property
    def _table_query(self):
        """Override of `odoo` to read what statuses told of the messages."""
        return SQL(
            """
            SELECT m.id,
                   m.sent_at,
                   c.company_id,
                   n.account_id,
                   m.wa_channel_id,
                   c.team_id,
                   m.conversation_id,
                   m.template_id,
                   CASE WHEN m.pricing_type IN %(types)s
                        THEN m.pricing_type ELSE 'other' END AS pricing_type,
                   CASE WHEN REPLACE(m.pricing_category, '-', '_') IN %(categories)s
                        THEN REPLACE(m.pricing_category, '-', '_') ELSE 'other'
                        END AS pricing_category,
                   1 AS message_count,
                   CASE WHEN m.pricing_type = 'regular' THEN 1 ELSE 0 END AS charged_count,
                   CASE WHEN m.pricing_type = 'regular' THEN 0 ELSE 1 END AS free_count
              FROM wa_message m
              JOIN wa_conversation c ON c.id = m.conversation_id
              JOIN wa_channel n ON n.id = m.wa_channel_id
             WHERE m.direction = 'outbound'
               AND m.pricing_type IS NOT NULL
            """,
            types=tuple(_TYPES),
            categories=tuple(_CATEGORIES),
        )
