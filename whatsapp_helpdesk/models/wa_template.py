from odoo import api, fields, models

from ..cloud_api.templates import languages, model, placeholders

_STATUSES = [
    ("draft", "Draft"),
    ("pending", "In Review"),
    ("approved", "Approved"),
    ("rejected", "Rejected"),
    ("paused", "Paused"),
    ("disabled", "Disabled"),
    ("in_appeal", "In Appeal"),
    ("limit_exceeded", "Limit Exceeded"),
    ("pending_deletion", "Being Deleted"),
    ("deleted", "Deleted at Meta"),
    ("archived", "Archived at Meta"),
    ("unknown", "Unknown"),
]


class WaTemplate(models.Model):
    """One language variant of a message template, as Meta has it and as Odoo fills it in.

    Templates of one account with the same name are the variants of one template.
    """

    _name = "wa.template"
    _inherit = [
        "wa.template.access",
        "wa.template.automatic",
        "wa.template.choosing",
        "wa.template.composing",
        "wa.template.content",
        "wa.template.deleting",
        "wa.template.filling",
        "wa.template.form",
        "wa.template.linting",
        "wa.template.news",
        "wa.template.preview",
        "wa.template.refusal",
        "wa.template.starting",
        "wa.template.status",
        "wa.template.submitting",
        "wa.template.sync",
        "wa.template.telling",
        "wa.template.values",
        "wa.template.versions",
        "wa.template.words",
        "mail.thread",
        "mail.activity.mixin",
        "bus.listener.mixin",
    ]
    _description = "WhatsApp Template"
    _order = "name, language, id"
    _check_company_auto = True
    _rec_names_search = ["name", "body"]

    account_id = fields.Many2one(
        "wa.account",
        required=True,
        ondelete="restrict",
        index=True,
        check_company=True,
        default=lambda self: self._only_account(),
    )
    company_id = fields.Many2one(related="account_id.company_id", store=True, index=True)
    name = fields.Char(
        required=True,
        index="trigram",
        help="Meta's name of the template: small letters, digits and underscores. The variants in "
        "other languages have the same name.",
    )
    language = fields.Char(
        required=True,
        default=lambda self: languages.meta_language(self.env.lang or "en_US"),
        help="Meta's code, such as en_US or ar.",
    )
    category = fields.Selection(
        [
            ("marketing", "Marketing"),
            ("utility", "Utility"),
            ("authentication", "Authentication"),
            ("other", "Other"),
        ],
        required=True,
        default="utility",
        tracking=True,
    )
    status = fields.Selection(
        _STATUSES, required=True, default="draft", readonly=True, copy=False, tracking=True
    )
    quality = fields.Selection(
        [("green", "High"), ("yellow", "Medium"), ("red", "Low"), ("unknown", "Unknown")],
        default="unknown",
        readonly=True,
        copy=False,
        tracking=True,
    )
    rejected_reason = fields.Char(readonly=True, copy=False, help="Meta's word.")
    uid = fields.Char("Template ID", readonly=True, copy=False, help="Meta's id of this variant.")
    digest = fields.Char(
        readonly=True, copy=False, help="Changes when what Meta has for this variant does."
    )
    synced_at = fields.Datetime(readonly=True, copy=False)
    active = fields.Boolean(default=True)
    model_id = fields.Many2one(
        "ir.model",
        "Applies to",
        ondelete="cascade",
        domain=[("transient", "=", False), ("is_mail_thread", "=", True)],
        help="Records from which the variables are filled in. Without one, variables are typed in.",
    )
    model = fields.Char(related="model_id.model", string="Model Name", store=True, index=True)
    variable_ids = fields.One2many("wa.template.variable", "template_id", copy=True)
    team_ids = fields.Many2many(
        "wa.team", string="Teams", check_company=True, help="Who may send it; empty: all."
    )
    user_ids = fields.Many2many("res.users", string="Users", help="Who else may send it.")
    submitted_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    submitted_at = fields.Datetime(readonly=True, copy=False)

    _variant_unique = models.UniqueIndex(
        "(account_id, name, language) WHERE status <> 'deleted'",
        "This template exists in this language already.",
    )

    # === COMPUTE METHODS === #

    @api.depends("company_id", "name", "language")
    @api.depends_context("lang", "uid", "wa_template_language")
    def _compute_display_name(self):
        user = self.env.user
        for template in self:
            # sudo: wa.template - whose it is. Odoo names what a record points to without asking.
            owner = template.sudo().company_id
            if owner and not user._is_superuser() and owner.id not in user._get_company_ids():
                template.display_name = False
            elif self.env.context.get("wa_template_language"):
                template.display_name = template._language_name()
            else:
                template.display_name = f"{template.name} ({template.language})"

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        templates = super().create(vals_list)
        templates._match_variables()
        return templates

    def write(self, vals):
        """Override: a variable has a row of its own, whoever changed the text."""
        result = super().write(vals)
        if vals.keys() & self._content_fields():
            self._match_variables()
        return result

    # === BUSINESS METHODS === #

    def _variants(self):
        """Return the variants of the same template in all languages, this one included."""
        self.ensure_one()
        return self.search([("account_id", "=", self.account_id.id), ("name", "=", self.name)])

    def _variant_for(self, language, fallback=""):
        """Return the variant that a customer gets.

        :param str language: of the customer, Odoo's code or Meta's; '' if nobody knows
        :param str fallback: taken when there is none in that language
        :return: an approved variant of the same template, and why (see
            `cloud_api.templates.languages.choose`); empty and '' when none is approved
        :rtype: tuple[wa.template, str]
        """
        self.ensure_one()
        sendable = self._variants().filtered(lambda t: t._is_sendable())
        return sendable._choose(language, fallback)

    def _variable_names(self):
        """Return the names of the variables of the text, in order."""
        self.ensure_one()
        return placeholders.names(self.body or "")

    @api.model
    def _known_statuses(self):
        return model.STATUSES
