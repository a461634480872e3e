from odoo import fields, models
from odoo.exceptions import AccessError
from odoo.tools import format_date, format_datetime, html2plaintext
from odoo.tools.misc import formatLang

from ..cloud_api.templates import languages, slots
from ..cloud_api.templates.values import MediaFile, find_problems, one_line


class WaTemplateValues(models.AbstractModel):
    """What is put into a template's variables for one record. Nothing here runs code.

    A field path is a row of field names, each read with the rights of who sends.
    """

    _name = "wa.template.values"
    _description = "WhatsApp Template Values"

    def _values_for(self, record, texts=None, file=None):
        """Return the values of this template's variables, and what is wrong with them.

        Dates, amounts and words are those of the template's language, which is the customer's.

        :param record: the record that it is about, may be empty
        :param dict texts: by the keys of variables that are asked for when sending; for a place
            a `Location`, for the end of an offer a datetime in UTC
        :param file: `ir.attachment` for the header
        :return: values by the keys of `cloud_api.templates.slots`, and sentences for people
        :rtype: tuple[dict, list[str]]
        """
        self.ensure_one()
        localized = record and record.with_context(
            lang=self._odoo_language(), tz=self._customer_of(record).tz
        )
        values, refused = {}, []
        for variable in self.variable_ids:
            try:
                value = variable._value_for(localized, texts or {}, file)
            except AccessError:
                refused.append(
                    self.env._(
                        "You may not read “%(field)s”, which “%(variable)s” needs.",
                        field=variable.field_path,
                        variable=variable._describe(),
                    )
                )
                continue
            if value:
                values[variable.key] = value
        now = fields.Datetime.now()
        found = find_problems(self._to_template(), values, now=now, uploaded=False)
        named = {variable.key: variable for variable in self.variable_ids}
        return values, refused or [self._describe_problem(problem, named) for problem in found]

    def _odoo_language(self):
        """Return the language of Odoo in which values of this variant are written."""
        self.ensure_one()
        installed = [code for code, _name in self.env["res.lang"].get_installed()]
        return languages.odoo_language(self.language, installed) or self.env.lang

    def _customer_of(self, record):
        """Return the `res.partner` that a record's messages go to, empty if there is none."""
        if not record or record._name == "res.partner":
            return record or self.env["res.partner"]
        return record._mail_get_partners()[record.id][:1]

    def _describe_problem(self, problem, variables):
        """Say in a sentence why a value cannot be sent.

        :param cloud_api.templates.values.Problem problem: of `find_problems`
        :param dict variables: `wa.template.variable` by key
        """
        variable = variables.get(problem.slot.key) if problem.slot else None
        names = {
            "variable": variable._describe() if variable else problem.name,
            "maximum": problem.maximum,
            "actual": problem.actual,
        }
        sentences = {
            "missing": self.env._("“%(variable)s” is empty: fill it in.", **names),
            "too_long": self.env._(
                "“%(variable)s” has %(actual)s characters, WhatsApp takes %(maximum)s.", **names
            ),
            "text_too_long": self.env._(
                "With “%(variable)s” the text has %(actual)s characters, WhatsApp takes "
                "%(maximum)s.",
                **names,
            ),
            "address": self.env._("“%(variable)s” does not fit into an address.", **names),
            "over": self.env._("The time of “%(variable)s” has passed.", **names),
            "place": self.env._("“%(variable)s” is no place on Earth.", **names),
            "unnamed_place": self.env._(
                "“%(variable)s” needs the name and the address of the place.", **names
            ),
            "wrong_kind": self.env._("“%(variable)s” needs a value of another kind.", **names),
        }
        other = self.env._(
            "“%(variable)s” has line breaks, tabs or wide gaps, which WhatsApp does not take.",
            **names,
        )
        return sentences.get(problem.reason, other)


class WaTemplateVariableValues(models.AbstractModel):
    """Where the value of one variable comes from, and how it is written."""

    _name = "wa.template.variable.values"
    _description = "WhatsApp Template Variable Values"

    def _describe(self):
        """Return how people know the variable."""
        self.ensure_one()
        kinds = {"location": self.env._("Place"), "expiration": self.env._("End of the offer")}
        name = self.key.rpartition(".")[2]
        # A mere number is no name.
        return self.label or kinds.get(self.kind) or (self._mark() if name.isdigit() else name)

    def _mark(self):
        """Return how the variable stands in the text."""
        return f"{{{{{self.key.rpartition('.')[2]}}}}}"

    def _value_for(self, record, texts, file):
        """Return the value; '' if there is none.

        :raise AccessError: if the sender may not read it
        """
        self.ensure_one()
        if self.takes_file:
            return MediaFile(filename=self.file_name or self.kind) if self.file else ""
        if self.kind in ("image", "video", "document"):
            return MediaFile(filename=file.name) if file else ""
        if self.kind in ("location", "expiration"):
            return texts.get(self.key) or ""
        source = self.source
        if source == "free_text":
            text = texts.get(self.key) or ""
        elif source == "static":
            text = self.static_value or ""
        elif source == "user":
            text = self._read_path(self.env.user, self.field_path or "name")
        elif not record:
            text = ""
        elif source == "portal_link":
            text = self._portal_link(record)
        else:
            text = self._read_path(record, self.field_path or "display_name")
        return one_line(text) if self.kind != "url_suffix" else self._suffix(text)

    def _suffix(self, text):
        """Return what of an address stands in place of the variable of the button's."""
        number = int(self.key.split(".")[-2])
        template, card = self.template_id._to_template(), self._card_number()
        buttons = template.buttons if card < 0 else template.cards[card].buttons
        url = buttons[number].url if number < len(buttons) else ""
        return slots.suffix_of(url, text.strip())

    def _portal_link(self, record):
        if not hasattr(record, "get_portal_url") or record.access_url in (False, "#"):
            return ""
        record.check_access("read")
        return record.get_base_url() + record.get_portal_url()

    def _read_path(self, record, path):
        """Return what a row of field names leads to, in words.

        :raise AccessError: if the sender may not read a field or a record on the way
        """
        # sudo: taken away: who sends sees what is sent
        current = record.sudo(False)
        *way, last = path.split(".")
        for name in way:
            current = current[name][:1] if self._is_readable(current, name) else current.browse()
            if not current:
                return ""
        if not current or not self._is_readable(current, last):
            return ""
        return self._in_words(current, last)

    def _is_readable(self, record, name):
        """Tell whether a field exists; who may not read it gets an error."""
        if name not in record._fields:
            return False
        record._check_field_access(record._fields[name], "read")
        record.check_access("read")
        return True

    def _in_words(self, record, name):
        """Return the value of a field as the customer reads it; '' for what has no words."""
        field, value = record._fields[name], record[name]
        if field.type == "boolean":
            return record.env._("yes") if value else record.env._("no")
        if field.relational:
            value.check_access("read")  # names that somebody else read may be in the cache
            return ", ".join(value.mapped("display_name"))
        if value is False:
            return ""
        if field.type in ("char", "text", "integer"):
            return str(value)
        writer = _WRITERS.get(field.type)
        return writer(record, field, value) if writer else ""


def _selection(record, field, value):
    return dict(field._description_selection(record.env)).get(value, "")


def _monetary(record, field, value):
    currency = record[field.get_currency_field(record)]
    return formatLang(record.env, value, currency_obj=currency)


def _float(record, field, value):
    _total, decimals = field.get_digits(record.env) or (16, 2)
    return formatLang(record.env, value, digits=decimals)


def _date(record, field, value):
    return format_date(record.env, value, lang_code=record.env.context.get("lang"))


def _datetime(record, field, value):
    env = record.env
    zone = env.context.get("tz") or env.user.tz
    language = env.context.get("lang")
    return format_datetime(env, value, tz=zone, dt_format="short", lang_code=language)


def _html(record, field, value):
    return html2plaintext(value)


_WRITERS = {
    "date": _date,
    "datetime": _datetime,
    "float": _float,
    "html": _html,
    "monetary": _monetary,
    "selection": _selection,
}
