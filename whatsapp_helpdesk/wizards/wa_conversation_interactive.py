from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ..cloud_api import formatting, limits, stored_interactive
from ..cloud_api.interactive import (
    InteractiveHeader,
    LinkButton,
    ListMessage,
    ListRow,
    ListSection,
    LocationRequest,
    Product,
    ProductList,
    ProductSection,
    ReplyButton,
    ReplyButtons,
)
from ..models.wa_interactive_products import product_names, with_product_names
from ..models.wa_interactive_words import describe_problems


class WaConversationInteractive(models.TransientModel):
    """An agent sends a message that the customer answers with a tap, inside the 24 hours."""

    _name = "wa.conversation.interactive"
    _inherit = ["wa.conversation.wizard"]
    _description = "Send Buttons or a List"

    kind = fields.Selection(
        [
            ("buttons", "Buttons to answer with"),
            ("list", "List to choose from"),
            ("cta_url", "Button with a link"),
            ("location_request", "Ask for the location"),
            ("product", "Products of the catalogue"),
        ],
        required=True,
        default="buttons",
    )
    header = fields.Char("Heading")
    body = fields.Text("Text", help="In WhatsApp's markup: *bold*, _italic_.")
    footer = fields.Char(help="Small print below the text.")
    option_ids = fields.One2many(
        "wa.conversation.interactive.option",
        "wizard_id",
        "Choices",
        default=lambda self: [Command.create({}), Command.create({})],
    )
    list_button = fields.Char(
        "Label of the List", default=lambda self: self.env._("Choose"), help="Opens the list."
    )
    label = fields.Char("Label of the Button")
    url = fields.Char("Address", help="Opened in the customer's browser.")
    product_ids = fields.Many2many(
        "product.product",
        string="Products",
        domain=[("default_code", "!=", False), ("sale_ok", "=", True)],
        help="Known in the catalogue by their internal reference.",
    )
    link_id = fields.Many2one(
        "wa.conversation.link",
        "Regarding",
        domain="[('conversation_id', '=', conversation_id)]",
        help="The document that the customer's answer will be noted on.",
    )
    has_links = fields.Boolean(compute="_compute_has_links", export_string_translation=False)
    is_many = fields.Boolean(compute="_compute_is_many", export_string_translation=False)
    has_catalog = fields.Boolean(compute="_compute_has_catalog", export_string_translation=False)
    problems = fields.Text(compute="_compute_shown", export_string_translation=False)
    preview = fields.Json(compute="_compute_shown", export_string_translation=False)

    # === COMPUTE METHODS === #

    @api.depends("conversation_id")
    def _compute_has_links(self):
        for wizard in self:
            wizard.has_links = bool(wizard.conversation_id.link_ids)

    @api.depends("product_ids")
    def _compute_is_many(self):
        for wizard in self:
            wizard.is_many = len(wizard.product_ids) > 1

    @api.depends("conversation_id")
    def _compute_has_catalog(self):
        for wizard in self:
            wizard.has_catalog = bool(wizard._catalog_uid())

    @api.depends(
        "body",
        "footer",
        "header",
        "kind",
        "label",
        "list_button",
        "option_ids",
        "option_ids.description",
        "option_ids.section",
        "option_ids.sequence",
        "option_ids.title",
        "product_ids",
        "url",
    )
    def _compute_shown(self):
        for wizard in self:
            content = wizard._content()
            wizard.problems = "\n".join(describe_problems(self.env, content))
            shown = with_product_names(
                stored_interactive.as_json(content), product_names(self.env, content)
            )
            html = formatting.whatsapp_to_html(content.body)
            wizard.preview = shown | {"html": html}

    # === ACTION METHODS === #

    def action_send(self):
        """Send the message once; what WhatsApp would refuse is said instead."""
        self.ensure_one()
        content = self._content()
        if problems := describe_problems(self.env, content):
            raise UserError("\n".join(problems))
        document = self._chosen_document()
        self._send_once(lambda: self._send(content, document))
        return {"type": "ir.actions.act_window_close"}

    # === BUSINESS METHODS === #

    def _send(self, content, document):
        message = self.conversation_id._post_content(stored_interactive.as_json(content))
        if document:
            # sudo: wa.message - what the message that was just posted is about
            message.sudo().wa_message_ids.write(
                {"source_model": document._name, "source_id": document.id}
            )

    def _content(self):
        """Return the message as `cloud_api` knows it, complete or not.

        :rtype: cloud_api.interactive.Interactive
        """
        self.ensure_one()
        parts = {
            "body": self.body or "",
            "header": InteractiveHeader("text", self.header) if self.header else None,
            "footer": self.footer or "",
        }
        if self.kind == "list":
            return ListMessage(
                button=self.list_button or "", sections=tuple(self._sections()), **parts
            )
        if self.kind == "cta_url":
            return LinkButton(label=self.label or "", url=self.url or "", **parts)
        if self.kind == "location_request":
            return LocationRequest(self.body or "")
        if self.kind == "product":
            return self._products()
        buttons = (
            ReplyButton(f"button-{number}", option.title)
            for number, option in enumerate(self._options().filtered("title"), 1)
        )
        return ReplyButtons(buttons=tuple(buttons), **parts)

    def _options(self):
        """Return the choices that somebody filled in, in their order."""
        ordered = self.option_ids.sorted("sequence")
        return ordered.filtered(lambda option: option.title or option.description)

    def _sections(self):
        """Yield the sections of the list; choices of the same section come together."""
        numbered = [
            (option, ListRow(f"row-{number}", option.title or "", option.description or ""))
            for number, option in enumerate(self._options(), 1)
        ]
        titles = dict.fromkeys(option.section or "" for option, _row in numbered)
        for title in titles:
            rows = (row for option, row in numbered if (option.section or "") == title)
            yield ListSection(tuple(rows), title)

    def _products(self):
        catalog_uid = self._catalog_uid()
        codes = self.product_ids.mapped("default_code")
        if len(codes) > 1:
            return ProductList(
                header=self.header or "",
                body=self.body or "",
                catalog_uid=catalog_uid,
                # One section alone may do without a title on phones, but Meta asks for one
                sections=(ProductSection(tuple(codes), self._section_title()),),
                footer=self.footer or "",
            )
        return Product(
            catalog_uid=catalog_uid,
            retailer_uid=codes[0] if codes else "",
            body=self.body or "",
            footer=self.footer or "",
        )

    def _section_title(self):
        return (self.header or self.env._("Products"))[: limits.SECTION_TITLE]

    def _catalog_uid(self):
        # sudo: wa.channel - a fact of the number that decides what can be sent
        return self.conversation_id.sudo().wa_channel_id.catalog_uid or ""

    def _chosen_document(self):
        """Return the chosen document; empty if none was.

        :raise UserError: if it has nothing to do with this conversation
        :raise AccessError: if the user may not read it
        """
        if not self.link_id:
            return None
        if self.link_id.conversation_id != self.conversation_id:
            raise UserError(self.env._("Choose a document that is linked to this chat."))
        document = self.link_id._document()
        document.check_access("read")
        return document


class WaConversationInteractiveOption(models.TransientModel):
    """A button, or a choice of a list."""

    _name = "wa.conversation.interactive.option"
    _description = "Button or Choice"
    _order = "sequence, id"

    wizard_id = fields.Many2one(
        "wa.conversation.interactive", required=True, ondelete="cascade", index=True
    )
    sequence = fields.Integer(default=10)
    title = fields.Char("Label")
    description = fields.Char(help="Stands below the label in the list.")
    section = fields.Char(help="Heading of a group of choices.")
