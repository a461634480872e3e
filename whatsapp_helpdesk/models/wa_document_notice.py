from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .wa_document_notice_sending import DOCUMENT_MODELS, EVENTS


class WaDocumentNotice(models.Model):
    """Whether a company's customers hear by WhatsApp of something that happened to a document.

    Each company has one row per event, made when a manager opens the list; all are off at first.
    """

    _name = "wa.document.notice"
    _inherit = ["wa.document.notice.sending"]
    _description = "WhatsApp Notification"
    _order = "company_id, id"
    _rec_name = "event"
    _check_company_auto = True

    company_id = fields.Many2one("res.company", required=True, readonly=True, ondelete="cascade")
    event = fields.Selection(EVENTS, required=True, readonly=True)
    is_on = fields.Boolean("Send")
    text = fields.Text(
        translate=True,
        help="Sent while the customer may get free messages. Empty: the standard text, in the "
        "customer's language.",
    )
    standard_text = fields.Text(compute="_compute_standard_text")
    template_id = fields.Many2one(
        "wa.template",
        check_company=True,
        ondelete="set null",
        domain="[('status', '=', 'approved'), ('model', 'in', [False, document_model])]",
        help="Sent when the customer last wrote more than 24 hours ago, in the customer's "
        "language. Without one nothing is sent then, which a note on the document says.",
    )
    document_model = fields.Char(compute="_compute_document_model")

    _event_unique = models.UniqueIndex(
        "(company_id, event)", "A company has each notification once."
    )

    # === COMPUTE METHODS === #

    @api.depends("event")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = dict(self._fields["event"]._description_selection(self.env))
        for notice in self:
            notice.display_name = labels.get(notice.event)

    @api.depends("event")
    @api.depends_context("lang")
    def _compute_standard_text(self):
        texts = self._standard_texts()
        for notice in self:
            notice.standard_text = texts.get(notice.event)

    @api.depends("event")
    def _compute_document_model(self):
        for notice in self:
            notice.document_model = DOCUMENT_MODELS.get(notice.event)

    # === CONSTRAINT METHODS === #

    @api.constrains("template_id", "event")
    def _check_template(self):
        for notice in self:
            model = notice.template_id.model
            if model and model != notice.document_model:
                raise ValidationError(
                    self.env._(
                        "“%(template)s” is made for other documents: choose another template.",
                        template=notice.template_id.display_name,
                    )
                )

    # === ACTION METHODS === #

    @api.model
    def action_open_settings(self):
        """Open the list, with a row for every event of the switched companies."""
        self.check_access("write")
        # sudo: wa.document.notice - who may switch them may see the rows that were never touched
        notices = self.sudo()
        known = {
            (notice.company_id, notice.event)
            for notice in notices.search([("company_id", "in", self.env.companies.ids)])
        }
        notices.create(
            [
                {"company_id": company.id, "event": event}
                for company in self.env.companies
                for event, _label in EVENTS
                if (company, event) not in known
            ]
        )
        return self.env["ir.actions.act_window"]._for_xml_id(
            "whatsapp_helpdesk.wa_document_notice_action"
        )

    # === BUSINESS METHODS === #

    def _standard_texts(self):
        """Return the text of each event, in the language of the environment."""
        return {
            "quotation_sent": self.env._(
                "Hello {customer}, here is our quotation {document}: {link}"
            ),
            "order_confirmed": self.env._(
                "Thank you {customer}! Your order {document} is confirmed: {link}"
            ),
            "ticket_received": self.env._(
                "Hello {customer}, we received your request {document} and will come back to you."
            ),
            "ticket_closed": self.env._(
                "Hello {customer}, your request {document} is closed. If anything is missing, "
                "just answer here."
            ),
        }
