from odoo import fields, models


class WaContactPreferences(models.AbstractModel):
    """What the person wants to get from us."""

    _name = "wa.contact.preferences"
    _description = "WhatsApp Contact Preferences"

    marketing_opt_out = fields.Boolean(
        "No Marketing Messages",
        readonly=True,
        copy=False,
        help="The person stopped offers and announcements in WhatsApp, which refuses them since. "
        "Answers and notifications still arrive.",
    )
    marketing_opt_out_at = fields.Datetime(readonly=True, copy=False)
    marketing_preference_at = fields.Datetime(
        readonly=True, copy=False, help="WhatsApp's time of the last change, either way."
    )

    def _set_marketing_opt_out(self, is_out, moment):
        """Note that the person stopped or resumed marketing messages.

        :param datetime moment: naive UTC; a change of before the last known one comes too late
        :return: whether that changed anything
        :rtype: bool
        """
        self.ensure_one()
        if self.marketing_preference_at and moment < self.marketing_preference_at:
            return False
        changes = is_out != self.marketing_opt_out
        self.write(
            {
                "marketing_opt_out": is_out,
                "marketing_opt_out_at": moment if is_out else False,
                "marketing_preference_at": moment,
            }
        )
        return changes
