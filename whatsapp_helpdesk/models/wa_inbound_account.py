from datetime import timedelta

from odoo import api, fields, models

from ..cloud_api import account_news
from ..cloud_api.phones import digits
from ..cloud_api.templates.news import read_template_news
from ..work.items import Outcome

_DONE = Outcome("done")
_HISTORY_DECLINED = 2593109
_CLOCKS_DIFFER = timedelta(minutes=5)


class WaInboundAccount(models.AbstractModel):
    """News of accounts and numbers: notices for the managers, and what follows from them."""

    _name = "wa.inbound.account"
    _description = "WhatsApp Inbound Account News"

    @api.model
    def _apply_account_events(self, items, outcomes):
        """Take down what Meta says of accounts and their numbers.

        :param list items: of `AccountEvent`
        """
        vals_list, news_by_digest = [], {}
        for item in items:
            event = item.event
            news = account_news.read_news(event.field, event.value)
            account = self._account_of(item)
            if not account:
                outcomes[id(item)] = Outcome(
                    "ignored", f"{event.path}: unknown account {event.account_uid}"
                )
            elif not news:
                outcomes[id(item)] = self._apply_template_event(item, account)
            else:
                values = self._prepare_notice_values(item, account, news)
                news_by_digest[values["digest"]] = news
                vals_list.append(values)
                outcomes[id(item)] = _DONE
        for notice in self.env["wa.notice"]._take_down(vals_list):
            self._act_on(notice, news_by_digest[notice.digest])

    @api.model
    def _apply_template_event(self, item, account):
        """Hand news of a template to the template; other fields are of no use here."""
        event = item.event
        news = read_template_news(event.field, event.value)
        if not news:
            return Outcome("ignored", f"{event.path}: {event.field}: of no use here")
        outcome = self.env["wa.template"]._apply_news(
            account, news, self._told_at(item, _CLOCKS_DIFFER)
        )
        if outcome.reason:
            return Outcome(outcome.kind, f"{event.path}: {event.field}: {outcome.reason}")
        return outcome

    @api.model
    def _told_at(self, item, ahead=timedelta()):
        """Return WhatsApp's time of an event, naive UTC; else when it came.

        :param timedelta ahead: how far WhatsApp's clock may be ahead of ours
        """
        at = item.event.occurred_at
        at = at.replace(tzinfo=None) if at else item.journal.create_date
        return min(at, fields.Datetime.now() + ahead)

    @api.model
    def _account_of(self, item):
        """Return the account that an event is about, if its sender may speak for it."""
        event, receiver = item.event, item.journal.account_id
        info = event.value.get("waba_info")
        named = info.get("waba_id") if isinstance(info, dict) else None
        uids = {event.account_uid, str(named or "")} - {""}
        accounts = receiver | receiver._sharing_secret()
        # Events about partners come under the id of the business portfolio.
        found = accounts.filtered(lambda account: account.waba_uid in uids)
        found = found or accounts.filtered(lambda account: account.portfolio_uid in uids)
        return found.sorted(lambda account: account != receiver)[:1]

    @api.model
    def _number_of(self, account, event):
        """Return the number that news is about, of this account or of those that share its app."""
        if event.phone_number_uid:
            return self.env["wa.channel"]._find_for_event(account, event.phone_number_uid)
        if not event.display_phone_number:
            return self.env["wa.channel"]
        numbers = account.wa_channel_ids | account._sharing_secret().wa_channel_ids
        return numbers.filtered(
            lambda number: digits(number.display_phone_number or "") == event.display_phone_number
        )[:1]

    @api.model
    def _prepare_notice_values(self, item, account, news):
        event = item.event
        number = self._number_of(account, event)
        facts = dict(news.facts)
        if event.display_phone_number and not number:
            facts["number"] = f"+{event.display_phone_number}"
        at = event.occurred_at and event.occurred_at.replace(tzinfo=None)
        return {
            "account_id": account.id,
            "wa_channel_id": number.id,
            "field": event.field,
            "kind": news.kind,
            "severity": news.severity,
            "facts": facts,
            "raw": event.raw_json,
            "occurred_at": self._told_at(item),
            "digest": self.env["wa.notice"]._digest_of(event.field, event.value, at),
        }

    @api.model
    def _act_on(self, notice, news):
        """Write down what news says of numbers, unless something newer is known."""
        values = {"messaging_limit": news.messaging_limit, "quality_rating": news.quality}
        values = {name: value for name, value in values.items() if value}
        if not values or not notice._is_newest():
            return
        # A limit without a number holds for the whole account.
        (notice.wa_channel_id or notice.account_id.wa_channel_ids).write(values)

    @api.model
    def _note_errors(self, wa_channel, items, outcomes):
        """Take down problems that belong to no message; one notice per kind and day.

        :param list items: of `ErrorReport`
        """
        vals_list = []
        for item in items:
            for notice in item.event.notices:
                vals_list.append(self._prepare_error_values(wa_channel, item, notice))
            outcomes[id(item)] = _DONE
        self.env["wa.notice"]._take_down(vals_list)

    @api.model
    def _prepare_error_values(self, wa_channel, item, notice):
        event, at = item.event, item.journal.create_date
        is_declined = notice.code == _HISTORY_DECLINED
        if is_declined:
            wa_channel._note_history_declined()
        return {
            "account_id": wa_channel.account_id.id,
            "wa_channel_id": wa_channel.id,
            "field": event.field,
            "kind": "history_declined" if is_declined else "error",
            "severity": "warning",
            "facts": {
                "code": str(notice.code),
                "title": notice.title,
                "details": notice.details if notice.details != notice.title else "",
            },
            "raw": event.raw_json,
            "occurred_at": at,
            "digest": self.env["wa.notice"]._digest_of(
                event.field, wa_channel.id, notice.code, notice.title, at.date()
            ),
        }
