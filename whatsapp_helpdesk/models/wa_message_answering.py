import logging

from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..cloud_api.text import clean
from ..work import answers, background

_logger = logging.getLogger(__name__)

_ANSWERING_KINDS = ("form", "reply")


class WaMessageAnswering(models.AbstractModel):
    """Customers' taps on our buttons and lists, and what they set going.

    An answer is about the same document as the message that it answers. A quick reply of a
    template can run a server action on that document, once however often it is tapped or told.
    """

    _name = "wa.message.answering"
    _description = "WhatsApp Message, Answers"

    answer_state = fields.Selection(
        [
            ("waiting", "To Follow"),
            ("done", "Followed"),
            ("ignored", "Nothing to Do"),
            ("failed", "Failed"),
        ],
        "Answer",
        readonly=True,
        copy=False,
        help="Of the customer's answer to one of our messages.",
    )
    answer_action_id = fields.Many2one(
        "ir.actions.server",
        "Action",
        readonly=True,
        copy=False,
        ondelete="set null",
        groups="base.group_system,whatsapp_helpdesk.group_manager",
        help="What the tapped button started.",
    )

    _answer_idx = models.Index("(id) WHERE answer_state = 'waiting'")

    # === WHEN IT COMES === #

    def _tie_answers(self):
        """Tie customers' new answers to the documents that the answered messages were about."""
        tied = self.filtered(lambda message: message._is_answer())
        for message in tied:
            message.write(
                {
                    "source_model": message.reply_to_id.source_model,
                    "source_id": message.reply_to_id.source_id,
                    "answer_state": "waiting",
                }
            )
        if tied and self.env["wa.account"]._work_after_commit():
            background.wake_after_commit(self.env, answers.run)

    def _is_answer(self):
        """Tell whether this is a tap on one of our messages, or what such a message asked for."""
        self.ensure_one()
        asked = self.reply_to_id
        if self.direction != "inbound" or asked.direction != "outbound":
            return False
        kind = (self.content or {}).get("kind")
        return kind in _ANSWERING_KINDS or asked.message_type == "interactive"

    # === FOLLOWING IT === #

    @api.model
    def _next_answer(self):
        """Return the id of the oldest answer that waits, 0 if none does."""
        return self.search([("answer_state", "=", "waiting")], order="id", limit=1).id or 0

    def _follow_answer(self):
        """Run what the tapped button asks for, and tell of it in the chat and on the document."""
        self.ensure_one()
        if self.answer_state != "waiting":
            return
        # First, so that an action that commits on its own is not run again after it.
        self.answer_state = "done"
        self.flush_recordset(["answer_state"])
        # Several people will read what is noted.
        lang = self.company_id.partner_id.lang or self.env.lang
        answer = self.with_context(lang=lang)
        action = answer._tapped_action()
        if not action:
            answer._log_answer()
        elif answer._was_run(action):
            answer.answer_state = "ignored"
            answer._log_answer(answer.env._("It was done the first time; nothing more happened."))
        else:
            answer.answer_action_id = action
            answer._run_tapped_action(action)

    def _give_up_answer(self):
        """Note that an answer could not be followed, for a reason that only the log knows."""
        self.ensure_one()
        self.answer_state = "failed"
        self._log_failed_answer(self.env._("The server's log says why."))

    def _tapped_action(self):
        """Return the server action of the button that was tapped, empty if it has none.

        The button is known by its words: those are what the customer agreed to. What the template
        says elsewhere, or by now, does not count.
        """
        self.ensure_one()
        content = self.content or {}
        if content.get("via") != "template":
            return self.env["ir.actions.server"]
        words = {clean(content.get(key) or "").strip() for key in ("title", "reply_id")}
        buttons = self.reply_to_id.template_id.button_ids.filtered(
            lambda button: (
                button.kind == "quick_reply" and clean(button.text or "").strip() in words
            )
        )
        return buttons[:1].action_id

    def _was_run(self, action):
        """Tell whether the same message has set the action going before.

        What was sent again because nobody knew whether it had left is the same message.
        """
        return bool(
            self.search_count(
                [
                    ("reply_to_id.mail_message_id", "=", self.reply_to_id.mail_message_id.id),
                    ("answer_action_id", "=", action.id),
                    ("answer_state", "=", "done"),
                    ("id", "!=", self.id),
                ],
                limit=1,
            )
        )

    def _run_tapped_action(self, action):
        document = self._source()
        try:
            user = self._runner_of(action, document)
            with self.env.cr.savepoint():
                self._run_as(user, action, document)
        except OperationalError:
            raise  # two at once: the whole transaction is tried again
        except UserError as error:
            self.answer_state = "failed"
            self._log_failed_answer(str(error))
        except Exception:
            _logger.exception("Action %s of the answer %s", action.id, self.id)
            self._give_up_answer()
        else:
            self._log_answer(self.env._("“%(action)s” was run.", action=action.name))

    def _runner_of(self, action, document):
        """Return with whose rights a customer's tap acts on a document.

        The customer has no user, and the superuser may do anything. So it is the first of those
        in charge who may change the document: its responsible, who sent the message, who has the
        chat. A tap never does more than one of them could do by hand.

        :rtype: res.users
        :raise UserError: says why the action cannot be run
        """
        if not document:
            if self.source_id:
                raise UserError(self.env._("The document was deleted, so nothing was done."))
            raise UserError(
                self.env._("The message was about no document, so there is nothing to do it with.")
            )
        if action.model_name != document._name:
            raise UserError(
                self.env._(
                    "“%(action)s” is made for other documents than %(document)s.",
                    action=action.name,
                    document=document.display_name,
                )
            )
        for user in self._people_in_charge(document):
            if self._as(user, document).has_access("write"):
                return user
        raise UserError(
            self.env._(
                "Nobody is in charge who may change %(document)s.", document=document.display_name
            )
        )

    def _people_in_charge(self, document):
        """Return those who have to do with a document and with this answer, the nearest first."""
        people = document.user_id if document and "user_id" in document._fields else None
        people = [people, self.reply_to_id.author_user_id, self.conversation_id.user_id]
        return [user for user in people if user and user.active and user._is_internal()]

    def _as(self, user, records):
        """Return records as a user sees them, in the company of the number first."""
        companies = self.company_id | user.company_ids
        allowed = [company.id for company in companies if company in user.company_ids]
        context = {"lang": user.lang, "tz": user.tz, "allowed_company_ids": allowed}
        # sudo: taken away: what the user may not do, the tap may not do
        return records.with_user(user).sudo(False).with_context(**context)

    def _run_as(self, user, action, document):
        customer = self.conversation_id.partner_id
        if customer and hasattr(document, "_track_set_author"):
            document._track_set_author(customer)  # it is the customer who changed it
        self._as(user, action).with_context(
            active_model=document._name, active_id=document.id, active_ids=document.ids
        ).run()

    # === TELLING OF IT === #

    def _tapped_words(self):
        """Return what stands on the button or choice that was tapped, '' if it was none."""
        return (self.content or {}).get("title") or ""

    def _describe_answer(self):
        """Say what the customer answered."""
        return self.env._(
            "%(customer)s answered “%(answer)s” by WhatsApp.",
            customer=self.conversation_id.name,
            answer=self._tapped_words() or self._preview(),
        )

    def _log_answer(self, result=""):
        """Tell of the answer on its document and, if it had a result, in the chat.

        :param str result: what came of it
        """
        document = self._source()
        if document and hasattr(document, "_message_log"):
            body = " ".join(filter(None, (self._describe_answer(), result)))
            document.with_env(self.env)._message_log(body=body)
        if result:
            named = document.display_name if document else ""
            heading = " · ".join(filter(None, (self._tapped_words(), named)))
            self.conversation_id._log_note(f"{heading}: {result}")

    def _log_failed_answer(self, reason):
        """Tell in the chat and on the document that nothing came of a tap, and who has to act."""
        self._log_answer(reason)
        document = self._source()
        for record in (document, self.conversation_id.partner_id):
            user = record and self._who_acts(record, document)
            if user:
                # No mail about the activity: customers may tap a lot.
                record.with_context(mail_activity_quick_update=True).activity_schedule(
                    "mail.mail_activity_data_warning",
                    summary=self.env._("WhatsApp button without effect"),
                    note=f"{self._describe_answer()} {reason}",
                    user_id=user.id,
                )
                return

    def _who_acts(self, record, document):
        """Return who gets an activity on a record; empty if nobody can have one there."""
        if not hasattr(record, "activity_schedule"):
            return None
        people = [*self._people_in_charge(document), *self.wa_channel_id._administrators()]
        able = (user for user in people if self._as(user, record).has_access("read"))
        return next(able, None)
