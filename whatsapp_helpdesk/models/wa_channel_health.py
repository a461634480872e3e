from datetime import timedelta

from babel.dates import format_timedelta

from odoo import api, fields, models
from odoo.tools.misc import babel_locale_parse, get_lang

from .wa_channel_figures import figures_of
from .wa_checks import render, worst

_MANAGER = "whatsapp_helpdesk.group_manager"
_FIGURES = {
    "last_inbound_at": "last_inbound_at",
    "last_sent_at": "last_sent_at",
    "last_webhook_at": "last_webhook_at",
    "sending_count": "sending",
    "unconfirmed_count": "unconfirmed",
    "waiting_count": "queued",
    "journal_failed_count": "journal_failed",
    "journal_ignored_count": "journal_ignored",
}


class WaChannel(models.Model):
    """How a number is: figures of the database, and sentences made of them and of Meta's answers.

    Nothing here calls Meta; see `action_check_now`.
    """

    _name = "wa.channel"
    _inherit = ["wa.channel", "wa.channel.checks"]

    health_state = fields.Selection(
        [("ok", "Good"), ("warning", "Look at It"), ("danger", "Problem")],
        compute="_compute_health",
        groups=_MANAGER,
    )
    health_summary = fields.Char(compute="_compute_health", groups=_MANAGER)
    health_html = fields.Html("Health", compute="_compute_health", groups=_MANAGER)
    last_inbound_at = fields.Datetime(
        "Last Customer Message", compute="_compute_health", groups=_MANAGER
    )
    last_sent_at = fields.Datetime("Last Sent Message", compute="_compute_health", groups=_MANAGER)
    last_webhook_at = fields.Datetime("Last Webhook", compute="_compute_health", groups=_MANAGER)
    lag_seconds = fields.Integer(
        "Lag (s)",
        compute="_compute_health",
        groups=_MANAGER,
        help="Age of the oldest delivery of Meta that is not processed although it could be.",
    )
    waiting_count = fields.Integer("Queued", compute="_compute_health", groups=_MANAGER)
    sending_count = fields.Integer("Being Sent", compute="_compute_health", groups=_MANAGER)
    unconfirmed_count = fields.Integer("Unconfirmed", compute="_compute_health", groups=_MANAGER)
    failed_today_count = fields.Integer(
        "Failed in 24 Hours", compute="_compute_health", groups=_MANAGER
    )
    journal_failed_count = fields.Integer(
        "Deliveries Failed", compute="_compute_health", groups=_MANAGER
    )
    journal_ignored_count = fields.Integer(
        "Deliveries Ignored in 24 Hours", compute="_compute_health", groups=_MANAGER
    )

    # === COMPUTE METHODS === #

    def _compute_health(self):
        now = fields.Datetime.now()
        figures_by_id = figures_of(self)
        for channel in self:
            figures = figures_by_id.get(channel.id)
            if not figures:  # a number that is being entered
                channel.update(dict.fromkeys(channel._health_fields(), False))
                continue
            due = figures.oldest_due_at
            checks = channel._health_checks(figures)
            gravest = worst(checks)
            channel.update(
                {name: getattr(figures, attribute) for name, attribute in _FIGURES.items()}
                | {
                    "lag_seconds": max(0, (now - due).total_seconds()) if due else 0,
                    "failed_today_count": figures.failures.total(),
                    "health_state": gravest.level if gravest.level != "info" else "ok",
                    "health_summary": channel._health_sentence(gravest),
                    "health_html": render(channel.env, checks),
                }
            )

    @api.model
    def _health_fields(self):
        return [name for name, f in self._fields.items() if f.compute == "_compute_health"]

    def _health_sentence(self, check):
        if check.level in ("ok", "info"):
            return self.env._("Everything works.")
        return f"{check.title}: {check.text}"

    # === ACTION METHODS === #

    def action_repair_webhooks(self):
        """Let Meta send the events of these numbers here."""
        self.check_access("write")
        for account in self.account_id:
            account._connect_webhooks(self.filtered(lambda c, a=account: c.account_id == a))
        self.action_check_now()

    # === BUSINESS METHODS === #

    @api.model
    def _ago(self, moment):
        """Return how long ago (or ahead) a time is, in the user's language; naive UTC."""
        distance = moment - fields.Datetime.now()
        return format_timedelta(
            distance if distance else timedelta(seconds=-1),  # "in 0 seconds" is no past
            add_direction=True,
            locale=babel_locale_parse(get_lang(self.env).code),
        )
