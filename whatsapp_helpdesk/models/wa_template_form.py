from odoo import api, fields, models
from odoo.tools.misc import babel_locale_parse

from ..cloud_api.templates import editing, languages

_DOCUMENTS = (
    "res.partner",
    "sale.order",
    "account.move",
    "helpdesk.ticket",
    "crm.lead",
    "stock.picking",
    "project.task",
    "calendar.event",
    "event.registration",
    "repair.order",
    "purchase.order",
)
"""What templates are mostly about. Further kinds are set by whoever may see all models."""


class WaTemplateForm(models.AbstractModel):
    """What the form asks in the words of people, beside the fields that say it Meta's way."""

    _name = "wa.template.form"
    _description = "WhatsApp Template Form"

    applies_to = fields.Selection(
        selection="_list_documents",
        compute="_compute_applies_to",
        inverse="_inverse_applies_to",
        help="Records from which the variables are filled in. Without one, variables are typed in.",
    )
    language_name = fields.Char("Language (Name)", compute="_compute_language_name")
    header_sample = fields.Binary(
        "Example",
        compute="_compute_header_sample",
        inverse="_inverse_header_sample",
        help="Meta's reviewers look at it. Customers get the real file.",
    )
    header_sample_name = fields.Char(
        compute="_compute_header_sample",
        inverse="_inverse_header_sample",
        export_string_translation=False,
    )
    is_locked = fields.Boolean(
        compute="_compute_is_locked",
        export_string_translation=False,
        help="Whether Meta takes no changes of the content now.",
    )

    may_submit = fields.Boolean(
        compute="_compute_may_submit",
        export_string_translation=False,
        help="Whether there is something to give to Meta.",
    )
    has_card_files = fields.Boolean(
        compute="_compute_has_card_files", export_string_translation=False
    )
    status_what = fields.Char(compute="_compute_status_words", export_string_translation=False)
    status_advice = fields.Text(compute="_compute_status_words", export_string_translation=False)

    # === COMPUTE METHODS === #

    @api.depends("variable_ids.takes_file")
    def _compute_has_card_files(self):
        for template in self:
            template.has_card_files = any(template.variable_ids.mapped("takes_file"))

    @api.depends("model")
    def _compute_applies_to(self):
        for template in self:
            template.applies_to = template.model

    def _inverse_applies_to(self):
        for template in self:
            if template.applies_to != template.model:
                template.model_id = template._chosen_model()

    @api.depends("language")
    @api.depends_context("lang")
    def _compute_language_name(self):
        for template in self:
            template.language_name = template._name_language(template.language or "")

    @api.depends("header_sample_id")
    def _compute_header_sample(self):
        for template in self:
            template.header_sample = template.header_sample_id.datas
            template.header_sample_name = template.header_sample_id.name

    def _inverse_header_sample(self):
        for template in self:
            file = template.header_sample
            template.header_sample_id = file and self.env["ir.attachment"].create(
                {
                    "name": template.header_sample_name or template.header_format,
                    "datas": file,
                    "res_model": template._name,
                    "res_id": template.id,
                }
            )

    @api.depends("category", "status")
    def _compute_is_locked(self):
        for template in self:
            is_editable = template.status in ("draft", *editing.EDITABLE)
            template.is_locked = not is_editable or template.category == "authentication"

    @api.depends("category", "has_local_edits", "is_locked", "meta_category", "status")
    def _compute_may_submit(self):
        for template in self:
            is_new = template.status in ("draft", "rejected", "deleted")
            is_moved = template.meta_category not in (False, template.category)
            is_changed = template.has_local_edits or is_moved
            template.may_submit = is_new or (is_changed and not template.is_locked)

    @api.depends("language", "name", "rejected_reason", "status", "status_reason")
    @api.depends_context("lang")
    def _compute_status_words(self):
        for template in self:
            template.status_what, template.status_advice = template._words_of_status()

    # === SELECTION METHODS === #

    @api.model
    def _list_documents(self):
        # sudo: wa.template, ir.model - names of kinds of records; templates of others show theirs
        used = [model for (model,) in self.sudo()._read_group([], ["model"]) if model]
        names = dict.fromkeys(name for name in [*_DOCUMENTS, *used] if name in self.env)
        words = {"account.move": self.env._("Invoice")}
        return [(name, words.get(name) or self.env["ir.model"]._get(name).name) for name in names]

    @api.model
    def get_languages(self):
        """Return the languages that Meta takes, those of this database first.

        :return: pairs of Meta's code and the name in the user's language
        :rtype: list[list[str]]
        """
        installed = self.env["res.lang"].get_installed()
        first = dict.fromkeys(languages.meta_language(code) for code, _name in installed)
        others = [code for code in languages.META_LANGUAGES if code not in first]
        named = [[code, self._name_language(code)] for code in others]
        return [[code, self._name_language(code)] for code in first] + sorted(
            named, key=lambda pair: pair[1]
        )

    # === CONSTRAINT METHODS === #

    @api.constrains("header_sample_id")
    def _check_header_sample(self):
        """Whoever sees the template sees its example file, and Meta gets it.

        :raise AccessError: if the user chose a file that is not theirs to show
        """
        # sudo: ir.attachment - taken away: the question is what the user may
        self.header_sample_id.sudo(False).check_access("read")

    # === ONCHANGE METHODS === #

    @api.onchange("applies_to")
    def _onchange_applies_to(self):
        self.model_id = self._chosen_model()
        self.preview_id = False

    @api.onchange(
        "body", "button_ids", "category", "header_format", "header_text", "parameter_format"
    )
    def _onchange_content(self):
        """Show the variables of the text while it is written."""
        variables = self.env["wa.template.variable"]
        for row, values in self._variable_rows():
            if row:
                row.update(values)
            variables |= row or variables.new(values)
        self.variable_ids = variables

    # === BUSINESS METHODS === #

    @api.model
    def _only_account(self):
        """Return the account of the current companies if there is no choice."""
        accounts = self.env["wa.account"].search([], limit=2)
        return accounts if len(accounts) == 1 else accounts.browse()

    def _chosen_model(self):
        return self.applies_to and self.env["ir.model"]._get(self.applies_to)

    @api.model
    def _name_language(self, code):
        """Return the name of a language, in the user's one.

        :param str code: Meta's
        """
        language, _underscore, country = code.partition("_")
        words = babel_locale_parse(self.env.lang)
        name = words.languages.get(language, language)
        return f"{name} ({words.territories.get(country, country)})" if country else name
