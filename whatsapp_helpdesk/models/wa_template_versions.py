from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..cloud_api.templates import compare, read, slots, write
from .wa_template_content import CONTENT_PATHS


class WaTemplateVersions(models.AbstractModel):
    """What is edited here and what Meta has: neither is overwritten without being shown.

    `digest` is Meta's content as it was read or submitted last, `kept_digest` what it was in our
    columns at that moment. Content that differs from the latter was edited here since.
    """

    _name = "wa.template.versions"
    _description = "WhatsApp Template Versions"

    kept_digest = fields.Char(
        readonly=True, copy=False, help="Of the content when it was the same here and at Meta."
    )
    has_local_edits = fields.Boolean(
        "Changed Here",
        compute="_compute_has_local_edits",
        store=True,
        help="What is written here was not submitted yet, so Meta has another text.",
    )
    has_conflict = fields.Boolean(
        "Changed on Both Sides",
        readonly=True,
        copy=False,
        help="It was changed here and at Meta. Choose which version stays.",
    )
    meta_components = fields.Json(
        readonly=True, copy=False, help="What Meta has, while it was changed on both sides."
    )

    # === COMPUTE METHODS === #

    @api.depends(
        *CONTENT_PATHS,
        "kept_digest",
    )
    def _compute_has_local_edits(self):
        for template in self:
            template.has_local_edits = bool(
                template.kept_digest and template._content_digest() != template.kept_digest
            )

    # === ACTION METHODS === #

    def action_compare(self):
        """Open the dialog with both versions."""
        return self.env["wa.template.compare"]._open(self)

    def action_take_meta(self):
        """Give up what was edited here for what Meta has."""
        self.check_access("write")
        for template in self:
            if not template.uid:
                raise UserError(
                    self.env._("“%s” was never submitted, so Meta has nothing.", template.name)
                )
            template._take_content(template._at_meta(), log=True)

    def action_keep_ours(self):
        """Keep what was edited here; Meta has its own until this is submitted."""
        self.check_access("write")
        for template in self.filtered("has_conflict"):
            template.write(
                {
                    "has_conflict": False,
                    "meta_components": False,
                    "kept_digest": template.kept_digest or template.digest,
                }
            )
            template._message_log(
                body=self.env._("The version of Odoo was kept; submit it to change Meta's.")
            )

    # === BUSINESS METHODS === #

    def _content_digest(self):
        self.ensure_one()
        return write.content_digest(self._to_template())

    def _is_sendable(self):
        """Tell whether customers can get it: approved, and here is what Meta has."""
        self.ensure_one()
        return self.status == "approved" and not (self.has_local_edits or self.has_conflict)

    @api.model
    def _sendable_domain(self):
        """Return the domain of what `_is_sendable`."""
        return (
            Domain("status", "=", "approved")
            & Domain("has_local_edits", "=", False)
            & Domain("has_conflict", "=", False)
        )

    def _at_meta(self):
        """Return the content that Meta has.

        :rtype: cloud_api.templates.model.Template
        """
        self.ensure_one()
        return read.template(self.meta_components or {"components": self.components or []})

    def _differences(self):
        """Return what differs between this version and Meta's, parts named for people.

        :return: part, text here, text at Meta
        :rtype: list[tuple[str, str, str]]
        """
        self.ensure_one()
        found = compare.differences(self._to_template(), self._at_meta())
        return [(self._name_of_part(row.part), row.ours, row.theirs) for row in found]

    @api.model
    def _name_of_part(self, part):
        return self.env._("Examples and details") if part == "details" else self._part_name(part)

    def _compare_with(self, theirs):
        """Take over what Meta has, unless that would overwrite what was edited here.

        :param cloud_api.templates.model.Template theirs: as it was read
        :return: ``unchanged``, ``changed``, or ``conflict`` if it has to be decided
        :rtype: str
        """
        self.ensure_one()
        digest = write.content_digest(theirs)
        if digest == self.digest:
            self._refresh_files(theirs)
            return "conflict" if self.has_conflict else "unchanged"
        # What news made known before it was read has no text of ours.
        is_ours = self.has_local_edits or not (self.kept_digest or self.status == "unknown")
        if is_ours and self._content_digest() != digest:
            content = {
                "components": write.components_json(theirs),
                "parameter_format": theirs.parameter_format,
            }
            self.write({"digest": digest, "has_conflict": True, "meta_components": content})
            self._log_differences(
                self.env._("It was changed at Meta as well as here: choose a version."),
                compare.differences(self._to_template(), theirs),
            )
            return "conflict"
        self._take_content(theirs, log=True)
        return "changed"

    def _refresh_files(self, theirs):
        """Meta gives new addresses of the example files whenever it is asked."""
        components = write.components_json(theirs)
        if not (self.has_local_edits or self.has_conflict) and components != self.components:
            self.components = components

    def _take_content(self, theirs, *, log=False):
        """Make the content what Meta has.

        :param cloud_api.templates.model.Template theirs: as it was read
        :param bool log: whether the chatter shall say what changed
        """
        self.ensure_one()
        found = compare.differences(self._to_template(), theirs) if log else []
        self.write(self._values_of_meta(theirs) | {"has_conflict": False, "meta_components": False})
        self._note_same(theirs)
        if found:
            self._log_differences(self.env._("Meta's version was taken over."), found)

    def _values_of_meta(self, theirs):
        return self._content_values(theirs) | {"digest": write.content_digest(theirs)}

    def _note_same(self, theirs):
        """Write down that the content here is Meta's, examples of variables included."""
        samples = {slot.key: slot.sample for slot in slots.slots(theirs)}
        for variable in self.variable_ids:
            sample = samples.get(variable.key, "")
            if (variable.sample or "") != sample:
                variable.sample = sample
        self.kept_digest = self._content_digest()

    def _log_differences(self, title, found):
        """Write into the chatter what changed.

        :param str title: what happened
        :param list found: `cloud_api.templates.compare.Difference`
        """
        rows = [
            Markup("<li><b>%(part)s</b>: %(ours)s → %(theirs)s</li>")
            % {
                "part": self._name_of_part(row.part),
                "ours": row.ours or "–",
                "theirs": row.theirs or "–",
            }
            for row in found
        ]
        self._message_log(body=Markup("<p>%s</p><ul>%s</ul>") % (title, Markup().join(rows)))
