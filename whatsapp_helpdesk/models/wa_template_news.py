from odoo import api, models

from ..cloud_api.templates import editing
from ..work.items import Outcome

_DONE = Outcome("done")
_GONE = ("deleted", "pending_deletion")


class WaTemplateNews(models.AbstractModel):
    """What webhooks tell of templates, applied at once."""

    _name = "wa.template.news"
    _description = "WhatsApp Template News"

    @api.model
    def _apply_news(self, account, news, at):
        """Apply news of one variant.

        :param account: `wa.account` whose template it is
        :param cloud_api.templates.news.TemplateNews news: as a webhook tells it
        :param datetime at: WhatsApp's time, naive UTC
        :rtype: Outcome
        """
        template, outcome = self._find_for_news(account, news)
        if not template:
            return outcome
        if not template._lock():
            return Outcome("waiting", "the template is being submitted")
        template = template._in_company_language()
        getattr(template, f"_apply_{news.kind}_news")(news, at)
        if news.needs_sync:
            template._want_sync()
        return _DONE

    @api.model
    def _find_for_news(self, account, news):
        """Return the variant that news is about, else what becomes of the news.

        :rtype: tuple[wa.template, Outcome]
        """
        if not (news.template_uid or news.name):
            return self.browse(), Outcome("ignored", "names no template")
        template, named = self._find_at_account(
            account, news.template_uid, news.name, news.language
        )
        if template:
            return template, _DONE
        if named and not (named.uid and news.template_uid):
            return self._of_unsubmitted(named, news)
        if news.status in _GONE:
            return self.browse(), Outcome("ignored", "of a template that is gone")
        if not named:
            named = self._create_for_news(account, news)
        # It was made, or made anew, elsewhere: only Meta knows what it is.
        named._want_sync()
        return self.browse(), _DONE

    @api.model
    def _of_unsubmitted(self, named, news):
        """News can be here before the answer to the call that submitted the template."""
        if named.uid:
            return named, _DONE
        return self.browse(), Outcome("waiting", "the template is not submitted yet")

    @api.model
    def _create_for_news(self, account, news):
        return self.with_context(mail_create_nolog=True).create(
            {
                "account_id": account.id,
                "name": news.name,
                "language": news.language,
                "category": news.category or "other",
                "status": "unknown",
                "uid": news.template_uid,
            }
        )

    # === KINDS OF NEWS === #

    def _apply_status_news(self, news, at):
        if news.status:
            reason = self._reason_of_news(news, at)
            self._mark_status(news.status, reason, code=news.reason, at=at)
        else:
            self._message_log(body=self.env._("News from Meta: %(event)s", event=news.event))
        if news.category:
            self._mark_category(news.category, at=at)

    def _reason_of_news(self, news, at):
        """Return why, in Meta's words and with its times; they are untrusted."""
        rejection = news.rejection if news.rejection != news.reason else ""
        words = [rejection, news.recommendation, news.description, news.disable_date]
        until = editing.paused_until(news.pause, at) if news.status == "paused" else None
        if until:
            words.append(self.env._("The pause ends at %(time)s UTC.", time=until))
        return "\n".join(filter(None, words))

    def _apply_quality_news(self, news, at):
        self._mark_quality(news.quality, at=at)

    def _apply_components_news(self, news, at):
        """The news has the texts without their examples, so all of it is read again."""

    def _apply_category_news(self, news, at):
        if not news.is_announcement:
            self._mark_category(news.category, at=at)
        elif news.correct_category:
            self._announce_category(news.correct_category, self._naive(news.changes_at), at=at)

    @api.model
    def _naive(self, moment):
        return moment and moment.replace(tzinfo=None)
