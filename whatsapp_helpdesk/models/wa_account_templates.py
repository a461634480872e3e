from collections import Counter
from datetime import timedelta

from odoo import api, fields, models

from ..cloud_api import errors
from ..work import background, template_sync

_FRESH = timedelta(hours=12)


class WaAccountTemplates(models.AbstractModel):
    """Synchronising all templates of an account with Meta."""

    _name = "wa.account.templates"
    _description = "WhatsApp Account's Templates"

    templates_synced_at = fields.Datetime("Templates Read At", readonly=True, copy=False)
    templates_problem = fields.Char(
        "Problem with Templates", readonly=True, copy=False, help="Why they could not be read."
    )

    # === ACTION METHODS === #

    def action_sync_templates(self):
        """Read all templates from Meta and say what changed."""
        self.check_access("read")
        self.env["wa.template"].check_access("write")
        counts = self._no_changes()
        for account in self:
            counts += account._sync_templates()
        return self._notify_of_sync(counts)

    def _notify_of_sync(self, counts):
        """Return the notification of what a synchronisation found."""
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if counts["conflict"] else "success",
                "title": self.env._("Templates"),
                "message": self._describe_sync(counts),
                "sticky": bool(counts["conflict"]),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    @api.model
    def _describe_sync(self, counts):
        """Return in a sentence what a synchronisation found.

        :param Counter counts: see `_store_templates`
        """
        words = {
            "added": self.env._("%s added", counts["added"]),
            "changed": self.env._("%s changed", counts["changed"]),
            "removed": self.env._("%s removed", counts["removed"]),
            "conflict": self.env._("%s changed here and at Meta", counts["conflict"]),
            "missing": self.env._("%s not at Meta", counts["missing"]),
            "unchanged": self.env._("%s unchanged", counts["unchanged"]),
        }
        told = [text for kind, text in words.items() if counts[kind]]
        return ", ".join(told) or self.env._("Meta has no templates.")

    # === BUSINESS METHODS === #

    @api.model
    def _no_changes(self):
        return Counter()

    def _sync_templates(self):
        """Read all templates of this account from Meta, for a user who waits.

        :return: see `_store_templates`
        :raise UserError: with what is wrong with the access
        """
        self.ensure_one()
        asked_at = fields.Datetime.now()
        found = self._ask_meta(lambda client: client.templates(self.waba_uid))
        return self._store_templates(found, asked_at)

    def _store_templates(self, found, asked_at):
        """Take over all templates of an account.

        :param list found: `cloud_api.templates.model.Template`, all that Meta lists
        :param datetime asked_at: our time before Meta was asked
        :return: how many were ``added``, ``changed``, ``removed``, in ``conflict``, ``unchanged``
        :rtype: Counter
        """
        self.ensure_one()
        counts, seen = self._no_changes(), set()
        known = self.env["wa.template"].with_context(active_test=False)
        known = known.search([("account_id", "=", self.id)]).with_env(self.env)
        by_uid, by_name = known._by_uid_and_name()
        for theirs in found:
            if not (theirs.uid and theirs.name and theirs.language):
                continue
            named = by_name.get((theirs.name, theirs.language), known.browse())
            same_uid = by_uid.get(theirs.uid, known.browse())
            template = same_uid._or_living(named) or named
            if template:
                seen.add(template.id)
                counts[template._store_found(theirs, asked_at)] += 1
            else:
                known._create_found(self, theirs, asked_at)
                counts["added"] += 1
        for template in known:
            if template.id not in seen and template.uid and template._is_removable(asked_at):
                template._mark_removed()
                counts["removed"] += 1
        # sudo: wa.account - who manages templates may not write accounts, this is only a time
        self.sudo().write({"templates_synced_at": asked_at, "templates_problem": False})
        return counts

    # === BACKGROUND === #

    @api.model
    def _cron_sync_templates(self):
        template_sync.run(self.env.registry)

    def _sync_templates_soon(self):
        """Have all templates read in the background, after this transaction."""
        self.write({"templates_synced_at": False})
        self.env.ref("whatsapp_helpdesk.ir_cron_wa_templates")._trigger()
        if self._work_after_commit():
            background.wake_after_commit(self.env, template_sync.run)

    @api.model
    def _prepare_template_sync(self):
        """Return what to ask of which account.

        :rtype: list[work.template_sync.Wanted]
        """
        single = self.env["wa.template"].search([("needs_sync", "=", True)])
        stale_at = fields.Datetime.now() - _FRESH
        return [
            template_sync.Wanted(
                account_id=account.id,
                connect=account._client_factory(),
                waba_uid=account.waba_uid,
                all_templates=not account.templates_synced_at
                or account.templates_synced_at < stale_at,
                templates=[
                    template._prepare_wanted()
                    for template in single
                    if template.account_id == account
                ],
            )
            for account in self.search([])
        ]

    @api.model
    def _store_template_sync(self, answer):
        """Take over what came back for one account.

        :param work.template_sync.Answered answer: what Meta said
        """
        account = self.browse(answer.account_id).exists()
        if not account:
            return
        account = account._in_company_language()
        if isinstance(answer.found, errors.CloudApiError):
            account.templates_problem = account._explain(answer.found)
        elif answer.found is not None:
            account._store_templates(answer.found, answer.asked_at)
        for template_id, found in answer.single.items():
            template = self.env["wa.template"].browse(template_id).exists()
            if template and not isinstance(found, errors.CloudApiError):
                template._store_one(found, answer.asked_at)
