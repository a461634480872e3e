from psycopg2 import IntegrityError

from odoo.addons.mail.tests.common import mail_new_test_user
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import WhatsappCase

OTHER_CUSTOMER = "201009999999"


class LinkCase(WhatsappCase):
    """A chat of three messages, a seller with an order and a helpdesk agent with a ticket."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller = cls._new_person("seller", "sales_team.group_sale_salesman")
        cls.other_seller = cls._new_person("other_seller", "sales_team.group_sale_salesman")
        cls.helper = cls._new_person("helper", "helpdesk_mgmt.group_helpdesk_user_own")
        cls.agent.group_ids += cls.env.ref("sales_team.group_sale_salesman_all_leads")
        cls.agent.group_ids += cls.env.ref("helpdesk_mgmt.group_helpdesk_user")

    @classmethod
    def _new_person(cls, login, group):
        return mail_new_test_user(cls.env, login=login, groups=group)

    def setUp(self):
        super().setUp()
        self.receive(*[self.message(text) for text in ("first", "second", "third")])
        self.chat = self.conversation()
        self.messages = self.chat.wa_message_ids.sorted("id")
        self.customer = self.chat.partner_id
        self.order = self.env["sale.order"].create(
            {"partner_id": self.customer.id, "user_id": self.seller.id}
        )
        self.ticket = self.env["helpdesk.ticket"].create(
            {
                "name": "Broken leg",
                "description": "The sofa",
                "partner_id": self.customer.id,
                "user_id": self.helper.id,
            }
        )
        self.documents = (self.order, self.ticket)

    def notes(self, record):
        return "".join(record.message_ids.mapped("body"))

    def chat_notes(self, chat=None):
        return self.notes((chat or self.chat).discuss_channel_id)

    def form_cost(self, record):
        """Return how many queries more reading for the form takes than without this addon."""
        specification = Form(record)._view["fields_spec"]
        ours = {name for name in specification if name.startswith("wa_")}
        self.assertIn("wa_conversation_count", ours)
        core = {name: part for name, part in specification.items() if name not in ours}
        return self._form_queries(record, specification) - self._form_queries(record, core)

    def _form_queries(self, record, specification):
        record.web_read(specification)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        record.web_read(specification)
        return self.cr.sql_log_count - before


@tagged("post_install", "-at_install")
class TestLinks(LinkCase):
    """What a chat is about: orders and tickets."""

    # === MAKING AND REMOVING === #

    def test_link_and_unlink(self):
        chat = self.chat.with_user(self.agent)
        for document, field in ((self.order, "sale_order_ids"), (self.ticket, "ticket_ids")):
            with self.subTest(document._name):
                link = chat._link(document.with_user(self.agent))
                self.assertEqual(link._document(), document)
                self.assertEqual(chat[field], document)
                self.assertEqual(document.wa_link_ids, link)
                self.assertEqual(document.with_user(self.agent).wa_conversation_count, 1)
                chat._unlink_document(document)
                self.assertFalse(chat[field])
                self.assertFalse(link.exists())
                chat._unlink_document(document)

    def test_who_was_only_invited_links_nothing_to_keep_reading(self):
        self.chat.with_user(self.agent)._invite(self.seller)
        chat = self.chat.with_user(self.seller)
        self.assertTrue(chat._filter_access("note"))
        with self.assertRaisesRegex(AccessError, "You were only invited"):
            chat._link(self.order.with_user(self.seller))
        self.assertFalse(self.chat.link_ids)
        self.assertTrue(self.chat.with_user(self.agent)._link(self.order))

    def test_many_to_many(self):
        self.receive(self.message(sender=OTHER_CUSTOMER))
        other_chat = self.conversation(OTHER_CUSTOMER)
        for chat in self.chat | other_chat:
            for document in self.documents:
                chat._link(document)
        self.assertEqual(self.order.wa_conversation_count, 2)
        self.assertEqual(self.order.wa_unanswered_count, 4)
        self.assertEqual(self.chat.sale_order_ids, self.order)
        self.assertEqual(self.chat.ticket_ids, self.ticket)
        self.assertEqual(len(self.chat.link_ids), 2)

    def test_linking_again_changes_the_stretch(self):
        link = self.chat._link(self.order)
        noted = self.chat_notes()
        self.assertEqual(self.chat._link(self.order), link)
        self.assertEqual(self.chat_notes(), noted)
        self.assertEqual(self.chat._link(self.order, first=self.messages[1]), link)
        self.assertEqual(link.first_message_id, self.messages[1])
        self.assertIn("From “second” on.", self.chat_notes())
        self.assertIn("changed", self.notes(self.order))

    def test_both_sides_tell(self):
        for document in self.documents:
            with self.subTest(document._name):
                self.chat._link(document, self.messages[0], self.messages[1])
                self.assertIn("From “first” to “second”.", self.chat_notes())
                self.assertIn(document.display_name, self.chat_notes())
                self.assertIn(self.chat.name, self.notes(document))
                self.chat._unlink_document(document)
                for text in (self.chat_notes(), self.notes(document)):
                    self.assertIn("No longer linked", text)

    def test_notes_on_documents_quote_nothing(self):
        """Everybody who reads a document reads what is noted there."""
        for value in ("none", "stretch", "conversation"):
            self.sales.document_access = value
            for document in self.documents:
                with self.subTest(value, document=document._name):
                    before = document.message_ids
                    self.chat._link(document, self.messages[0], self.messages[1])
                    told = "".join((document.message_ids - before).mapped("body"))
                    self.assertIn(self.chat.name, told)
                    self.assertNotIn("first", told)
                    self.assertIn("From “first” to “second”.", self.chat_notes())
                    self.chat._unlink_document(document)

    def test_the_access_log_tells_of_it(self):
        self.chat.with_user(self.agent)._link(self.order, self.messages[0])
        self.chat.with_user(self.supervisor)._unlink_document(self.order)
        self.chat._link(self.ticket)
        self.ticket.unlink()
        log = self.env["wa.access.log"].search([("conversation_id", "=", self.chat.id)])
        rows = [(row.action, row.user_id, row.subject_user_id) for row in log.sorted("id")]
        me = self.env.user
        self.assertEqual(
            rows,
            [
                ("linked", self.agent, self.seller),
                ("unlinked", self.supervisor, self.seller),
                ("linked", me, self.helper),
                ("unlinked", me, self.helper),
            ],
        )

    def test_the_customer_hears_nothing_of_it(self):
        for document in self.documents:
            document.message_subscribe(self.customer.ids)
            before = document.message_ids
            self.chat._link(document)
            self.chat._unlink_document(document)
            news = document.message_ids - before
            self.assertEqual(len(news), 2)
            self.assertEqual(news.subtype_id, self.env.ref("mail.mt_note"))
            self.assertTrue(news.subtype_id.internal)
            self.assertFalse(news.notification_ids)
        self.send()
        self.assertFalse(self.graph.sent())

    # === RIGHTS === #

    def test_who_may_link(self):
        viewer = self._new_user("viewer", "group_agent")
        self.env["wa.team.member"].create(
            {"team_id": self.sales.id, "user_id": viewer.id, "role": "viewer"}
        )
        for user in self.agent | self.colleague | self.supervisor | self.manager | viewer:
            user.group_ids += self.env.ref("sales_team.group_sale_salesman_all_leads")
        for user, may in (
            (self.agent, True),
            (self.colleague, True),
            (self.supervisor, True),
            (self.manager, True),
            (viewer, False),
            (self.seller, False),
            (self.outsider, False),
            (self.employee, False),
        ):
            chat = self.chat.with_user(user)
            order = self.order.with_user(user)
            with self.subTest(user.login):
                self.assertEqual(self.can(lambda c=chat, o=order: c._link(o)), may)
                self.assertEqual(self.can(chat.action_link_document), may)
        link = self.chat._link(self.order)
        for user, may in ((self.agent, True), (self.seller, False), (viewer, False)):
            with self.subTest(user.login, action="unlink"):
                self.assertEqual(self.can(link.with_user(user).action_unlink), may)

    def test_who_links_must_read_the_document(self):
        order = self.order.with_user(self.colleague)
        with self.assertRaises(AccessError):
            self.chat.with_user(self.colleague)._link(order)
        self.colleague.group_ids += self.env.ref("sales_team.group_sale_salesman")
        with self.assertRaises(AccessError):
            self.chat.with_user(self.colleague)._link(order)
        self.order.user_id = self.colleague
        self.assertTrue(self.chat.with_user(self.colleague)._link(order))

    def test_what_a_reader_of_the_chat_sees_of_documents(self):
        for document in self.documents:
            self.chat._link(document)
        chat = self.chat.with_user(self.colleague)
        self.assertFalse(chat.sale_order_ids)
        self.assertFalse(chat.ticket_ids)
        specification = {"sale_order_ids": {"fields": {"display_name": {}}}, "link_ids": {}}
        self.assertEqual(chat.web_read(specification)[0]["sale_order_ids"], [])

    def test_links_open_the_chat_to_the_responsible(self):
        for document in self.documents:
            user = document.user_id
            with self.subTest(user.login):
                self.assertFalse(self.found_by(user, self.chat))
                self.chat._link(document)
                self.assertTrue(self.found_by(user, self.chat))
                self.assertFalse(self.found_by(self.other_seller, self.chat))
                self.chat._unlink_document(document)
                self.assertFalse(self.found_by(user, self.chat))

    def test_nobody_writes_links_directly(self):
        link = self.chat._link(self.order)
        for user in self.agent | self.manager | self.seller:
            own = link.with_user(user)
            with self.subTest(user.login):
                self.assertFalse(self.can(own.unlink))
                self.assertFalse(self.can(lambda o=own: o.write({"first_message_id": False})))
                self.assertFalse(
                    self.can(lambda o=own: o.create([{"conversation_id": self.chat.id}]))
                )

    # === WHAT A LINK IS === #

    def test_exactly_one_document(self):
        links = self.env["wa.conversation.link"]
        values = {"conversation_id": self.chat.id}
        both = {"sale_order_id": self.order.id, "ticket_id": self.ticket.id}
        with self.assertRaises(ValidationError):
            links.create([values])
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.cr.savepoint(),
        ):
            links.create([values | both])
        with self.assertRaises(UserError):
            self.chat._link(self.customer)

    def test_documents_of_other_companies_are_not_linked(self):
        branch = self.env["res.company"].create([{"name": "Branch"}])
        order = self.env["sale.order"].create(
            [{"partner_id": self.customer.id, "company_id": branch.id}]
        )
        with self.assertRaises(ValidationError):
            self.chat._link(order)

    def test_a_stretch_is_in_order_and_in_one_chat(self):
        self.receive(self.message(sender=OTHER_CUSTOMER))
        foreign = self.conversation(OTHER_CUSTOMER).wa_message_ids
        first, second, _third = self.messages
        for ends in ((second, first), (foreign, None), (None, foreign)):
            with self.subTest(ends), self.assertRaises(ValidationError), self.cr.savepoint():
                self.chat._link(self.order, *ends)
        self.assertTrue(self.chat._link(self.order, first, first))

    def test_searching_by_document(self):
        self.receive(self.message(sender=OTHER_CUSTOMER))
        unlinked = self.conversation(OTHER_CUSTOMER)
        self.chat._link(self.order)
        conversations = self.env["wa.conversation"]
        both = ("id", "in", (self.chat | unlinked).ids)
        for domain, expected in (
            (("sale_order_ids", "=", self.order.id), self.chat),
            (("sale_order_ids", "in", self.order.ids), self.chat),
            (("sale_order_ids", "ilike", self.order.name), self.chat),
            (("sale_order_ids", "!=", False), self.chat),
            (("sale_order_ids", "=", False), unlinked),
            (("sale_order_ids", "!=", self.order.id), unlinked),
            (("ticket_ids", "!=", False), conversations),
        ):
            with self.subTest(domain):
                self.assertEqual(conversations.search([domain, both]), expected)

    def test_export(self):
        self.chat._link(self.order)
        self.agent.group_ids += self.env.ref("base.group_allow_export")
        exported = self.chat.with_user(self.agent).export_data(["name", "sale_order_ids/name"])
        (rows,) = exported.values()
        self.assertEqual(rows, [[self.chat.name, self.order.name]])

    # === DELETED DOCUMENTS === #

    def test_deleting_a_document_removes_the_link_only(self):
        for document in self.documents:
            name = document.display_name
            with self.subTest(name):
                link = self.chat._link(document)
                document.unlink()
                self.assertFalse(link.exists())
                self.assertTrue(self.chat.exists())
                self.assertIn(f"{name} was deleted", self.chat_notes())

    def test_cancelled_orders_and_archived_tickets_keep_their_links(self):
        for document in self.documents:
            self.chat._link(document)
        self.order._action_cancel()
        self.ticket.active = False
        self.assertEqual(self.chat.sale_order_ids, self.order)
        self.assertEqual(self.chat.ticket_ids, self.ticket)

    # === THE DIALOG === #

    def wizard(self, user=None, **context):
        context = {"default_conversation_id": self.chat.id} | context
        wizards = self.env["wa.conversation.link.document"].with_user(user or self.agent)
        return Form(wizards.with_context(**context))

    def test_dialog(self):
        form = self.wizard()
        self.assertEqual(form.kind, "sale_order_id")
        self.assertEqual(len(form.message_ids), 3)
        form.sale_order_id = self.order
        form.stretch = "from_now"
        self.assertEqual(form.first_message_id, self.messages[2])
        self.assertEqual(len(form.message_ids), 1)
        form.stretch = "between"
        form.first_message_id = self.messages[0]
        form.last_message_id = self.messages[1]
        self.assertEqual(len(form.message_ids), 2)
        form.save().action_apply()
        link = self.order.wa_link_ids
        self.assertEqual(link.first_message_id, self.messages[0])
        self.assertEqual(link.last_message_id, self.messages[1])

    def test_dialog_for_a_ticket(self):
        form = self.wizard()
        form.kind = "ticket_id"
        form.ticket_id = self.ticket
        form.save().action_apply()
        self.assertFalse(self.ticket.wa_link_ids.first_message_id)

    def test_dialog_changes_a_link(self):
        link = self.chat._link(self.ticket, self.messages[1])
        context = link.with_user(self.agent).action_edit()["context"]
        form = self.wizard(**context)
        self.assertEqual(form.ticket_id, self.ticket)
        self.assertEqual(form.first_message_id, self.messages[1])
        form.stretch = "all"
        form.save().action_apply()
        self.assertFalse(link.first_message_id)

    def test_dialog_offers_documents_of_the_customer_first(self):
        stranger = self.env["res.partner"].create([{"name": "Stranger"}])
        newer = self.env["sale.order"].create([{"partner_id": stranger.id}])
        orders = self.env["sale.order"].with_user(self.agent)
        found = orders.with_context(wa_customer_first=self.customer.id).name_search("", limit=2)
        self.assertEqual([order_id for order_id, _name in found], [self.order.id, newer.id])
        found = orders.with_context(wa_customer_first=self.customer.id).name_search(newer.name)
        self.assertEqual([order_id for order_id, _name in found], newer.ids)

    def test_dialog_offers_what_the_user_may_read(self):
        self.colleague.group_ids += self.env.ref("helpdesk_mgmt.group_helpdesk_user_own")
        wizards = self.env["wa.conversation.link.document"].with_user(self.colleague)
        self.assertEqual([kind for kind, _label in wizards._selection_kind()], ["ticket_id"])
        self.assertEqual(self.wizard(self.colleague).kind, "ticket_id")

    def test_link_opens_its_document(self):
        link = self.chat._link(self.order)
        action = link.with_user(self.agent).action_open_document()
        self.assertEqual((action["res_model"], action["res_id"]), ("sale.order", self.order.id))
        with self.assertRaises(AccessError):
            link.with_user(self.colleague).action_open_document()
