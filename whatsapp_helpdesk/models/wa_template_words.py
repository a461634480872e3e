from odoo import api, models
from odoo.tools import format_datetime

_GONE = ("deleted", "pending_deletion")


class WaTemplateWords(models.AbstractModel):
    """What happened to a template and what to do about it, in the language of who reads it.

    Source: Meta Cloud API: template status, quality, pausing, categories.
    """

    _name = "wa.template.words"
    _description = "WhatsApp Template Words"

    def _words_of_status(self):
        """Return what happened to the status and what to do.

        :rtype: tuple[str, str]
        """
        self.ensure_one()
        name = self.display_name
        sentences = {
            "approved": (
                self.env._("WhatsApp approved the template %(name)s", name=name),
                self.env._("It can be sent now."),
            ),
            "archived": (
                self.env._("WhatsApp archived the template %(name)s", name=name),
                self.env._(
                    "It cannot be sent, and Meta deletes it after 28 days. Take it out of the "
                    "archive in WhatsApp Manager if you need it."
                ),
            ),
            "deleted": (
                self.env._("The template %(name)s is no longer at Meta", name=name),
                self.env._("It cannot be sent. Choose another one where it was used."),
            ),
            "disabled": (
                self.env._("WhatsApp disabled the template %(name)s", name=name),
                self.env._(
                    "Too many customers blocked or reported it, so it cannot be sent any more. "
                    "Write a new one that customers expect, or appeal in Meta's Business Support "
                    "Home."
                ),
            ),
            "limit_exceeded": (
                self.env._("There are more templates than WhatsApp allows: %(name)s", name=name),
                self.env._("Delete templates that you do not use, then submit it again."),
            ),
            "paused": (
                self.env._("WhatsApp paused the template %(name)s", name=name),
                self.env._(
                    "Customers blocked or reported it, so it cannot be sent for some hours. Send "
                    "it to fewer customers, or edit it; after the third time it is disabled."
                ),
            ),
            "pending_deletion": (
                self.env._("The template %(name)s is being deleted at Meta", name=name),
                self.env._(
                    "It cannot be sent any more, and its name cannot be used again for 30 days."
                ),
            ),
            "rejected": (
                self.env._("WhatsApp rejected the template %(name)s", name=name),
                self._advice_of_rejection(),
            ),
        }
        what, advice = sentences.get(self.status, (name, ""))
        return what, "\n\n".join(filter(None, (self._reason_in_words(), advice)))

    def _reason_in_words(self):
        """Return why it has its status; '' if nobody said."""
        codes = {
            "ABUSIVE_CONTENT": self.env._("Meta finds its content abusive."),
            "CATEGORY_NOT_AVAILABLE": self.env._("This category is not open to your business."),
            "INCORRECT_CATEGORY": self.env._("It belongs into another category."),
            "INVALID_FORMAT": self.env._("Its format is not valid."),
            "PROMOTIONAL": self.env._("It advertises, which its category does not allow."),
            "SCAM": self.env._("Meta takes it for a fraud."),
            "TAG_CONTENT_MISMATCH": self.env._("Its content does not fit its category."),
        }
        code = self.rejected_reason or ""
        said = self.status_reason
        if said and self.status not in _GONE:  # whose reasons are ours
            said = self.env._("Meta says: %(words)s", words=said)
        return " ".join(filter(None, (codes.get(code, code), said)))

    def _advice_of_rejection(self):
        if self.rejected_reason in ("INCORRECT_CATEGORY", "TAG_CONTENT_MISMATCH", "PROMOTIONAL"):
            return self.env._(
                "Choose the category “Marketing”, or take out what advertises, and submit it again."
            )
        if self.rejected_reason == "INVALID_FORMAT":
            return self.env._(
                "Check that its variables have examples and stand neither at the start nor at the "
                "end, then submit it again."
            )
        return self.env._(
            "Change it and submit it again, or appeal in Meta's Business Support Home."
        )

    def _words_of_quality(self):
        """Return what customers think of the template and what to do; as `_words_of_status`."""
        self.ensure_one()
        if self.quality == "red":
            what = self.env._("The quality of the template %(name)s is low", name=self.display_name)
        else:
            what = self.env._(
                "The quality of the template %(name)s is medium", name=self.display_name
            )
        return what, self.env._(
            "Customers block or report it. Send it to those who expect it, or make it more useful, "
            "or WhatsApp pauses it."
        )

    def _words_of_category(self, before):
        """Return that Meta changed the category and what follows; as `_words_of_status`.

        :param str before: the category until now
        """
        self.ensure_one()
        what = self.env._(
            "WhatsApp moved the template %(name)s from “%(before)s” to “%(now)s”",
            name=self.display_name,
            before=self._category_name(before),
            now=self._category_name(self.category),
        )
        return what, self._meaning_of_category(self.category)

    def _words_of_announced_category(self):
        """Return that Meta will change the category and what to do; as `_words_of_status`."""
        self.ensure_one()
        names = {
            "name": self.display_name,
            "category": self._category_name(self.correct_category),
        }
        if self.category_changes_at:
            date = format_datetime(self.env, self.category_changes_at)
            what = self.env._(
                "WhatsApp will move the template %(name)s to “%(category)s” on %(date)s",
                date=date,
                **names,
            )
        else:
            what = self.env._(
                "WhatsApp thinks that the template %(name)s belongs to “%(category)s”", **names
            )
        return what, self._meaning_of_category(self.correct_category)

    def _meaning_of_category(self, category):
        if category != "marketing":
            return ""
        return self.env._(
            "Marketing costs more and is not sent to customers who want none. If the template only "
            "tells of an order or a request, take out what advertises, or ask for a review in "
            "Meta's Business Support Home."
        )

    @api.model
    def _category_name(self, category):
        names = dict(self._fields["category"]._description_selection(self.env))
        return names.get(category, category or "")
