from odoo.addons.mail.tests.common import mail_new_test_user
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import PNG, WhatsappCase


@tagged("post_install", "-at_install")
class TestStretch(WhatsappCase):
    """A salesperson sees of a support chat what is linked to the own order, and nothing else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        seller = "sales_team.group_sale_salesman"
        cls.seller = mail_new_test_user(cls.env, login="seller", groups=seller)
        cls.other_seller = mail_new_test_user(cls.env, login="other_seller", groups=seller)
        cls.portal = mail_new_test_user(cls.env, login="portal_user", groups="base.group_portal")
        cls.sales.document_access = "stretch"
        cls.sales.customer_readers = False

    def setUp(self):
        super().setUp()
        self.graph.files["1010"] = PNG
        for text in ("private", "the order", "in between"):
            self.receive(self.message(text))
        self.receive(self.message(type="image", image={"id": "1010", "mime_type": "image/png"}))
        self.receive(self.message("afterwards"))
        self.fetch()
        self.chat = self.conversation()
        messages = self.chat.wa_message_ids.sorted("id")
        self.order = self.env["sale.order"].create(
            {"partner_id": self.chat.partner_id.id, "user_id": self.seller.id}
        )
        self.link = self.env["wa.conversation.link"].create(
            {
                "conversation_id": self.chat.id,
                "sale_order_id": self.order.id,
                "first_message_id": messages[1].id,
                "last_message_id": messages[3].id,
            }
        )
        self.picture = messages[3].mail_message_id.attachment_ids
        self.assertTrue(self.picture)

    def texts(self, user):
        page = self.link.with_user(user).get_stretch()
        return [message["body"] for message in page["messages"]]

    def test_only_the_responsible_of_the_document_and_readers_of_the_chat_see_it(self):
        for user in self.seller | self.agent | self.manager:
            with self.subTest(user.login):
                texts = "".join(self.texts(user))
                self.assertIn("the order", texts)
                self.assertIn("in between", texts)
                self.assertNotIn("private", texts)
                self.assertNotIn("afterwards", texts)
        for user in self.other_seller | self.employee | self.outsider | self.portal:
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.texts(user)

    def test_the_chat_itself_stays_closed(self):
        self.assertTrue(self.texts(self.seller))
        self.assertFalse(self.found_by(self.seller, self.chat))
        self.assertFalse(self.found_by(self.seller, self.chat.discuss_channel_id))
        self.assertFalse(self.found_by(self.seller, self.chat.discuss_channel_id.message_ids))
        self.assertFalse(self.found_by(self.seller, self.picture))
        self.sales.document_access = "conversation"
        self.assertTrue(self.found_by(self.seller, self.chat))

    def test_a_team_can_open_nothing(self):
        self.sales.document_access = "none"
        with self.assertRaises(AccessError):
            self.texts(self.seller)

    def test_pages(self):
        link = self.link.with_user(self.seller)
        newest = link.get_stretch(limit=2)
        self.assertTrue(newest["has_more"])
        oldest = link.get_stretch(before=newest["messages"][0]["id"], limit=2)
        self.assertFalse(oldest["has_more"])
        self.assertEqual(len(newest["messages"] + oldest["messages"]), 3)

    def test_files_over_http(self):
        url = f"/whatsapp_helpdesk/stretch/{self.link.id}/file/{self.picture.id}"
        foreign = self.attach(name="secret.png")
        for user, is_open in ((self.seller, True), (self.agent, True), (self.employee, False)):
            with self.subTest(user.login):
                self.authenticate(user.login, user.login)
                self.assertEqual(self.url_open(url).content == PNG, is_open)
                other = f"/whatsapp_helpdesk/stretch/{self.link.id}/file/{foreign.id}"
                self.assertEqual(self.url_open(other).status_code, 404)
        self.authenticate(None, None)
        self.assertNotEqual(self.url_open(url).content, PNG)

    def test_panels_hear_that_something_came_and_not_what(self):
        last = self.env["bus.bus"]._bus_last_id()
        self.receive(self.message("secret news"))
        self.env.cr.precommit.run()
        for user, is_told in ((self.seller, True), (self.other_seller, False)):
            answer = self.rpc(
                user,
                "/websocket/peek_notifications",
                channels=[f"wa.conversation.link_{self.link.id}"],
                last=last,
                is_first_poll=True,
            )
            news = [row["message"] for row in answer["notifications"]]
            with self.subTest(user.login):
                self.assertEqual(
                    news,
                    [
                        {
                            "type": "whatsapp_helpdesk/stretch_changed",
                            "payload": {"link_id": self.link.id},
                        }
                    ]
                    if is_told
                    else [],
                )
