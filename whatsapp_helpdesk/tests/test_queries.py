from lxml import etree

from odoo.addons.whatsapp_helpdesk.cloud_api.answers import SendResult
from odoo.addons.whatsapp_helpdesk.const import INBOX_REQUEST
from odoo.addons.whatsapp_helpdesk.work.calls import Sent
from odoo.tests import tagged

from .common import WhatsappCase

CUSTOMERS = [f"2010000000{number:02}" for number in range(50)]


@tagged("post_install", "-at_install")
class TestQueries(WhatsappCase):
    """How many queries the frequent things cost, and that the cost does not grow with the batch.

    Savepoints count as well; in tests each transaction of a job adds two of them.
    """

    def setUp(self):
        super().setUp()
        # Contacts and conversations exist and Odoo's caches are warm.
        self.receive(*[self.message(sender=customer) for customer in CUSTOMERS])
        self.receive(*[self.message(sender=customer) for customer in CUSTOMERS])

    def drain_costs(self, queries, *messages, statuses=()):
        self.post_webhook(self.webhook(*messages, statuses=statuses))
        self.env.flush_all()
        with self.assertQueryCount(queries):
            self.drain()

    def answer(self, customers):
        """Answer these customers and return the rows of the outbox."""
        for customer in customers:
            self.reply(self.conversation(customer))
        messages = self.env["wa.message"].search([("direction", "=", "outbound")], order="id")
        self.env.flush_all()
        self.env.cr.precommit.run()
        self.env.invalidate_all()
        return messages

    def test_webhook(self):
        payload = self.webhook(self.message())
        # One insert, also for a repetition; account and parameter are cached
        for _delivery in range(2):
            with self.assertQueryCount(1):
                self.post_webhook(payload)

    def test_one_message(self):
        # 10 for the journal (lock, claim, savepoints, settling, looking again), 5 for number and
        # account, 6 for repetition, contact, conversation and customer, 3 for the rows, 8 for what
        # browsers get to know
        self.drain_costs(32, self.message(sender=CUSTOMERS[0]))

    def test_fifty_messages_of_fifty_customers(self):
        # Nothing depends on the number of messages; one more asks which documents show the chats
        self.drain_costs(34, *[self.message(sender=customer) for customer in CUSTOMERS])

    def test_fifty_messages_of_one_customer(self):
        self.drain_costs(32, *[self.message(sender=CUSTOMERS[0]) for _customer in CUSTOMERS])

    def test_fifty_new_customers(self):
        # One more for each: the insert of the contact
        self.drain_costs(96, *[self.message(sender=f"4915{c}") for c in CUSTOMERS])

    def test_fifty_statuses(self):
        self.answer(CUSTOMERS)
        self.send()
        messages = self.env["wa.message"].search([("direction", "=", "outbound")])
        # Nothing depends on the number of statuses: one search, one update, one insert into the bus
        self.drain_costs(17, statuses=[self.status(m, "delivered") for m in messages])
        self.drain_costs(17, statuses=[self.status(messages[0], "read")])

    def test_answer_of_an_agent(self):
        self.answer(CUSTOMERS[:1])
        chat = self.conversation(CUSTOMERS[1])
        self.env.flush_all()
        self.env.cr.precommit.run()
        self.env.invalidate_all()
        # 6 for rights and window, core's posting, the outbox, assignment with membership, the bus;
        # one of them only when a cache of core is cold; 3 to lock the conversation without waiting
        with self.assertQueryCount(44):
            self.reply(chat)
            self.env.cr.precommit.run()

    def test_claiming_and_storing(self):
        # The rows, their conversations, contacts, numbers and accounts; one update of each kind
        for customers, storing in ((CUSTOMERS[:1], 7), (CUSTOMERS[1:31], 7)):
            messages = self.answer(customers)[-len(customers) :]
            with self.assertQueryCount(8):
                claimed = messages._claim(len(messages))
            self.assertEqual([outgoing.message_id for outgoing in claimed], messages.ids)
            results = [Sent(m.id, answer=SendResult(f"wamid.OUT{m.id}")) for m in messages]
            self.env.invalidate_all()
            with self.assertQueryCount(storing):
                messages._store_results(results)
                self.env.flush_all()
                self.env.cr.precommit.run()

    def list_specification(self):
        """Return what browsers ask of the list of conversations, all its columns."""
        conversations = self.env["wa.conversation"].with_user(self.agent)
        columns = etree.fromstring(conversations.get_view(view_type="list")["arch"]).iter("field")
        asked = {}
        for column in columns:
            shown = {} if column.get("column_invisible") == "True" else {"display_name": {}}
            field = conversations._fields[column.get("name")]
            asked[field.name] = {"fields": shown} if field.relational else {}
        return asked

    def test_list_page_of_forty(self):
        teams = self.support | self.env["wa.team"].create([{"name": "Third"}])
        for team in teams:
            team.user_ids |= self.agent
        conversations = self.env["wa.conversation"].search([])
        conversations[:20].user_id = self.agent
        conversations[20:].user_id = self.colleague
        conversations.tag_ids = self.env["wa.tag"].create([{"name": "Urgent"}])
        specification = self.list_specification()
        self.assertLessEqual({"name", "tag_ids", "wa_channel_id", "user_id"}, specification.keys())

        def page():
            self.env.flush_all()
            self.env.invalidate_all()
            return (
                self.env["wa.conversation"]
                .with_user(self.agent)
                .web_search_read([("state", "!=", "closed")], specification, limit=40)
            )

        self.assertEqual(len(page()["records"]), 40)
        # The page and how many there are, in one query each whatever opens them; contacts, numbers,
        # teams and tags (two) by name, users (two)
        with self.assertQueryCount(10):
            page()

    def test_inbox_of_forty(self):
        for customer in CUSTOMERS[40:]:
            self.conversation(customer)._move_to("closed")
        for customer in CUSTOMERS[:5]:
            self.conversation(customer).with_user(self.agent).action_take()
        data = self.rpc(self.agent, "/mail/data", fetch_params=[INBOX_REQUEST])
        self.assertEqual(len(data["wa.conversation"]), 40)
        self.env.flush_all()
        self.env.cr.precommit.run()
        self.env.invalidate_all()
        # The conversations, their chats, contacts, teams, numbers and customers, and who has them
        # by name. None depends on the number of chats.
        with self.assertQueryCount(8):
            self.make_jsonrpc_request("/mail/data", {"fetch_params": [INBOX_REQUEST]})

    def test_counters_of_customers(self):
        partners = self.env["wa.conversation"].search([]).partner_id.with_user(self.agent)
        partners[:1].mapped("wa_unanswered_count")
        for some in (partners[:1], partners[:40]):
            self.env.invalidate_all()
            # The groups, the ancestors of their partners, the user
            with self.assertQueryCount(3):
                some.mapped("wa_unanswered_count")
