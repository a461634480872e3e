from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

_CLOCKS_DIFFER = timedelta(minutes=2)
_SEEN_BY_CUSTOMERS = ("approved", "paused", "disabled")


class WaTemplateStatus(models.AbstractModel):
    """Status, quality and category at Meta: each changes in one place, and only to newer news.

    News come late and in any order, so the times of Meta's are kept. They are compared with each
    other; with times of ours only roughly, because clocks differ.
    """

    _name = "wa.template.status"
    _description = "WhatsApp Template Status"

    status_reason = fields.Text(
        readonly=True, copy=False, help="Why it has its status, in Meta's words."
    )
    status_at = fields.Datetime("Status Since", readonly=True, copy=False, help="WhatsApp's time.")
    quality_at = fields.Datetime(readonly=True, copy=False, help="WhatsApp's time.")
    category_at = fields.Datetime(readonly=True, copy=False, help="WhatsApp's time.")
    news_at = fields.Datetime(
        readonly=True, copy=False, help="When news of Meta's were last written down here."
    )
    was_approved = fields.Boolean(
        readonly=True, copy=False, help="Customers may have seen it, so its name stays taken."
    )
    meta_category = fields.Char("Category at Meta", readonly=True, copy=False)
    correct_category = fields.Char(
        "Category That Meta Thinks Right", readonly=True, copy=False, help="Meta's word."
    )
    category_changes_at = fields.Datetime(readonly=True, copy=False)

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        """Override: the status is Meta's, see `_mark_status`."""
        if any(vals.get("status", "draft") != "draft" for vals in vals_list):
            self._check_speaks_for_meta()
        return super().create(vals_list)

    def write(self, vals):
        """Override: the status is Meta's, see `_mark_status`."""
        if "status" in vals:
            self._check_speaks_for_meta()
        return super().write(vals)

    def _check_speaks_for_meta(self):
        if not self.env.su:
            raise AccessError(
                self.env._("Only Meta decides on the status of a template: submit it.")
            )

    def _lock(self):
        """Keep others from changing these until the end of the transaction; never waits.

        What is asked of Meta cannot be asked twice, so a call begins with this.

        :return: whether nobody else works on them
        :rtype: bool
        """
        self.env.cr.execute(
            SQL(
                "SELECT id FROM wa_template WHERE id IN %s FOR NO KEY UPDATE SKIP LOCKED",
                tuple(self.ids),
            ),
            log_exceptions=False,  # a conflict, after which everything is done again
        )
        return self.env.cr.rowcount == len(self)

    def _check_lock(self):
        """Raise a `UserError` if somebody else works on these now; see `_lock`."""
        if not self._lock():
            raise UserError(
                self.env._(
                    "Somebody else is changing “%s” at this moment.",
                    ", ".join(self.mapped("display_name")),
                )
            )

    # === STATUS === #

    def _mark_status(self, status, reason="", *, code="", at=None, tell=True):
        """Write down a status, unless newer news is known: the one place where it changes.

        :param str status: one of `cloud_api.templates.model.STATUSES`
        :param str reason: why, in words of Meta's
        :param str code: Meta's word for a rejection
        :param datetime at: WhatsApp's time of the news, naive UTC; None: it is so now
        :param bool tell: whether author and managers are to hear of it
        :return: the templates whose status changed
        """
        changed = self.browse()
        # sudo: wa.template - facts from Meta, whoever learns of them
        for template in self.sudo():
            if at and template._knows_newer(template.status_at, at, status):
                continue
            values = {"status_at": at} if at else {}
            if reason or status != template.status:
                values["status_reason"] = reason or False
            if code or status != template.status:
                values["rejected_reason"] = code or False
            if status != template.status:
                values |= template._prepare_status_values(status)
                changed |= template
            template._write_news(values)
        if tell:
            for template in changed:
                template._tell_of_status()
        return changed.with_env(self.env)

    def _prepare_status_values(self, status):
        values = {"status": status}
        if status in _SEEN_BY_CUSTOMERS:
            values["was_approved"] = True
        if "deleted" in (status, self.status):
            values["active"] = status != "deleted"
        return values

    def _knows_newer(self, known_at, at, status=""):
        """Tell whether news of a certain time is older than what is known.

        :param datetime known_at: WhatsApp's time of the last news of the same kind
        :param datetime at: of this one
        :param str status: that it tells; a review never follows what it led to
        """
        if known_at and (at < known_at or (at == known_at and status == "pending")):
            return True
        ours = max(filter(None, (self.synced_at, self.submitted_at)), default=None)
        return bool(ours and at < ours - _CLOCKS_DIFFER)

    def _write_news(self, values):
        """Write values that changed; ``news_at`` tells a synchronisation that it is late."""
        self.ensure_one()
        values = {name: value for name, value in values.items() if self[name] != value}
        if values:
            self.write(values | {"news_at": fields.Datetime.now()})
            # open forms ask for what is new, and are checked again
            self._bus_send("whatsapp_helpdesk/template_changed", {"template_id": self.id})
        return bool(values)

    # === QUALITY AND CATEGORY === #

    def _mark_quality(self, quality, *, at=None, tell=True):
        """Write down how customers take the template, unless newer news is known.

        :param str quality: one of `cloud_api.templates.model.QUALITIES`
        :param datetime at: WhatsApp's time of the news; None: it is so now
        :param bool tell: whether author and managers are to hear of bad quality
        """
        # sudo: wa.template - facts from Meta, whoever learns of them
        for template in self.sudo():
            if at and template._knows_newer(template.quality_at, at):
                continue
            changed = quality != template.quality
            template._write_news({"quality": quality} | ({"quality_at": at} if at else {}))
            if changed and tell:
                template._tell_of_quality()

    def _mark_category(self, category, *, at=None, tell=True):
        """Write down the category that Meta put the template into, unless newer news is known.

        :param str category: one of `cloud_api.templates.model.CATEGORIES`
        :param datetime at: WhatsApp's time of the news; None: it is so now
        :param bool tell: whether author and managers are to hear of it
        """
        # sudo: wa.template - facts from Meta, whoever learns of them
        for template in self.sudo():
            if at and template._knows_newer(template.category_at, at):
                continue
            before = template.meta_category or template.category
            values = {"meta_category": category} | ({"category_at": at} if at else {})
            if category != before or template.category == template.meta_category:
                values["category"] = category
            if category == template.correct_category:
                values |= {"correct_category": False, "category_changes_at": False}
            template._write_news(values)
            if category != before and tell:
                template._tell_of_category(before)

    def _announce_category(self, category, changes_at, *, at=None, tell=True):
        """Write down which category Meta thinks right, and when it will put the template there.

        :param str category: one of `cloud_api.templates.model.CATEGORIES`
        :param datetime changes_at: None if Meta only says so
        """
        # sudo: wa.template - facts from Meta, whoever learns of them
        for template in self.sudo():
            if at and template._knows_newer(template.category_at, at):
                continue
            values = {"correct_category": category, "category_changes_at": changes_at or False}
            if category != template.category and template._write_news(values) and tell:
                template._tell_of_announced_category()
