from odoo import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .test_links import LinkCase

_FAILING = "odoo.addons.whatsapp_helpdesk.models.wa_message_answering"
_FORBIDDEN = "odoo.addons.base.models.ir_actions"


class AnswerCase(LinkCase):
    """Templates whose buttons do something, sent to a customer who taps them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.confirm = cls.new_action(
            "Confirm the order",
            "sale.order",
            "records.filtered(lambda o: o.state in ('draft', 'sent')).action_confirm()",
        )
        cls.close = cls.new_action(
            "Close the ticket",
            "helpdesk.ticket",
            "record.write({'stage_id': record.team_id._get_applicable_stages()"
            ".filtered('closed')[:1].id})",
        )
        cls.order_template = cls.new_template("order_confirmation", "Confirm", cls.confirm)
        cls.ticket_template = cls.new_template("ticket_solved", "Solved", cls.close)

    @classmethod
    def new_action(cls, name, model, code):
        return cls.env["ir.actions.server"].create(
            {
                "name": name,
                "model_id": cls.env["ir.model"]._get_id(model),
                "state": "code",
                "code": code,
            }
        )

    @classmethod
    def new_template(cls, name, label, action):
        buttons = [{"text": label, "action_id": action.id}, {"text": "Call me"}]
        template = cls.env["wa.template"].create(
            {
                "account_id": cls.account.id,
                "name": name,
                "language": "en_US",
                "body": "Please answer with a button.",
                "button_ids": [Command.create(values) for values in buttons],
            }
        )
        template.status = "approved"
        return template

    def send_about(self, document, template=None, user=None):
        """Send a template about a document, and return its message."""
        chat = self.chat.with_user(user or self.agent)
        chat._send_template(template or self.order_template, {}, document)
        self.send()
        return self.our_messages(self.chat)[-1]

    def tap(self, message, label, payload=None, **changes):
        """Return Meta's JSON of a customer's tap on a template's button."""
        changes = {
            "context": {"from": "201000000000", "id": message.wamid},
            "button": {"payload": payload or label, "text": label},
        } | changes
        tap = self.message(type="button", **changes)
        del tap["text"]
        return tap

    def answer(self, *taps):
        """Receive taps and do what they ask for; return their messages."""
        self.receive(*taps)
        self.follow_answers()
        wamids = [tap["id"] for tap in taps]
        return self.env["wa.message"].search([("wamid", "in", wamids)], order="id")


@tagged("post_install", "-at_install")
class TestAnswers(AnswerCase):
    """A customer's tap is tied to the document and does what the button promises, once."""

    def test_confirm_confirms_the_quotation(self):
        sent = self.send_about(self.order)
        answer = self.answer(self.tap(sent, "Confirm"))
        self.assertEqual(self.order.state, "sale")
        self.assertEqual((answer.reply_to_id, answer._source()), (sent, self.order))
        self.assertEqual(answer.mail_message_id.parent_id, sent.mail_message_id)
        self.assertEqual((answer.answer_state, answer.answer_action_id), ("done", self.confirm))
        self.assertIn("Confirm the order” was run", self.chat_notes())
        self.assertIn("answered “Confirm” by WhatsApp", self.notes(self.order))
        self.assertFalse(self.order.activity_ids)

    def test_solved_closes_the_ticket(self):
        sent = self.send_about(self.ticket, self.ticket_template)
        self.answer(self.tap(sent, "Solved"))
        self.assertTrue(self.ticket.closed)
        self.assertIn("answered “Solved” by WhatsApp", self.notes(self.ticket))

    def test_the_customer_is_the_author_of_the_change(self):
        self.order.message_ids.unlink()
        self.answer(self.tap(self.send_about(self.order), "Confirm"))
        self.cr.precommit.run()
        changed = self.order.message_ids.filtered("tracking_value_ids")
        self.assertEqual(changed.author_id, self.customer)

    # === ONCE === #

    def test_the_same_webhook_twice_runs_it_once(self):
        runs = self.count_runs()
        tap = self.tap(self.send_about(self.order), "Confirm")
        self.answer(tap)
        self.answer(tap)
        self.follow_answers()
        self.assertEqual(len(runs()), 1)

    def test_tapped_again_it_is_not_run_again(self):
        runs = self.count_runs()
        sent = self.send_about(self.order)
        self.answer(self.tap(sent, "Confirm"))
        again = self.answer(self.tap(sent, "Confirm"))
        self.assertEqual(again.answer_state, "ignored")
        self.assertEqual(len(runs()), 1)
        self.assertIn("nothing more happened", self.chat_notes())

    def test_sent_twice_because_nobody_knew_it_is_run_once(self):
        runs = self.count_runs()
        self.graph.answer_next(0)
        sent = self.send_about(self.order)
        self.assertEqual(sent.state, "unconfirmed")
        sent.with_user(self.agent).action_retry()
        self.send()
        again = sent.superseded_by_id
        sent.wamid = "wamid.LOST"
        self.answer(self.tap(sent, "Confirm"))
        answer = self.answer(self.tap(again, "Confirm"))
        self.assertEqual((answer.answer_state, len(runs())), ("ignored", 1))

    def test_what_failed_may_be_tapped_again(self):
        sent = self.send_about(self.order)
        self.order.locked = True
        self.confirm.code = "raise UserError('Not today')"
        self.assertEqual(self.answer(self.tap(sent, "Confirm")).answer_state, "failed")
        self.confirm.code = "records.action_confirm()"
        self.assertEqual(self.answer(self.tap(sent, "Confirm")).answer_state, "done")
        self.assertEqual(self.order.state, "sale")

    def test_a_worker_that_dies_leaves_the_answer_for_the_next(self):
        sent = self.send_about(self.order)
        self.receive(self.tap(sent, "Confirm"))
        message = self.chat.wa_message_ids.filtered(lambda m: m.answer_state == "waiting")
        with self.assertRaises(KeyboardInterrupt), self.cr.savepoint():
            message._follow_answer()
            raise KeyboardInterrupt
        self.env.invalidate_all()
        self.assertEqual((message.answer_state, self.order.state), ("waiting", "draft"))
        self.follow_answers()
        self.assertEqual((message.answer_state, self.order.state), ("done", "sale"))

    def count_runs(self):
        """Let the action leave a trace per run; return a function that finds the traces."""
        self.confirm.code = "env['res.partner.category'].sudo().create({'name': 'run'})"
        return lambda: self.env["res.partner.category"].search([("name", "=", "run")])

    # === NOTHING BAD === #

    def test_an_old_message_about_a_confirmed_order_does_nothing_bad(self):
        sent = self.send_about(self.order)
        self.order.action_confirm()
        self.order.order_line = [Command.create({"name": "Later", "display_type": "line_note"})]
        answer = self.answer(self.tap(sent, "Confirm"))
        self.assertEqual((answer.answer_state, self.order.state), ("done", "sale"))

    def test_an_action_that_refuses_says_so_and_asks_the_responsible(self):
        self.confirm.code = "records.action_confirm()"
        sent = self.send_about(self.order)
        self.order._action_cancel()
        answer = self.answer(self.tap(sent, "Confirm"))
        self.assertEqual((answer.answer_state, self.order.state), ("failed", "cancel"))
        self.assertIn("not in a state requiring confirmation", self.chat_notes())
        self.assertEqual(self.order.activity_ids.user_id, self.seller)
        self.assertIn("answered “Confirm”", self.order.activity_ids.note)

    @mute_logger(_FAILING)
    def test_a_broken_action_loses_neither_the_message_nor_the_next(self):
        self.confirm.code = "records.no_such_method()"
        first = self.send_about(self.order)
        second = self.send_about(self.ticket, self.ticket_template)
        answers = self.answer(
            self.tap(first, "Confirm"), self.tap(second, "Solved"), self.message("and then?")
        )
        self.assertEqual(answers.mapped("answer_state"), ["failed", "done", False])
        self.assertTrue(self.ticket.closed)
        self.assertIn("log says why", self.chat_notes())
        self.assertEqual(len(self.order.activity_ids), 1)

    def test_a_deleted_document_is_named_in_the_chat(self):
        sent = self.send_about(self.order)
        self.order.unlink()
        answer = self.answer(self.tap(sent, "Confirm"))
        self.assertEqual(answer.answer_state, "failed")
        self.assertIn("document was deleted", self.chat_notes())
        self.assertEqual(self.customer.activity_ids.user_id, self.agent)

    def test_a_message_about_nothing_asks_somebody(self):
        answer = self.answer(self.tap(self.send_about(None), "Confirm"))
        self.assertEqual(answer.answer_state, "failed")
        self.assertIn("about no document", self.chat_notes())

    def test_a_document_of_another_kind_is_left_alone(self):
        answer = self.answer(self.tap(self.send_about(self.ticket), "Confirm"))
        self.assertEqual(answer.answer_state, "failed")
        self.assertIn("made for other documents", self.chat_notes())

    def test_other_buttons_are_only_noted(self):
        sent = self.send_about(self.order)
        for label in ("Call me", "A button of before the template was changed"):
            with self.subTest(label):
                answer = self.answer(self.tap(sent, label))
                self.assertEqual((answer.answer_state, self.order.state), ("done", "draft"))
                self.assertIn(f"“{label}”", self.notes(self.order))

    def test_the_words_count_whatever_the_payload(self):
        self.answer(self.tap(self.send_about(self.order), "Confirm", payload="order:1"))
        self.assertEqual(self.order.state, "sale")

    def test_nobody_confirms_with_the_message_of_another_customer(self):
        sent = self.send_about(self.order)
        self.receive(self.tap(sent, "Confirm", **{"from": "201009999999"}))
        self.follow_answers()
        self.assertEqual(self.order.state, "draft")

    def test_typed_words_are_no_tap(self):
        sent = self.send_about(self.order)
        self.answer(self.message("Confirm", context={"id": sent.wamid}))
        self.assertEqual(self.order.state, "draft")

    # === RIGHTS === #

    def test_it_runs_with_the_rights_of_the_responsible(self):
        self.confirm.code = "record.write({'client_order_ref': env.user.login})"
        self.answer(self.tap(self.send_about(self.order), "Confirm"))
        self.assertEqual(self.order.client_order_ref, "seller")

    def test_else_with_those_of_who_sent_it_or_has_the_chat(self):
        self.confirm.code = "record.write({'client_order_ref': env.user.login})"
        self.order.user_id = False
        self.answer(self.tap(self.send_about(self.order), "Confirm"))
        self.assertEqual(self.order.client_order_ref, "agent")

    @mute_logger(_FORBIDDEN)
    def test_who_may_not_write_the_document_lends_no_rights(self):
        self.order.user_id = self.employee
        sent = self.send_about(self.order, user=self.colleague)
        self.chat._assign(self.colleague)
        answer = self.answer(self.tap(sent, "Confirm"))
        self.assertEqual((answer.answer_state, self.order.state), ("failed", "draft"))
        self.assertIn("Nobody is in charge", self.chat_notes())

    @mute_logger(_FORBIDDEN)
    def test_an_action_for_others_is_refused(self):
        self.confirm.group_ids = self.env.ref("base.group_system")
        answer = self.answer(self.tap(self.send_about(self.order), "Confirm"))
        self.assertEqual((answer.answer_state, self.order.state), ("failed", "draft"))

    def test_who_left_lends_no_rights(self):
        self.order.user_id = self.seller
        sent = self.send_about(self.order, user=self.colleague)
        self.seller.active = False
        self.chat._assign(self.env["res.users"])
        self.answer(self.tap(sent, "Confirm"))
        self.assertEqual(self.order.state, "draft")

    def test_the_action_stays_with_the_button_when_meta_is_read_again(self):
        content = self.order_template._content_values(self.order_template._to_template())
        self.order_template.write(content)
        buttons = self.order_template.button_ids
        self.assertEqual(buttons.filtered(lambda b: b.text == "Confirm").action_id, self.confirm)
        self.assertFalse(buttons.filtered(lambda b: b.text == "Call me").action_id)

    def test_a_user_error_is_what_the_chat_shows(self):
        self.confirm.code = "raise UserError('Ask the boss first')"
        self.answer(self.tap(self.send_about(self.order), "Confirm"))
        self.assertIn("Ask the boss first", self.chat_notes())
