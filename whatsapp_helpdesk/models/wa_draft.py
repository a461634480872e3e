"""A post on its way to become WhatsApp messages: which ones, and whether WhatsApp takes them."""

from dataclasses import dataclass, field

from odoo.exceptions import UserError
from odoo.tools.misc import formatLang

from ..cloud_api import (
    content_text,
    errors,
    limits,
    media_kinds,
    payloads,
    payloads_content,
    sniff,
    split,
    stored_content,
    stored_interactive,
)
from ..cloud_api.templates import render, stored
from .wa_interactive_products import product_names, with_product_names
from .wa_interactive_words import describe_problems

_ANYBODY = payloads.Recipient(phone="+1")


@dataclass
class Draft:
    """What a post becomes.

    :param text: in WhatsApp's markup, what the chat shows
    :param attachments: `ir.attachment` of the post
    :param parts: values of the `wa.message` of each message that leaves, in order
    """

    text: str
    attachments: object
    parts: list = field(default_factory=list)

    @classmethod
    def of_post(cls, text, attachments, *, is_sticker=False):
        """Return the draft of a text with files.

        Each file is a message; the first that can carry a text gets it as caption. Sounds and
        stickers cannot: then the text goes ahead. A long text becomes several messages.

        :param str text: in WhatsApp's markup
        :param attachments: `ir.attachment`, in any order
        :param bool is_sticker: webp pictures shall leave as stickers
        :raise UserError: names the limit of WhatsApp that would be broken
        """
        draft = cls(text, attachments.sorted("id"))
        if not text.strip() and not attachments:
            raise UserError(attachments.env._("The message is empty: write something."))
        files = [draft._file_part(file, is_sticker) for file in draft.attachments]
        bearer = next((f for f in files if media_kinds.carries_caption(f["message_type"])), None)
        if bearer:
            draft._check(limits.check_text, text, "CAPTION", limits.CAPTION)
            bearer["body"] = text
        else:
            draft.parts += draft._text_parts()
        draft.parts += files
        return draft

    @classmethod
    def of_content(cls, env, content):
        """Return the draft of a place, contact cards, or a message with buttons or a list.

        :param dict content: see `cloud_api.stored_content` and `cloud_api.stored_interactive`
        :raise UserError: if WhatsApp would not take it
        """
        draft = cls("", env["ir.attachment"])
        kind = content.get("kind") if isinstance(content, dict) else None
        if kind in stored_interactive.INTERACTIVE_KINDS:
            return draft._of_interactive(env, stored_interactive.read_interactive(content))
        if kind == "location":
            found = draft._check(stored_content.location, content)
            draft._check(payloads_content.location_message, _ANYBODY, found)
        elif kind == "contacts":
            found = draft._check(stored_content.contacts, content)
            draft._check(payloads_content.contacts_message, _ANYBODY, found.cards)
        else:
            raise UserError(env._("WhatsApp cannot send this kind of message from here."))
        draft.text = content_text.text_of(found)
        draft.parts = [{"message_type": kind, "body": draft.text, "content": content}]
        return draft

    def _of_interactive(self, env, content):
        """Return this draft as a message with buttons or a list.

        :param cloud_api.interactive.Interactive content: what the customer gets
        """
        if problems := describe_problems(env, content):
            raise UserError("\n".join(problems))
        names = product_names(env, content)
        self.text = stored_interactive.text_of(content) or ", ".join(names.values())
        shown = with_product_names(stored_interactive.as_json(content), names)
        self.parts = [{"message_type": "interactive", "body": self.text, "content": shown}]
        return self

    @classmethod
    def of_template(cls, template, values, file, record):
        """Return the draft of a template with its values; the chat shows what the customer sees.

        :param template: `wa.template`
        :param dict values: of `wa.template._values_for`
        :param file: `ir.attachment` of the header, or nothing
        :param record: the document that it is about, or nothing
        """
        shown = render.render(template._to_template(), values)
        draft = cls(render.as_text(shown), file or template.env["ir.attachment"])
        draft.parts = [
            {
                "message_type": "template",
                "body": draft.text,
                "content": render.as_json(shown) | {"name": template.name, "body": shown.body},
                "attachment_id": draft.attachments.id,
                "template_id": template.id,
                "template_values": stored.values_json(values),
                "source_model": record._name if record else False,
                "source_id": record.id if record else False,
            }
        ]
        return draft

    def show_on_cards(self, files):
        """Let the chat show the pictures of a carousel.

        :param dict files: `ir.attachment` of the chat, by the card's number
        """
        cards = self.parts[0]["content"].get("cards", [])
        for number, file in files.items():
            cards[number]["attachment_id"] = file.id

    def tell_author(self):
        """Say which pictures and videos customers will get as documents, because of their size."""
        env = self.attachments.env
        kinds = {part.get("attachment_id"): part["message_type"] for part in self.parts}
        names = [
            file.name
            for file in self.attachments
            if kinds[file.id] == "document"
            and media_kinds.is_too_large_to_show(file.mimetype, file.file_size)
        ]
        if names:
            message = env._(
                "Too large to be shown in the chat, so sent as a document: %(names)s",
                names=", ".join(names),
            )
            env.user._bus_send("simple_notification", {"type": "info", "message": message})

    def _text_parts(self):
        whole = limits.TEXT_PARTS * limits.TEXT_BODY
        self._check(limits.check_text, self.text, "TEXT_PARTS", whole)
        return [{"message_type": "text", "body": text} for text in split.split_text(self.text)]

    def _file_part(self, file, is_sticker):
        # sudo: discuss.voice.metadata - only whether there are any, of a file of this post
        is_voice = bool(file.sudo().voice_ids)
        kind = media_kinds.kind_for(
            file.mimetype, file.file_size, is_voice=is_voice, is_sticker=is_sticker
        )
        content = None
        mime_type, is_animated = media_kinds.normal_type(file.mimetype), False
        if kind == "sticker":
            is_animated = sniff.is_animated_webp(file.raw or b"")
            content = {"kind": "sticker", "animated": is_animated}
        elif kind == "audio":
            content = {"kind": "audio", "voice": is_voice}
            mime_type = limits.AUDIO_TYPES[-1] if is_voice else mime_type
        self._check(
            limits.check_media, kind, mime_type, file.file_size, is_animated=is_animated, file=file
        )
        return {
            "message_type": kind,
            "body": "",
            "attachment_id": file.id,
            "content": content,
        }

    def _check(self, function, *args, file=None, **options):
        """Call a function of `cloud_api`, and word its refusal for the author."""
        try:
            return function(*args, **options)
        except errors.InvalidRequest as error:
            raise UserError(self._refusal(error, file)) from error

    def _refusal(self, error, file):
        env = self.attachments.env
        if error.limit in ("CAPTION", "TEXT_PARTS"):
            values = {"actual": error.actual, "maximum": error.maximum}
            if error.limit == "CAPTION":
                return env._(
                    "The text has %(actual)s characters. With a file WhatsApp takes %(maximum)s: "
                    "send the text first, then the file.",
                    **values,
                )
            return env._(
                "The text has %(actual)s characters, which is too long for a chat "
                "(%(maximum)s at most): send it as a document.",
                **values,
            )
        if file is not None and error.actual:
            return env._(
                "%(name)s has %(actual)s MB, WhatsApp takes %(maximum)s MB: make it smaller.",
                name=file.name,
                actual=_megabytes(env, error.actual),
                maximum=_megabytes(env, error.maximum),
            )
        if file is not None and error.maximum:
            return env._("%(name)s is empty: choose another file.", name=file.name)
        if error.limit == "location":
            return env._(
                "There is no such place: latitudes go from -90 to 90 degrees, longitudes from "
                "-180 to 180."
            )
        if error.limit == "CONTACT_CARDS":
            return env._("WhatsApp takes %(maximum)s contacts at once.", maximum=error.maximum)
        if error.limit in ("cards", "name"):
            return env._("Choose at least one contact; each needs a name.")
        return error.message


def _megabytes(env, size):
    """Return a size with as many decimals as tell it from the limit."""
    megabytes = size / limits.MEGABYTE
    return formatLang(env, megabytes, digits=2 if megabytes < 10 else 1)
