from datetime import timedelta

from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError

from ..cloud_api.templates import stored

MOST_RECORDS = 2000
"""In one list. More is a campaign, which Meta counts and limits per day."""


class WaTemplateBatch(models.Model):
    """A template for many records: what each of them will get, and what became of it.

    Rows are checked when the list is made, and again when they are sent. Everything happens with
    the rights of who made the list.
    """

    _name = "wa.template.batch"
    _inherit = ["wa.template.batch.sending"]
    _description = "WhatsApp Template to Many"
    _order = "id desc"

    template_id = fields.Many2one("wa.template", required=True, readonly=True, ondelete="cascade")
    name = fields.Char(related="template_id.name", related_sudo=True)
    wa_channel_id = fields.Many2one(
        "wa.channel", "From", required=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="wa_channel_id.company_id", store=True, index=True)
    user_id = fields.Many2one("res.users", "By", required=True, readonly=True, ondelete="cascade")
    res_model = fields.Char(required=True, readonly=True)
    texts = fields.Json(readonly=True, help="By the keys of the variables that were asked for.")
    file_id = fields.Many2one("ir.attachment", readonly=True, ondelete="restrict")
    state = fields.Selection(
        [("checked", "Checked"), ("sending", "Sending"), ("done", "Done")],
        default="checked",
        required=True,
        readonly=True,
        index=True,
    )
    line_ids = fields.One2many("wa.template.batch.line", "batch_id", readonly=True)
    record_count = fields.Integer("Records", compute="_compute_counts")
    ready_count = fields.Integer("Ready", compute="_compute_counts")
    problem_count = fields.Integer("With Problems", compute="_compute_counts")
    sent_count = fields.Integer("Sent", compute="_compute_counts")
    failed_count = fields.Integer("Not Sent", compute="_compute_counts")
    progress = fields.Integer(compute="_compute_counts", help="In percent.")

    summary = fields.Char(compute="_compute_summary")

    # === COMPUTE METHODS === #

    @api.depends("line_ids.state")
    def _compute_counts(self):
        groups = self.env["wa.template.batch.line"]._read_group(
            [("batch_id", "in", self.ids)], ["batch_id", "state"], ["__count"]
        )
        counts = {(batch.id, state): count for batch, state, count in groups}
        for batch in self:
            ready, problem, sent, failed = (
                counts.get((batch.id, state), 0) for state in ("ready", "problem", "sent", "failed")
            )
            batch.ready_count, batch.problem_count = ready, problem
            batch.sent_count, batch.failed_count = sent, failed
            batch.record_count = ready + problem + sent + failed
            to_send = ready + sent + failed
            batch.progress = 100 * (sent + failed) // to_send if to_send else 0

    @api.depends("state", "line_ids.state")
    @api.depends_context("lang")
    def _compute_summary(self):
        for batch in self:
            counts = {
                "failed": batch.failed_count,
                "problem": batch.problem_count,
                "ready": batch.ready_count,
                "sent": batch.sent_count,
            }
            if batch.state == "checked":
                text = self.env._(
                    "%(ready)s ready, %(problem)s with problems. Nothing has been sent yet.",
                    **counts,
                )
            elif batch.state == "sending":
                text = self.env._(
                    "On the way in the background: %(sent)s sent, %(ready)s to go. You can close "
                    "this page; a message tells you when it is done.",
                    **counts,
                )
            else:
                text = self.env._(
                    "%(sent)s sent, %(failed)s not sent, %(problem)s left out because of problems.",
                    **counts,
                )
            batch.summary = text

    # === ACTION METHODS === #

    def action_send(self):
        """Send to everybody who is ready, each record once however often this is pressed.

        Long lists are sent in the background, slice by slice.

        :raise AccessError: for a list of somebody else
        """
        self.ensure_one()
        self._check_own()
        # Of two presses at once, the second finds it locked, or sent.
        # sudo: wa.template.batch - nobody writes them by hand
        if self.sudo().try_lock_for_update() and self.state == "checked":
            self._start()

    def action_stop(self):
        """Leave out what has not been sent yet.

        :raise AccessError: for a list of somebody else
        """
        self.ensure_one()
        self._check_own()
        if self.state != "done":
            self._stop(self.env._("You stopped it before."))

    def action_open_failed(self):
        """List the records that got nothing, to put them right and send again."""
        self.ensure_one()
        left = self.line_ids.filtered(lambda line: line.state in ("problem", "failed"))
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Without a message"),
            "res_model": self.res_model,
            "views": [(False, "list"), (False, "form")],
            "domain": [("id", "in", left.mapped("res_id"))],
        }

    # === BUSINESS METHODS === #

    @api.autovacuum
    def _gc_checked(self):
        """Forget lists that were looked at and never sent."""
        old = fields.Datetime.now() - timedelta(days=1)
        self.search([("state", "=", "checked"), ("create_date", "<", old)]).unlink()

    @api.model
    def _make(self, template, wa_channel, records, texts, upload):
        """Make a list of what each record will get, and what is in the way.

        :param template: `wa.template` in whatever language; each customer gets the own variant
        :param wa_channel: `wa.channel`
        :param records: of a model whose records have a customer
        :param dict texts: by the keys of variables
        :param upload: see `wa.template.filling`
        :rtype: wa.template.batch
        :raise UserError: if there are too many
        """
        if len(records) > MOST_RECORDS:
            raise UserError(
                self.env._(
                    "These are %(count)s records. Choose %(most)s at most.",
                    count=len(records),
                    most=MOST_RECORDS,
                )
            )
        rows = self._prepare_rows(template, wa_channel, records, texts, upload)
        # sudo: wa.template.batch - made here only, for the current user
        batch = self.sudo().create(
            {
                "template_id": template.id,
                "wa_channel_id": wa_channel.id,
                "user_id": self.env.uid,
                "res_model": records._name,
                "texts": stored.values_json(texts),
                "line_ids": [Command.create(row) for row in rows],
            }
        )
        if upload:
            batch.file_id = batch.env["ir.attachment"].create(
                {
                    "name": upload.name,
                    "raw": upload.raw,
                    "res_model": batch._name,
                    "res_id": batch.id,
                }
            )
        return batch.sudo(False).with_env(self.env)

    @api.model
    def _prepare_rows(self, template, wa_channel, records, texts, upload):
        """Yield the values of the row of each record, checked as it will be when it is sent."""
        templates = self.env["wa.template"]
        variants = templates._usable(wa_channel, [records._name], name=template.name)
        readable = records.exists()._filtered_access("read")
        customers = {record: templates._customer_of(record) for record in readable}
        partners = self.env["res.partner"].union(*customers.values())
        conversations = self.env["wa.conversation"]._prospects_of(partners, wa_channel)
        for record in records:
            partner = customers.get(record, partners.browse())
            conversation = conversations.get(partner)
            languages = self.env["wa.conversation"]._languages_of(partner, wa_channel.company_id)
            variant, _why = variants._choose(*languages)
            problems = self._problems_of(record in readable, record, partner, conversation, variant)
            if not problems:
                _values, problems = variant._fill_in(record, texts, upload)
            yield {
                "res_id": record.id,
                "name": record.display_name if record in readable else str(record.id),
                "partner_id": partner.id,
                "template_id": variant.id,
                "state": "problem" if problems else "ready",
                "reason": "\n".join(problems),
            }

    @api.model
    def _problems_of(self, is_readable, record, partner, conversation, variant):
        """Return why nothing can be sent to the customer of a record, whatever the text says."""
        if not is_readable:
            return [self.env._("You may not read this record.")]
        if not partner:
            return [self.env._("There is no customer to write to.")]
        if not conversation:
            return [
                self.env._(
                    "You may not write to %(customer)s from this number.",
                    customer=partner.display_name,
                )
            ]
        company = record["company_id"] if "company_id" in record._fields else None
        if company and company != conversation.company_id:
            return [self.env._("It belongs to another company than the number.")]
        if not variant:
            return [self.env._("The template cannot be sent from this number any more.")]
        try:
            conversation._check_can_take_template(variant)
            if not conversation.contact_id:
                conversation._number_of(partner)
        except UserError as error:
            return [str(error)]
        return []

    def _check_own(self):
        if self.user_id != self.env.user:
            raise AccessError(
                self.env._("%(user)s made this list and sends it.", user=self.user_id.name)
            )


class WaTemplateBatchLine(models.Model):
    """One record of a list, and what became of its message."""

    _name = "wa.template.batch.line"
    _description = "WhatsApp Template to Many, Record"
    # By alphabet what failed or cannot be sent comes first.
    _order = "batch_id desc, state, id"

    batch_id = fields.Many2one("wa.template.batch", required=True, ondelete="cascade", index=True)
    res_model = fields.Char(related="batch_id.res_model", related_sudo=True)
    res_id = fields.Many2oneReference("Record ID", model_field="res_model", readonly=True)
    name = fields.Char("Record", readonly=True)
    partner_id = fields.Many2one("res.partner", "Customer", readonly=True, ondelete="set null")
    template_id = fields.Many2one("wa.template", "Variant", readonly=True, ondelete="set null")
    state = fields.Selection(
        [
            ("ready", "Ready"),
            ("problem", "Problem"),
            ("sent", "Sent"),
            ("failed", "Not Sent"),
        ],
        required=True,
        readonly=True,
    )
    reason = fields.Text(readonly=True)
    wa_message_id = fields.Many2one("wa.message", readonly=True, ondelete="set null")
    delivery = fields.Selection(related="wa_message_id.state", string="Delivery", related_sudo=True)

    _one_per_record = models.UniqueIndex("(batch_id, res_id)", "A list has each record once.")

    # === ACTION METHODS === #

    def action_open(self):
        """Open the record."""
        self.ensure_one()
        return self.env[self.res_model].browse(self.res_id).get_formview_action()
