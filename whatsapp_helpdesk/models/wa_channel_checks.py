from datetime import timedelta

from odoo import fields, models

from ..cloud_api import errors
from ..const import SILENCE_HOURS, SILENCE_MESSAGES
from .wa_channel_figures import figures_of
from .wa_checks import Check

_SLOW = timedelta(minutes=1)
_STUCK = timedelta(minutes=5)
_BAD_NAMES = ("DECLINED", "EXPIRED")


class WaChannelChecks(models.AbstractModel):
    """Each method looks at one thing and returns what to say about it."""

    _name = "wa.channel.checks"
    _description = "WhatsApp Number Checks"

    def _health_checks(self, figures):
        """Return all results for one number.

        :param Figures figures: of this number
        :rtype: list[Check]
        """
        self.ensure_one()
        return [
            self._check_sending(figures),
            self._check_webhook_target(),
            self._check_receiving(figures),
            self._check_journal(figures),
            self._check_queue(figures),
            self._check_failures(figures),
            # sudo: wa.account - only when the token ends and what it may, not the token
            self.account_id.sudo()._check_token(),
            self._check_standing(),
            self._check_team(),
        ]

    def _connection_checks(self):
        """Return what tells whether a number that was connected just now works.

        :rtype: list[Check]
        """
        self.ensure_one()
        figures = figures_of(self)[self.id]
        name = self.display_phone_number or self.name
        return [
            check._replace(title=f"{name}: {check.title}")
            for check in (
                self._check_webhook_target(),
                self._check_receiving(figures),
                self._check_standing(),
                self._check_team(),
            )
        ]

    def _check_sending(self, figures):
        title = self.env._("Sending")
        account = self.account_id
        if self.is_stopped or account.is_stopped:
            reason = self.stop_reason or account.stop_reason or ""
            text = self.env._(
                "Stopped, messages wait: %(reason)s Correct it, then resume sending.",
                reason=reason,
            )
            return Check("danger", title, text)
        if self.can_send == "BLOCKED":
            text = self.env._("Meta lets this number send nothing. %s", self.send_problems or "")
            return Check("danger", title, text)
        if self.paused_until and self.paused_until > fields.Datetime.now():
            text = self.env._(
                "Meta asked us to slow down: messages wait %s.", self._ago(self.paused_until)
            )
            return Check("warning", title, text)
        if self.can_send == "LIMITED":
            text = self.env._("Meta limits what this number sends. %s", self.send_problems or "")
            return Check("warning", title, text)
        if not figures.last_sent_at:
            return Check("ok", title, self.env._("Nothing was sent yet."))
        text = self.env._("The last message left %s.", self._ago(figures.last_sent_at))
        return Check("ok", title, text)

    def _check_webhook_target(self):
        title = self.env._("Where Meta sends webhooks")
        if self.check_problem:
            return Check("danger", title, self.check_problem)
        if not self.checked_at:
            return Check("warning", title, self.env._("Not checked yet: press “Check Now”."))
        target = self.webhook_target_url
        if not target:
            text = self.env._("Nowhere, so no message arrives. Press “Repair Webhooks”.")
            return Check("danger", title, text)
        # sudo: wa.account - addresses of accounts of the same app, which the user may not list
        if target not in self.account_id.sudo()._our_urls():
            text = self.env._(
                "To %(actual)s instead of %(expected)s. Press “Repair Webhooks”.",
                actual=target,
                expected=self.account_id.webhook_url,
            )
            return Check("danger", title, text)
        return Check("ok", title, self.env._("Here. Asked %s.", self._ago(self.checked_at)))

    def _check_receiving(self, figures):
        title = self.env._("Receiving")
        if not figures.last_webhook_at:
            text = self.env._("No webhook has ever arrived: write to the number from a phone.")
            return Check("warning", title, text)
        if not figures.last_inbound_at:
            text = self.env._(
                "Webhooks arrive (the last one %s), but no customer has written to this number.",
                self._ago(figures.last_webhook_at),
            )
            return Check("info", title, text)
        if self._is_silent(figures):
            text = self.env._(
                "Silent: the last customer wrote %(ago)s, although in these %(hours)s hours of the "
                "last two weeks %(usual)s messages came. Write to the number from a phone.",
                ago=self._ago(figures.last_inbound_at),
                hours=SILENCE_HOURS,
                usual=" / ".join(map(str, figures.usual)),
            )
            return Check("warning", title, text)
        text = self.env._(
            "The last customer wrote %(customer)s, the last webhook came %(webhook)s.",
            customer=self._ago(figures.last_inbound_at),
            webhook=self._ago(figures.last_webhook_at),
        )
        return Check("ok", title, text)

    def _is_silent(self, figures):
        quiet_since = fields.Datetime.now() - timedelta(hours=SILENCE_HOURS)
        return figures.last_inbound_at < quiet_since and min(figures.usual) >= SILENCE_MESSAGES

    def _check_journal(self, figures):
        title = self.env._("Processing of deliveries")
        due = figures.oldest_due_at
        if due and due < fields.Datetime.now() - _SLOW:
            stuck = due < fields.Datetime.now() - _STUCK
            text = self.env._(
                "The oldest waiting delivery came %s: are the scheduled actions running?",
                self._ago(due),
            )
            return Check("danger" if stuck else "warning", title, text)
        if figures.journal_failed:
            text = self.env._(
                "%s deliveries could not be read: look at them in the webhook journal, then "
                "replay them.",
                figures.journal_failed,
            )
            return Check("warning", title, text)
        text = self.env._("Nothing waits. Ignored in 24 hours: %s.", figures.journal_ignored)
        return Check("ok", title, text)

    def _check_queue(self, figures):
        title = self.env._("Outbox")
        counts = self.env._(
            "Queued: %(queued)s, being sent: %(sending)s, unconfirmed: %(unconfirmed)s.",
            queued=figures.queued,
            sending=figures.sending,
            unconfirmed=figures.unconfirmed,
        )
        oldest = figures.oldest_queued_at
        if oldest and oldest < fields.Datetime.now() - _STUCK:
            since = self.env._("The oldest waits since it was written %s.", self._ago(oldest))
            return Check("warning", title, f"{counts} {since}")
        if figures.unconfirmed:
            decide = self.env._("Decide about the unconfirmed ones under “Failed Messages”.")
            return Check("warning", title, f"{counts} {decide}")
        return Check("ok", title, counts)

    def _check_failures(self, figures):
        title = self.env._("Failed messages in 24 hours")
        if not figures.failures:
            return Check("ok", title, self.env._("None."))
        by_class = {}
        for code, count in figures.failures.items():
            name = self._failure_name(errors.error_class(code) if code else errors.CloudApiError)
            by_class[name] = by_class.get(name, 0) + count
        text = ", ".join(f"{name}: {count}" for name, count in sorted(by_class.items()))
        # What concerns single customers happens every day to a number that is well.
        is_usual = all(self._concerns_customer(code) for code in figures.failures)
        return Check("info" if is_usual else "warning", title, text)

    def _concerns_customer(self, code):
        info = errors.ERROR_TABLE.get(code)
        return bool(code) and bool(info) and info.scope == "recipient"

    def _failure_name(self, error_class):
        names = {
            errors.AuthError: self.env._("access refused"),
            errors.InvalidRequest: self.env._("message not accepted"),
            errors.MediaError: self.env._("file not accepted"),
            errors.OutcomeUnknown: self.env._("Meta out of order"),
            errors.PolicyError: self.env._("WhatsApp's rules (24 hours, opt-out, payment)"),
            errors.RateLimited: self.env._("too fast"),
            errors.RecipientError: self.env._("customer cannot be reached"),
            errors.TemplateError: self.env._("template"),
            errors.TransientError: self.env._("Meta out of order"),
        }
        return names.get(error_class, self.env._("other"))

    def _check_standing(self):
        title = self.env._("Standing at Meta")
        if not self.checked_at:
            return Check("info", title, self.env._("Not asked yet."))
        quality = dict(self._fields["quality_rating"]._description_selection(self.env))
        text = self.env._(
            "Status %(status)s, quality %(quality)s, name %(name)s, limit %(limit)s.",
            status=self.meta_status or "?",
            quality=quality.get(self.quality_rating, "?"),
            name=self.name_status or "?",
            limit=self.messaging_limit or "?",
        )
        if self.quality_rating == "RED" or self.meta_status not in (False, "", "CONNECTED"):
            return Check("danger", title, text)
        if self.quality_rating == "YELLOW" or self.name_status in _BAD_NAMES:
            return Check("warning", title, text)
        return Check("ok", title, text)

    def _check_team(self):
        title = self.env._("Team")
        if not self.team_id:
            text = self.env._("None: only managers see what customers write. Choose a team.")
            return Check("warning", title, text)
        return Check("ok", title, self.team_id.name)
