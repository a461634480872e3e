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

    marketing_paused_until = fields.Datetime(
        "No Marketing until",
        readonly=True,
        copy=False,
        help="WhatsApp refused marketing because the person got much of it lately. Trying sooner "
        "makes it worse.",
    )

    def _spare_marketing(self, until):
        """Send no marketing until a time, because WhatsApp refused some.

        :param datetime until: naive UTC
        """
        self.ensure_one()
        self.marketing_paused_until = max(until, self.marketing_paused_until or until)

    def _adopt_preferences(self, former):
        """Take over what the same person said, and got, under another identity.

        The later word counts. Separating the two again leaves it: rather one offer too few.

        :param former: `wa.contact` that is merged into this one
        """
        self.ensure_one()
        if former.marketing_preference_at:
            self._set_marketing_opt_out(former.marketing_opt_out, former.marketing_preference_at)
        if former.marketing_paused_until:
            self._spare_marketing(former.marketing_paused_until)

    def _is_spared_marketing(self):
        """Tell whether WhatsApp refuses marketing for the time being; not of who never wrote."""
        until = self and self.marketing_paused_until
        return bool(until) and fields.Datetime.now() < until

    def _takes_marketing(self):
        """Tell whether WhatsApp would deliver marketing to these persons now, if they are any."""
        return not any(
            contact.marketing_opt_out or contact._is_spared_marketing() for contact in self
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
