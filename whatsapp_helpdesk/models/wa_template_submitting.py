import dataclasses

from odoo import fields, models
from odoo.exceptions import UserError

from ..cloud_api import errors
from ..cloud_api.templates import calls, editing, model, write
from ..work import background, drain
from .wa_checks import Check

_EXISTS = 2388024
_ADDRESS = ("http://", "https://")
# News of what is being submitted waits in the journal for so long
_NEWS_WAITS_SECONDS = 8.0
# After these the next template would fail the same way
_HOPELESS = (errors.AuthError, errors.RateLimited, errors.TransientError)


class WaTemplateSubmitting(models.AbstractModel):
    """Giving templates to Meta: new ones and edits, within Meta's limits.

    What Meta does cannot be rolled back. So the row is locked first, and a template that Meta turns
    out to have already, because an answer was lost, is taken as submitted if it is the same.
    Source: Meta Cloud API: message_templates.
    """

    _name = "wa.template.submitting"
    _description = "WhatsApp Template Submitting"

    edited_at = fields.Json(
        readonly=True, copy=False, help="When it was edited while it was approved; Meta counts."
    )

    # === ACTION METHODS === #

    def action_submit(self, submit_anyway=False):
        """Give these templates to Meta for review; several at once, each with its result.

        :param bool submit_anyway: although Meta may object to something; errors always stop it
        :raise UserError: for a single one, with what is wrong
        """
        self.check_access("write")
        anyway = submit_anyway or bool(self.env.context.get("submit_anyway"))
        if len(self) != 1:
            return self._show_submitted(self._submit_all(anyway))
        if problems := self._submit_problems("error"):
            raise UserError("\n\n".join(problems))
        if not anyway and self._submit_problems("warning"):
            return self._show_submitted(self._submit_all(False))
        check = self._submit_one()
        if check.level != "ok":
            return self._show_submitted([(self, check)])
        return self._notify_submitted(check.text)

    def _notify_submitted(self, text):
        action = self.account_id._notify(text)
        action["params"]["next"] = {"type": "ir.actions.client", "tag": "soft_reload"}
        return action

    def _show_submitted(self, results):
        """Return the dialog with what became of each template.

        :param list results: of `_submit_all`
        """
        return self.env["wa.template.submit"]._show(results)

    # === BUSINESS METHODS === #

    def _submit_all(self, anyway):
        """Submit one after the other; what is wrong with one does not keep back the others.

        :param bool anyway: although Meta may object to something
        :return: each template with its `Check`
        :rtype: list[tuple[wa.template, Check]]
        """
        results, hopeless = [], ""
        for template in self:
            if hopeless:
                check = Check("danger", "", hopeless)
            elif problems := template._submit_problems("error"):
                check = Check("danger", "", "\n".join(problems))
            elif not anyway and (problems := template._submit_problems("warning")):
                check = Check("warning", "", "\n".join(problems))
            else:
                try:
                    check = template._submit_one()
                except UserError as error:
                    check = Check("danger", "", str(error))
                    hopeless = str(error) if isinstance(error.__cause__, _HOPELESS) else ""
            results.append((template, check._replace(title=template.display_name)))
        return results

    def _submit_problems(self, level):
        """Return the sentences of the findings of a level.

        :param str level: error or warning
        :rtype: list[str]
        """
        self.ensure_one()
        return [
            " ".join(filter(None, (f"{found['part']}:", found["text"], found["advice"])))
            if found["part"]
            else " ".join(filter(None, (found["text"], found["advice"])))
            for found in self._findings()
            if found["level"] == level
        ]

    def _submit_one(self):
        """Create this template at Meta, or edit the one that is there.

        :return: ``ok``, or ``warning`` if something has to be decided first
        :rtype: Check
        :raise UserError: with what is in the way, or Meta's reason
        """
        self.ensure_one()
        self._check_lock()
        self._check_submittable()
        is_new = not self.uid or self.status == "deleted"
        # sudo: wa.account - credentials; the caller may write templates
        with self.account_id.sudo()._connected() as client:
            try:
                sent = self._with_sample(client)
                return self._create_at_meta(client, sent) if is_new else self._edit(client, sent)
            except errors.CloudApiError as error:
                raise UserError(self._explain_refusal(error)) from error

    def _check_submittable(self):
        """Raise a `UserError` unless Meta takes this now, as far as we can tell."""
        if self.has_conflict:
            raise UserError(
                self.env._(
                    "“%s” was changed here and at Meta: choose a version first.", self.display_name
                )
            )
        if not self.uid or self.status == "deleted":
            return
        allowance = self._edit_allowance()
        if not allowance.is_allowed:
            raise UserError(self._words_of_allowance(allowance))
        is_fixed = self.status == "approved" and self.meta_category not in (False, self.category)
        if is_fixed:
            raise UserError(
                self.env._(
                    "The category of an approved template cannot be changed: make a new template."
                )
            )
        if self.status != "rejected" and not self._is_changed():
            raise UserError(self.env._("Meta has “%s” exactly so.", self.display_name))

    def _is_changed(self):
        sample = self.header_sample_id
        is_new_file = sample and self.submitted_at and sample.create_date > self.submitted_at
        return (
            self.has_local_edits
            or is_new_file
            or self.meta_category
            not in (
                False,
                self.category,
            )
        )

    def _edit_allowance(self):
        """Tell whether Meta takes an edit now.

        :rtype: cloud_api.templates.editing.EditAllowance
        """
        self.ensure_one()
        edited = map(fields.Datetime.to_datetime, self.edited_at or [])
        return editing.edit_allowance(self.status, edited, fields.Datetime.now())

    def _with_sample(self, client):
        """Return this template as `cloud_api` knows it, its example file uploaded.

        Addresses that Meta shows of earlier files are no good for submitting.
        """
        template = self._to_template()
        headers = [card.header for card in template.cards if card.header]
        if any(header.media_sample.startswith(_ADDRESS) for header in headers):
            raise UserError(
                self.env._("Pictures of cards can only be submitted in Meta's WhatsApp Manager.")
            )
        header = template.header
        if header is None or header.format not in model.MEDIA_HEADERS:
            return template
        handle = self._upload_sample(client, header.format)
        parts = tuple(
            dataclasses.replace(part, media_sample=handle) if part is header else part
            for part in template.components
        )
        return dataclasses.replace(template, components=parts)

    def _upload_sample(self, client, header_format):
        # sudo: ir.attachment - the example file of a template that the user may write
        sample = self.header_sample_id.sudo()
        if not sample:
            raise UserError(
                self.env._(
                    "Choose an example file for the header: Meta wants one with every submission."
                )
            )
        if calls.SAMPLE_KINDS.get(sample.mimetype) != header_format:
            raise UserError(
                self.env._(
                    "The example file “%s” does not fit the header: it has to be a JPEG or PNG "
                    "picture, an MP4 video or a PDF document, as the header says.",
                    sample.name,
                )
            )
        # sudo: wa.account - the id of the app
        app_uid = self.account_id.sudo().app_uid or ""
        return client.upload_sample(app_uid, sample.raw, sample.mimetype, sample.name)

    # === CREATE === #

    def _create_at_meta(self, client, sent):
        """Create; after a lost answer, or when it exists, look at what is there.

        :param cloud_api.templates.model.Template sent: what is submitted
        :rtype: Check
        """
        waba_uid = self.account_id.waba_uid
        asked_at = fields.Datetime.now()
        try:
            created = client.create_template(waba_uid, write.create_payload(sent))
        except (errors.OutcomeUnknown, errors.TemplateError) as error:
            is_there = isinstance(error, errors.OutcomeUnknown) or error.subcode == _EXISTS
            found = is_there and client.template_named(waba_uid, self.name, self.language)
            if not found:
                raise
            if write.content_digest(found) != write.content_digest(sent):
                self._store_found(found, asked_at)
                return Check("warning", self.display_name, self._words_of_existing())
            created = calls.CreatedTemplate(found.uid, found.status, found.category)
        return self._note_submitted(sent, created.uid, created.status, created.category)

    def _note_submitted(self, sent, uid, status, category):
        """Write down what Meta has now, and wait for its decision."""
        before = self.category
        self.write(
            {
                "uid": uid,
                "active": True,
                "components": write.components_json(sent),
                "digest": write.content_digest(sent),
                "submitted_by_id": self.env.uid,
                "submitted_at": fields.Datetime.now(),
                "meta_category": before,
            }
        )
        self.kept_digest = self._content_digest()
        self._mark_status(status, tell=False)
        self._mark_category(category, tell=False)
        db_name = self.env.cr.dbname
        self.env.cr.postcommit.add(
            lambda: background.wake_later(db_name, drain.run, _NEWS_WAITS_SECONDS)
        )
        if self.category != before:
            return Check("ok", self.display_name, " ".join(self._words_of_category(before)))
        return Check("ok", self.display_name, self._words_of_submitted())

    # === EDIT === #

    def _edit(self, client, sent):
        """Change the template at Meta; it goes back into review.

        :param cloud_api.templates.model.Template sent: what is submitted
        :rtype: Check
        """
        was_approved = self.status == "approved"
        current = dataclasses.replace(sent, category=self.meta_category or self.category)
        try:
            client.edit_template(self.uid, write.edit_payload(sent, current))
        except errors.OutcomeUnknown:
            found = client.template_or_none(self.uid)
            if not found or write.content_digest(found) != write.content_digest(sent):
                raise
        if was_approved:
            now = fields.Datetime.to_string(fields.Datetime.now())
            self.edited_at = [*(self.edited_at or []), now][-editing.EDITS_PER_MONTH :]
        return self._note_submitted(sent, self.uid, "pending", self.category)
