from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from ..models import wa_template_batch_sending
from .template_case import TemplateCase


@tagged("post_install", "-at_install")
class TestTemplateBatch(TemplateCase):
    """A template for many records: each its own text, each for itself."""

    def orders_of(self, count, **values):
        """Return orders of as many customers, every other one of whom reads Arabic."""
        partners = self.env["res.partner"].create(
            [
                {
                    "name": f"Customer {number}",
                    "phone": f"+2010022{number:05}",
                    "lang": "ar_001" if number % 2 else "en_US",
                }
                for number in range(count)
            ]
        )
        return self.env["sale.order"].union(
            *(self.new_order(partner, **values) for partner in partners)
        )

    def check(self, records, user=None, text="Thanks"):
        """Fill in the dialog for records and return the list that it makes."""
        user = user or self.agent
        action = self.env["wa.template"]._compose_action(records)
        wizards = self.env["wa.template.compose"].with_user(user)
        form = Form(wizards.with_context(**action["context"]))
        form.template_id = self.english
        with form.line_ids.edit(0) as line:
            line.text = text
        self.assertFalse(form.problems)
        self.wizard = form.save()
        action = self.wizard.action_check()
        return self.env[action["res_model"]].with_user(user).browse(action["res_id"])

    def states(self, batch):
        return {
            state: count
            for state, count in batch.line_ids._read_group(
                [("batch_id", "=", batch.id)], ["state"], ["__count"]
            )
        }

    def test_each_record_gets_its_own_text_in_the_customers_language(self):
        orders = self.orders_of(4)
        batch = self.check(orders)
        self.assertEqual((batch.ready_count, batch.problem_count), (4, 0))
        self.assertEqual(self.wizard.action_check()["res_id"], batch.id)
        self.send()
        self.assertFalse(self.graph.sent())
        batch.action_send()
        self.send()
        sent = self.graph.sent()
        self.assertEqual(len(sent), 4)
        self.assertEqual([s["template"]["language"]["code"] for s in sent].count("ar"), 2)
        texts = {str(s["template"]["components"]) for s in sent}
        for order in orders:
            self.assertEqual(sum(order.name in text for text in texts), 1)
        self.assertEqual(batch.state, "done")
        self.assertEqual(set(batch.line_ids.mapped("delivery")), {"sent"})

    def test_one_bad_record_among_fifty_stops_no_other(self):
        orders = self.orders_of(50)
        orders[7].partner_id.phone = False
        batch = self.check(orders)
        self.assertEqual((batch.ready_count, batch.problem_count), (49, 1))
        self.assertIn("49 ready, 1 with problems", batch.summary)
        bad = batch.line_ids.filtered(lambda line: line.state == "problem")
        self.assertEqual(bad.name, orders[7].name)
        self.assertIn("Customer 7 has no phone number", bad.reason)
        batch.action_send()
        self.send()
        self.assertEqual(len(self.graph.sent()), 49)
        self.assertEqual((batch.sent_count, batch.failed_count), (49, 0))
        self.assertIn("49 sent, 0 not sent, 1 left out", batch.summary)
        self.assertEqual(batch.action_open_failed()["domain"], [("id", "in", [orders[7].id])])

    def test_what_breaks_between_the_check_and_the_sending_breaks_alone(self):
        orders = self.orders_of(5)
        batch = self.check(orders)
        orders[1].user_id = self.colleague
        orders[2].unlink()
        orders[3].partner_id.phone = "12"
        orders[3].partner_id.phone = False
        batch.action_send()
        self.send()
        self.assertEqual(self.states(batch), {"sent": 2, "failed": 3})
        self.assertEqual(len(self.graph.sent()), 2)
        for line in batch.line_ids.filtered(lambda line: line.state == "failed"):
            self.assertTrue(line.reason)

    def test_pressing_twice_sends_nothing_twice(self):
        batch = self.check(self.orders_of(3))
        batch.action_send()
        batch.action_send()
        batch._start()
        self.send()
        self.assertEqual(len(self.graph.sent()), 3)

    def test_a_worker_that_dies_leaves_the_rest_for_the_next(self):
        self.patch(wa_template_batch_sending, "AT_ONCE", 2)
        batch = self.check(self.orders_of(6))
        batch.action_send()
        ready = batch._ready_lines()
        self.assertEqual(len(ready), 6)
        sender = batch.with_env(batch._author_env())
        sender._send_lines(ready[:2])
        with self.assertRaises(KeyboardInterrupt), self.cr.savepoint():
            sender._send_lines(ready[2:4])
            raise KeyboardInterrupt
        self.env.invalidate_all()
        self.assertEqual(batch._ready_lines(), ready[2:])
        self.run_cron()
        batch.action_send()
        self.send()
        receivers = [sent["to"] for sent in self.graph.sent()]
        self.assertEqual((len(receivers), len(set(receivers))), (6, 6))
        self.assertEqual(self.states(batch), {"sent": 6})

    def test_a_paused_template_is_named_for_each(self):
        batch = self.check(self.orders_of(2))
        (self.english | self.arabic).status = "paused"
        batch.action_send()
        self.assertEqual(self.states(batch), {"failed": 2})
        self.assertIn("not approved", batch.line_ids[0].reason)

    def test_only_who_made_the_list_sends_it(self):
        batch = self.check(self.orders_of(2))
        self.assertEqual(self.found_by(self.agent, batch), batch)
        self.assertEqual(self.found_by(self.manager, batch), batch)
        for user in (self.colleague, self.supervisor, self.employee):
            with self.subTest(user.login):
                self.assertFalse(self.found_by(user, batch))
                self.assertFalse(self.found_by(user, batch.line_ids))
        for user in (self.colleague, self.manager):
            with self.subTest(user.login), self.assertRaises(AccessError):
                batch.with_user(user).action_send()
        with self.assertRaises(AccessError):
            batch.write({"state": "done"})
        with self.assertRaises(AccessError):
            batch.line_ids.write({"state": "ready"})

    def test_records_that_the_user_may_not_read_are_left_out(self):
        mine, theirs = self.orders_of(2), self.orders_of(1, user_id=self.colleague.id)
        batch = self.check(mine | theirs)
        bad = batch.line_ids.filtered(lambda line: line.state == "problem")
        self.assertEqual(bad.res_id, theirs.id)
        self.assertNotIn(theirs.name, bad.name)
        self.assertIn("may not read", bad.reason)

    def test_long_lists_are_sent_in_the_background_slice_by_slice(self):
        self.patch(wa_template_batch_sending, "AT_ONCE", 3)
        self.patch(wa_template_batch_sending, "SLICE", 2)
        orders = self.orders_of(5)
        batch = self.check(orders)
        batch.action_send()
        self.assertEqual((batch.state, batch.sent_count), ("sending", 0))
        self.run_cron()
        self.assertEqual((batch.state, batch.sent_count), ("done", 5))
        self.assertEqual(batch.line_ids.wa_message_id.author_user_id, self.agent)
        self.run_cron()
        self.send()
        self.assertEqual(len(self.graph.sent()), 5)

    def test_a_long_list_can_be_stopped(self):
        self.patch(wa_template_batch_sending, "AT_ONCE", 1)
        batch = self.check(self.orders_of(2))
        batch.action_send()
        batch.action_stop()
        self.run_cron()
        self.assertEqual((batch.state, batch.sent_count, batch.failed_count), ("done", 0, 2))

    def run_cron(self):
        self.env.flush_all()
        cron = self.env.ref("whatsapp_helpdesk.ir_cron_wa_template_batch")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()

    def test_cost_per_record(self):
        """What a record costs more, checked and sent."""
        self.check(self.orders_of(2)).action_send()
        costs = []
        for count in (4, 14):
            orders = self.orders_of(count)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            batch = self.check(orders)
            self.env.flush_all()
            between = self.cr.sql_log_count
            batch.action_send()
            self.env.flush_all()
            costs.append((between - before, self.cr.sql_log_count - between))
        (check_few, send_few), (check_many, send_many) = costs
        self.assertLessEqual((check_many - check_few) / 10, 1)
        self.assertLessEqual((send_many - send_few) / 10, 62)
