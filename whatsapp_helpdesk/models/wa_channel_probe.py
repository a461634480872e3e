from odoo import fields, models

from ..cloud_api import errors
from ..cloud_api.account_news import messaging_limit
from ..work import probe

_MANAGER = "whatsapp_helpdesk.group_manager"


class WaChannelProbe(models.AbstractModel):
    """What Meta said of a number when it was asked last; its own words where it has fixed ones."""

    _name = "wa.channel.probe"
    _description = "WhatsApp Number at Meta"

    checked_at = fields.Datetime("Asked Meta at", readonly=True, copy=False)
    check_problem = fields.Char(readonly=True, copy=False)
    verified_name = fields.Char("Name in WhatsApp", readonly=True, copy=False)
    name_status = fields.Char(readonly=True, copy=False)
    meta_status = fields.Char("Status at Meta", readonly=True, copy=False)
    can_send = fields.Char(readonly=True, copy=False)
    send_problems = fields.Text(readonly=True, copy=False)
    is_on_biz_app = fields.Boolean(
        "Also in the Phone App",
        readonly=True,
        copy=False,
        help="The number is used in the WhatsApp Business app on a phone as well (coexistence).",
    )
    webhook_target_url = fields.Char(
        "Webhooks Go to", readonly=True, copy=False, groups=_MANAGER, help="As Meta has it now."
    )

    # === ACTION METHODS === #

    def action_check_now(self):
        """Ask Meta about these numbers and their accounts, for a manager who waits."""
        self.check_access("write")
        for account in self.account_id:
            account._store_probed(probe.ask(account._prepare_probe()))

    # === BUSINESS METHODS === #

    def _store_info(self, answer):
        """Take over what Meta says of this number.

        :param NumberInfo | CloudApiError answer: what came back
        """
        self.ensure_one()
        values = {"checked_at": fields.Datetime.now(), "check_problem": False}
        if isinstance(answer, errors.CloudApiError):
            values["check_problem"] = self.account_id._explain(answer)
        else:
            self._update_from_meta([answer])
            values |= {
                "verified_name": answer.verified_name,
                "name_status": answer.name_status,
                "meta_status": answer.status,
                "messaging_limit": messaging_limit(answer.messaging_limit),
                "can_send": answer.can_send,
                "send_problems": "\n".join(
                    f"{p.entity}: {p.description} {p.solution}".strip() for p in answer.problems
                ),
                "is_on_biz_app": answer.is_on_biz_app,
                "webhook_target_url": answer.webhooks.effective,
            }
        self.write(values)
