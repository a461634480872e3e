from odoo.tests import tagged

from .test_links import LinkCase


@tagged("post_install", "-at_install")
class TestDocumentWarnings(LinkCase):
    """Who is responsible for a document hears when a message about it did not arrive."""

    def setUp(self):
        super().setUp()
        for document in self.documents:
            self.chat._link(document)

    def answer(self, body="Your sofa is ready", **values):
        """Answer the customer, and let Meta refuse it."""
        self.reply(self.chat, body, **values)
        messages = self.our_messages(self.chat).filtered(lambda m: m.state == "queued")
        for _message in messages:
            self.graph.fail_next(131026, details="Receiver is incapable")
        while self.our_messages(self.chat).filtered(lambda m: m.state == "queued"):
            self.send()
        return messages

    def warnings(self, document=None):
        return (document or self.order).activity_ids.filtered("wa_mail_message_id")

    def test_the_responsible_gets_an_activity_with_the_reason(self):
        message = self.answer()
        for document in self.documents:
            activity = self.warnings(document)
            with self.subTest(document._name):
                self.assertEqual(activity.user_id, document.user_id)
                self.assertEqual(activity.wa_mail_message_id, message.mail_message_id)
                for words in ("Your sofa is ready", self.chat.name, "not on WhatsApp"):
                    self.assertIn(words, activity.note)

    def test_the_message_is_quoted_only_where_its_chat_opens(self):
        self.sales.document_access = "none"
        self.answer()
        for document in self.documents:
            note = self.warnings(document).note
            with self.subTest(document._name):
                self.assertIn("not on WhatsApp", note)
                self.assertNotIn("Your sofa is ready", note)

    def test_later_news_of_a_failure_warn_as_well(self):
        self.reply(self.chat)
        self.send()
        message = self.our_messages(self.chat)
        self.receive(statuses=[self.status(message, "failed")])
        self.receive(statuses=[self.status(message, "failed", timestamp="1790000000")])
        self.assertEqual(len(self.warnings()), 1)

    def test_the_words_are_in_the_language_of_the_responsible(self):
        self.env["res.lang"]._activate_lang("ar_001")
        self.seller.lang = "ar_001"
        message = self.answer()
        arabic = message.with_context(lang="ar_001").error_reason
        self.assertNotEqual(arabic, message.error_reason)
        self.assertIn(arabic, self.warnings().note)

    def test_once_per_message_however_often_it_is_tried(self):
        message = self.answer()
        message.with_user(self.agent).action_retry()
        self.graph.fail_next(131026)
        self.send()
        self.assertEqual(message.superseded_by_id.state, "failed")
        self.assertEqual(len(self.warnings()), 1)

    def test_once_for_several_files(self):
        files = self.attach(name="a.png") | self.attach(name="b.png")
        messages = self.answer(attachment_ids=files.ids)
        self.assertEqual(messages.mapped("state"), ["failed", "failed"])
        self.assertEqual(len(self.warnings()), 1)
        for message in messages:
            self.assertTrue(self.warnings())
            message.with_user(self.agent).action_retry()
            self.send()
            again = message.superseded_by_id
            self.receive(statuses=[self.status(again, "delivered")])
        self.assertFalse(self.warnings())

    def test_done_when_a_retry_arrives(self):
        message = self.answer()
        message.with_user(self.agent).action_retry()
        self.send()
        again = message.superseded_by_id
        self.assertEqual(again.state, "sent")
        self.assertTrue(self.warnings())
        self.receive(statuses=[self.status(again, "delivered")])
        for document in self.documents:
            self.assertFalse(self.warnings(document))
            self.assertIn("arrived after all", self.notes(document))

    def test_what_is_not_in_the_stretch_is_not_told(self):
        self.chat._link(self.order, self.messages[0], self.messages[1])
        self.answer()
        self.assertFalse(self.warnings())
        self.assertTrue(self.warnings(self.ticket))

    def test_without_a_responsible_the_author_hears_of_it(self):
        self.order.user_id = False
        self.answer()
        self.assertEqual(self.warnings().user_id, self.agent)

    def test_nobody_is_told_who_may_not_read_the_document(self):
        self.order.user_id = False
        self.agent.group_ids -= self.env.ref("sales_team.group_sale_salesman_all_leads")
        self.agent.group_ids -= self.env.ref("sales_team.group_sale_salesman")
        message = self.answer()
        self.assertEqual(message.state, "failed")
        self.assertFalse(self.warnings())

    def test_nothing_is_mailed(self):
        self.order.message_subscribe(self.customer.ids)
        before = self.env["mail.mail"].search_count([])
        self.answer()
        self.assertEqual(self.env["mail.mail"].search_count([]), before)

    def test_without_links_nothing_happens(self):
        for document in self.documents:
            self.chat._unlink_document(document)
        message = self.answer()
        self.assertFalse(message.has_warning)
        self.assertFalse(self.warnings())
