from datetime import timedelta

from odoo import api, fields, models

from ..cloud_api.templates import editing
from ..work import background, template_sync

_FEW = 5
_DELETION_TAKES = editing.NAME_BLOCKED_FOR + timedelta(days=1)


class WaTemplateSync(models.AbstractModel):
    """Templates as Meta has them: added, changed, removed."""

    _name = "wa.template.sync"
    _description = "WhatsApp Template Synchronisation"

    needs_sync = fields.Boolean(
        readonly=True, copy=False, help="News of it did not tell all: it will be read from Meta."
    )

    # === ACTION METHODS === #

    def action_sync(self):
        """Read these templates from Meta; without a selection all of the user's accounts."""
        self.check_access("write")
        accounts = self.account_id or self.env["wa.account"].search(
            [("company_id", "in", self.env.companies.ids)]
        )
        if 0 < len(self) <= _FEW:
            return accounts._notify_of_sync(self._sync_one())
        return accounts.action_sync_templates()

    # === BUSINESS METHODS === #

    def _sync_one(self):
        """Read each of these variants from Meta, and store what it has.

        :return: how many there were of each kind of change, see `wa.account._store_templates`
        :rtype: collections.Counter
        """
        counts = self.env["wa.account"]._no_changes()
        for template in self.filtered("account_id"):
            asked_at = fields.Datetime.now()
            wanted = template._prepare_wanted()
            found = template.account_id._ask_meta(
                lambda client, wanted=wanted: template_sync.read_one(client, wanted)
            )
            counts += template._store_one(found, asked_at)
        return counts

    def _prepare_wanted(self):
        self.ensure_one()
        return template_sync.WantedTemplate(
            self.id, self.account_id.waba_uid, self.uid or "", self.name, self.language
        )

    def _store_one(self, found, asked_at):
        """Store what Meta has of this variant.

        :param found: `cloud_api.templates.model.Template`, None if Meta has none
        :param datetime asked_at: our time before Meta was asked
        :rtype: collections.Counter
        """
        self.ensure_one()
        counts = self.env["wa.account"]._no_changes()
        self.needs_sync = False
        if found:
            counts[self._store_found(found, asked_at)] += 1
        elif self.uid and self._is_removable(asked_at):
            self._mark_removed()
            counts["removed"] += 1
        else:
            counts["missing"] += 1
        return counts

    def _want_sync(self):
        """Have these read from Meta soon, outside of this transaction."""
        # sudo: wa.template, ir.cron - whoever learns that news is missing only asks for it
        fresh = self.sudo().filtered(lambda template: not template.needs_sync)
        if fresh:
            fresh.needs_sync = True
            fresh.env.ref("whatsapp_helpdesk.ir_cron_wa_templates")._trigger()
        if self.env["wa.account"]._work_after_commit():
            background.wake_after_commit(self.env, template_sync.run)

    @api.model
    def _find_at_account(self, account, uid, name, language):
        """Return the variant with Meta's id, and the living one with that name and language."""
        rows = (
            self.with_context(active_test=False)
            .search(
                [
                    ("account_id", "=", account.id),
                    "|",
                    "&",
                    ("name", "=", name),
                    ("language", "=", language),
                    ("uid", "=", uid or False),
                ]
            )
            .with_env(self.env)
        )
        living = rows.filtered(lambda t: t.status != "deleted")
        named = living.filtered(lambda t: (t.name, t.language) == (name, language))[:1]
        same_uid = rows.filtered(lambda t: uid and t.uid == uid).sorted(lambda t: t not in living)
        return same_uid[:1]._or_living(named), named

    def _by_uid_and_name(self):
        """Return these variants by Meta's id, and the living ones by name and language.

        :rtype: tuple[dict, dict]
        """
        living = self.filtered(lambda t: t.status != "deleted")
        by_uid = {t.uid: t for t in (*(self - living), *living) if t.uid}
        return by_uid, {(t.name, t.language): t for t in living}

    def _or_living(self, named):
        """Return this variant, unless it is deleted and a living one has its name."""
        return named.browse() if named and self.status == "deleted" else self

    @api.model
    def _create_found(self, account, theirs, asked_at):
        """Create the row of a template that is new here."""
        # A deleted variant with this name counts as deleted only when the database knows.
        self.flush_model(["status"])
        quietly = self.with_context(mail_create_nolog=True, mail_create_nosubscribe=True)
        template = quietly.create(
            {
                "account_id": account.id,
                "name": theirs.name,
                "language": theirs.language,
                "category": theirs.category,
                "uid": theirs.uid,
            }
            # Called on those that are here: their buttons are not to be replaced by these.
            | self.browse()._values_of_meta(theirs)
        )
        template._note_same(theirs)
        template._store_facts(theirs, asked_at, tell=False)
        return template

    def _store_found(self, theirs, asked_at):
        """Take over what Meta has of this variant.

        :return: ``unchanged``, ``changed`` or ``conflict``
        :rtype: str
        """
        self.ensure_one()
        template = self._in_company_language()
        if template.uid and theirs.uid != template.uid:
            template._message_log(body=self.env._("It was deleted and made anew at Meta."))
        is_late = self._is_later(self.submitted_at, asked_at)
        change = "unchanged" if is_late else template._compare_with(theirs)
        if template._store_facts(theirs, asked_at) and change == "unchanged":
            change = "changed"
        return change

    def _store_facts(self, theirs, asked_at, *, tell=True):
        """Take over status, quality and category, unless news came since Meta was asked.

        :return: whether something changed
        :rtype: bool
        """
        self.ensure_one()
        before = (self.status, self.quality, self.category, self.uid)
        self.write({"uid": theirs.uid, "synced_at": asked_at, "needs_sync": False})
        if not self._has_news_since(asked_at):
            self._mark_category(theirs.category, tell=tell)
            if theirs.correct_category not in ("", theirs.category):
                self._announce_category(
                    theirs.correct_category, self.category_changes_at, tell=tell
                )
            self._mark_quality(theirs.quality, tell=tell)
            self._mark_status(theirs.status, code=theirs.rejected_reason, tell=tell)
        return before != (self.status, self.quality, self.category, self.uid)

    def _mark_removed(self):
        template = self._in_company_language()
        template._mark_status("deleted", template.env._("Meta does not list it any more."))

    def _is_removable(self, asked_at):
        """Tell whether it is gone if Meta did not list it.

        What is being deleted is not listed either, until the news comes that it is gone.
        """
        self.ensure_one()
        if self.status == "pending_deletion":
            return bool(self.news_at) and self.news_at < asked_at - _DELETION_TAKES
        return self.status not in ("draft", "deleted") and not self._has_news_since(asked_at)

    def _has_news_since(self, asked_at):
        self.ensure_one()
        return self._is_later(self.news_at, asked_at) or self._is_later(self.submitted_at, asked_at)

    @api.model
    def _is_later(self, moment, than):
        return bool(moment and moment > than)
