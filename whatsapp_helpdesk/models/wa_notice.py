import hashlib
import json

from odoo import api, fields, models


class WaNotice(models.Model):
    """What Meta says of an account or a number, in plain words, for the managers."""

    _name = "wa.notice"
    _inherit = ["wa.notice.words", "mail.thread", "mail.activity.mixin"]
    _description = "WhatsApp Notice"
    _order = "occurred_at desc, id desc"
    _rec_name = "kind"

    account_id = fields.Many2one(
        "wa.account", required=True, readonly=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="account_id.company_id", store=True, index=True)
    wa_channel_id = fields.Many2one(
        "wa.channel", "Number", readonly=True, ondelete="cascade", index="btree_not_null"
    )
    field = fields.Char("Webhook Field", readonly=True, help="Meta's word.")
    kind = fields.Char(required=True, readonly=True, help="What happened, see `account_news`.")
    severity = fields.Selection(
        [("info", "Information"), ("warning", "Warning"), ("danger", "Urgent")],
        required=True,
        readonly=True,
        default="info",
    )
    facts = fields.Json(readonly=True, help="What Meta said of it.")
    raw = fields.Text("As Received", readonly=True)
    title = fields.Char(compute="_compute_words")
    details = fields.Text("Meaning and What to Do", compute="_compute_words")
    occurred_at = fields.Datetime("Time", required=True, readonly=True, help="WhatsApp's time.")
    is_done = fields.Boolean("Done", readonly=True)
    digest = fields.Char(required=True, readonly=True, copy=False)

    _digest_unique = models.UniqueIndex("(account_id, digest)", "This notice is known already.")
    _open_idx = models.Index("(company_id, occurred_at DESC) WHERE is_done IS NOT TRUE")

    # === COMPUTE METHODS === #

    @api.depends("kind", "facts")
    @api.depends_context("lang")
    def _compute_words(self):
        for notice in self:
            notice.title, notice.details = notice._words()

    @api.depends("title")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for notice in self:
            notice.display_name = notice.title

    # === ACTION METHODS === #

    def action_mark_done(self):
        """Say that nothing more needs to be done about these notices."""
        self.check_access("read")
        # sudo: wa.notice - who may read it manages the numbers; nobody has a right to write
        notices = self.sudo()
        notices.is_done = True
        notices.activity_ids.unlink()

    def action_reopen(self):
        """Put notices back among those that want attention."""
        self.check_access("read")
        # sudo: wa.notice - as above
        self.sudo().is_done = False

    # === BUSINESS METHODS === #

    @api.model
    def _digest_of(self, *parts):
        """Return the key by which a repetition of the same news is recognised.

        :param parts: JSON values that are the same in every repetition
        """
        text = json.dumps(parts, sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()

    @api.model
    def _take_down(self, vals_list):
        """Create notices, those that are not known yet, and tell the managers of urgent ones.

        :param list[dict] vals_list: with `account_id` and `digest`
        :return: the new ones
        """
        keys = {(values["account_id"], values["digest"]): values for values in vals_list}
        known = self.search_fetch([("digest", "in", [digest for _account, digest in keys])])
        for notice in known:
            keys.pop((notice.account_id.id, notice.digest), None)
        quietly = self.with_context(mail_create_nolog=True, mail_create_nosubscribe=True)
        notices = quietly.create(list(keys.values())).with_env(self.env)
        for notice in notices.filtered(lambda notice: notice.severity == "danger"):
            notice._alarm_managers()
        return notices

    def _alarm_managers(self):
        """Give everybody who can do something about it an activity, in their language."""
        self.ensure_one()
        for user in self.account_id._administrators():
            # The activity shows up in the user's list; no e-mail leaves from here, where a slow
            # mail server would hold up customers' messages.
            notice = self.with_context(lang=user.lang, mail_activity_quick_update=True)
            notice.activity_schedule(
                "mail.mail_activity_data_warning", summary=notice.title, user_id=user.id
            )

    def _is_newest(self):
        """Tell whether no later news of the same field and number is known: webhooks come late."""
        self.ensure_one()
        return not self.search_count(
            [
                ("account_id", "=", self.account_id.id),
                ("wa_channel_id", "=", self.wa_channel_id.id),
                ("field", "=", self.field),
                ("occurred_at", ">", self.occurred_at),
            ],
            limit=1,
        )
