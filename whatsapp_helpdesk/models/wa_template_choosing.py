import babel

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import babel_locale_parse

from ..cloud_api import formatting
from ..cloud_api.templates import languages, send, slots

_MEDIA = ("image", "video", "document")
_TYPED = ("location", "expiration")


class WaTemplateChoosing(models.AbstractModel):
    """Which templates can be sent to a customer, and which variant the customer gets."""

    _name = "wa.template.choosing"
    _description = "WhatsApp Templates, Choosing"

    # === BUSINESS METHODS === #

    @api.model
    def _usable(self, wa_channel, models=None, search="", *, name="", with_marketing=True):
        """Return the variants that the current user may send from a number, in all languages.

        :param wa_channel: `wa.channel`
        :param models: names of models; only templates for their records, or for none at all
        :param str search: words of the name or of the text, in whatever language
        :param str name: only variants of the template that is called so
        :param bool with_marketing: False for who wants no offers
        """
        # sudo: wa.channel - of which account its templates are
        own = Domain("account_id", "=", wa_channel.sudo().account_id.id)
        own &= self._sendable_domain()
        if models is not None:
            own &= Domain("model", "in", [False, *models])
        if name:
            own &= Domain("name", "=", name)
        if not with_marketing:
            own &= Domain("category", "!=", "marketing")
        if search.strip():
            words = search.strip()
            found = Domain("name", "ilike", words.replace(" ", "_")) | Domain(
                "body", "ilike", words
            )
            own &= Domain("name", "in", self.search(own & found).mapped("name"))
        return self.search(own).filtered(lambda template: template._can_be_composed())

    def _can_be_composed(self):
        """Tell whether people can give all that this template asks for."""
        self.ensure_one()
        template = self._to_template()
        if send.obstacles(template):
            return False
        # What is on the cards of a carousel is the same for all customers: it must be there.
        return all(variable.file for variable in self.variable_ids if variable.takes_file)

    def _choose(self, language, fallback=""):
        """Return which of these variants of one template a customer gets, and why.

        :param str language: of the customer, Odoo's code or Meta's; '' if nobody knows
        :param str fallback: taken when there is none in that language
        :return: see `cloud_api.templates.languages.choose`; empty and '' without variants
        :rtype: tuple[wa.template, str]
        """
        choice = languages.choose(self.mapped("language"), language, fallback)
        if not choice:
            return self.browse(), ""
        return self.filtered(lambda template: template.language == choice.language)[:1], choice.why

    def _best_variants(self, language, fallback=""):
        """Return for each template of which these are variants the one that a customer gets.

        :return: the variants, with why each was taken
        :rtype: list[tuple[wa.template, str]]
        """
        return [variants._choose(language, fallback) for variants in self.grouped("name").values()]

    def _explain_language(self, why, language):
        """Say in a few words why a customer gets this variant.

        :param str why: of `_choose`
        :param str language: of the customer, '' if nobody knows
        """
        self.ensure_one()
        wanted = self._name_of_language(languages.meta_language(language))
        names = {"language": self._language_name(), "wanted": wanted}
        if why == "exact":
            return self.env._("%(language)s, the customer's language", **names)
        if why == "base":
            return self.env._(
                "%(language)s, the nearest to the customer's language (%(wanted)s)", **names
            )
        if language:
            return self.env._(
                "%(language)s, because there is no variant in the customer's language (%(wanted)s)",
                **names,
            )
        return self.env._("%(language)s, because nobody knows the customer's language", **names)

    def _language_name(self):
        """Return what the user calls the language of this variant."""
        self.ensure_one()
        return self._name_of_language(self.language)

    @api.model
    def _name_of_language(self, code):
        if not code:
            return ""
        try:
            locale = babel.Locale.parse(code.partition("@")[0])
        except (ValueError, babel.UnknownLocaleError):
            return code
        return locale.get_display_name(babel_locale_parse(self.env.lang)) or code

    def _asked_variables(self):
        """Return the variables of which the sender writes the text; none without a template."""
        if not self:
            return self.variable_ids
        needed = {slot.key for slot in slots.slots(self._to_template()) if slot.required}
        return self.variable_ids.filtered(
            lambda variable: (
                variable.source == "free_text"
                and variable.kind not in _MEDIA
                and variable.key in needed
            )
        )

    def _typed_variables(self):
        """Return those that are no texts, and that the sender fills in: a place, a time."""
        return self.variable_ids.filtered(lambda variable: variable.kind in _TYPED)

    def _blanks(self):
        """Return a stand-in for each variable of the text, so that previews show what is missing.

        :rtype: dict[str, str]
        """
        return {
            variable.key: variable._mark()
            for variable in self.variable_ids
            if variable.kind == "text"
        }

    def _file_variable(self):
        """Return the variable that stands for the file above the text, empty if there is none."""
        return self.variable_ids.filtered(
            lambda variable: variable.kind in _MEDIA and not variable.takes_file
        )[:1]

    def _plain_text(self):
        """Return the text for lists, variables as they stand and without markup."""
        self.ensure_one()
        return formatting.to_plain_text(self.body or "")
