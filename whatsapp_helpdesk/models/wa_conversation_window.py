from datetime import timedelta

from markupsafe import Markup

from odoo import api, fields, models
from odoo.fields import Domain

from ..cloud_api import window

_NO_TEAM_HOURS = 2
_CLOCKS_DIFFER = timedelta(minutes=5)  # ours and WhatsApp's


class WaConversationWindow(models.AbstractModel):
    """The customer service window: how long free messages are taken, and who is warned.

    It follows WhatsApp's times of the customer's messages. Where Meta refuses a message all the
    same, Meta is right.
    """

    _name = "wa.conversation.window"
    _description = "WhatsApp Conversation's Window"

    window_expires_at = fields.Datetime(
        "Window Closes",
        readonly=True,
        help="Until then WhatsApp accepts free messages: 24 hours after the customer's last one.",
    )
    window_state = fields.Selection(
        [("open", "Open"), ("closing", "Closing Soon"), ("closed", "Closed")],
        compute="_compute_window_state",
        search="_search_window_state",
        compute_sudo=True,
    )
    window_refused_at = fields.Datetime(
        readonly=True,
        copy=False,
        help="When WhatsApp refused a free message although our clock allowed it. The customer's "
        "next message ends that.",
    )
    window_warned_for = fields.Datetime(
        readonly=True, copy=False, help="The end of the window of which somebody was warned before."
    )
    window_missed_for = fields.Datetime(
        readonly=True, copy=False, help="The end of the window that somebody was told has passed."
    )
    referral_at = fields.Datetime(
        readonly=True, copy=False, help="When the customer wrote from an ad or a post."
    )
    free_entry_until = fields.Datetime(
        "Free Until",
        readonly=True,
        copy=False,
        help="The customer came from an ad and was answered within 24 hours: until about then Meta "
        "charges for no message, templates included. The window for free texts is not longer.",
    )

    # === COMPUTE METHODS === #

    @api.depends("window_expires_at", "team_id.window_warning_hours")
    def _compute_window_state(self):
        now = fields.Datetime.now()
        for of_team in self.grouped("team_id").values():
            warning = timedelta(hours=of_team._warning_hours())
            for conversation in of_team:
                closes = conversation.window_expires_at
                if not closes or closes <= now:
                    conversation.window_state = "closed"
                else:
                    is_closing = closes - warning <= now
                    conversation.window_state = "closing" if is_closing else "open"

    def _search_window_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        now = fields.Datetime.now()
        closed = Domain("window_expires_at", "=", False) | Domain("window_expires_at", "<=", now)
        closing = self._closing_domain(now)
        domains = {"closed": closed, "closing": closing, "open": ~closed & ~closing}
        return Domain.OR(domains[state] for state in value if state in domains)

    @api.model
    def _closing_domain(self, now):
        """Return which conversations are in the last hours of their window, by their teams."""
        # sudo: wa.team - a setting that decides about conversations of whatever team
        teams = self.env["wa.team"].sudo().with_context(active_test=False)
        teams = teams.search([("window_warning_hours", ">", 0)])
        by_hours = [
            (Domain("team_id", "in", some.ids), hours)
            for hours, some in teams.grouped("window_warning_hours").items()
        ]
        return Domain.OR(
            of_teams
            & Domain("window_expires_at", ">", now)
            & Domain("window_expires_at", "<=", now + timedelta(hours=hours))
            for of_teams, hours in [*by_hours, (Domain("team_id", "=", False), _NO_TEAM_HOURS)]
        )

    def _warning_hours(self):
        return self.team_id.window_warning_hours if self.team_id else _NO_TEAM_HOURS

    # === BUSINESS METHODS === #

    def _prepare_window_values(self, written_at):
        """Return the values of the window after a customer's message; it never gets shorter."""
        latest = max(written_at, self.last_inbound_at or written_at)
        if self.window_refused_at and written_at < self.window_refused_at - _CLOCKS_DIFFER:
            return {"last_inbound_at": latest}  # Meta knew of that when it refused
        return {
            "last_inbound_at": latest,
            "window_refused_at": False,
            "window_expires_at": max(window.expires_at(latest), self.window_expires_at or latest),
        }

    def _prepare_free_entry(self, message):
        """Return the values of the free entry point after a message of ours."""
        if self.free_entry_until or not self.referral_at:
            return {}
        return {"free_entry_until": window.free_entry_ends_at(self.referral_at, message.sent_at)}

    def _close_window(self, refused_at):
        """Believe Meta that the window is closed, whatever our clock says.

        :param datetime refused_at: naive UTC; if the customer wrote after that it is old news
        """
        self.ensure_one()
        if self.last_inbound_at and self.last_inbound_at > refused_at:
            return
        values = {"window_refused_at": refused_at}
        if self.window_state != "closed":
            values["window_expires_at"] = fields.Datetime.now()
        # sudo: wa.conversation - called with Meta's answer
        self.sudo().write(values)

    # === CRON === #

    @api.model
    def _cron_warn_of_windows(self):
        """Tell who has a case that the customer waits and the window closes, or just did.

        Once before and once after the end of each window. What was answered needs nobody.
        """
        now = fields.Datetime.now()
        waiting = Domain("state", "!=", "closed") & Domain("waiting_since", "!=", False)
        closing = self.search(waiting & self._closing_domain(now)).filtered(
            lambda c: c.window_warned_for != c.window_expires_at
        )
        lately = Domain("window_expires_at", "<=", now) & Domain(
            "window_expires_at", ">", now - window.CUSTOMER_SERVICE_WINDOW
        )
        missed = self.search(waiting & lately).filtered(
            lambda c: c.window_missed_for != c.window_expires_at and c._warning_hours()
        )
        for conversation in closing | missed:
            # Who writes to the case at this moment answers it perhaps; the next run will tell.
            if conversation._try_lock():
                conversation._warn_of_window(conversation in missed)

    def _warn_of_window(self, is_closed):
        self.ensure_one()
        self["window_missed_for" if is_closed else "window_warned_for"] = self.window_expires_at
        users = self._who_is_warned()
        # Of what nobody has several people are told
        language = self.user_id.lang or self.company_id.partner_id.lang or self.env.lang
        env = self.with_context(lang=language).env
        customer = Markup("<bdi>%s</bdi>") % self.name  # says nothing of the sentence's direction
        if is_closed:
            text = env._(
                "%(customer)s waits for an answer, and the 24-hour window has closed: WhatsApp "
                "takes only an approved template until the customer writes again.",
                customer=customer,
            )
        else:
            left = self.window_expires_at - fields.Datetime.now()
            text = env._(
                "%(customer)s waits for an answer, and the 24-hour window closes in %(minutes)s "
                "minutes. After that only an approved template can be sent.",
                customer=customer,
                minutes=max(1, round(left / timedelta(minutes=1))),
            )
        self._log_note(text, readers=users.partner_id)

    def _who_is_warned(self):
        """Return who has the case, else who leads the team.

        :rtype: res.users
        """
        self.ensure_one()
        leaders = self.team_id.member_ids.filtered(lambda member: member.role == "supervisor")
        return (self.user_id or leaders.user_id).filtered("active")
