from odoo.exceptions import RedirectWarning
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import CUSTOMER
from .test_links import OTHER_CUSTOMER, LinkCase


@tagged("post_install", "-at_install")
class TestPartnerLifecycle(LinkCase):
    """Customers are merged, deleted, archived and get new numbers; their chats stay right."""

    def setUp(self):
        super().setUp()
        self.receive(self.message("other", sender=OTHER_CUSTOMER))
        self.other_chat = self.conversation(OTHER_CUSTOMER)
        self.other = self.other_chat.partner_id

    def authors(self, chat):
        return chat.wa_message_ids.mail_message_id.author_id

    def merge(self, kept, *others, user=None):
        partners = kept.union(*others)
        wizards = self.env["base.partner.merge.automatic.wizard"].with_user(user or self.env.user)
        wizard = wizards.create({"partner_ids": partners.ids, "dst_partner_id": kept.id})
        with mute_logger("odoo.addons.base.partner.merge"):
            wizard.action_merge()
        self.env.invalidate_all()

    # === MERGING === #

    def test_merging_two_customers_with_chats(self):
        self.other_chat._link(self.order)
        self.merge(self.customer, self.other)
        self.assertFalse(self.other.exists())
        for chat in self.chat | self.other_chat:
            self.assertEqual(chat.partner_id, self.customer)
            self.assertEqual(chat.contact_id.partner_id, self.customer)
            self.assertEqual(chat.name, self.customer.name)
            self.assertEqual(chat.discuss_channel_id.name, self.customer.name)
            self.assertEqual(self.authors(chat), self.customer)
        self.assertIn("are one customer now", self.chat_notes(self.other_chat))
        self.assertNotIn("are one customer now", self.chat_notes())
        self.assertEqual(self.customer.wa_conversation_count, 2)
        self.assertEqual(self.order.wa_link_ids.conversation_id, self.other_chat)

    def test_later_messages_arrive_at_the_merged_customer(self):
        self.merge(self.customer, self.other)
        self.receive(self.message("later", sender=OTHER_CUSTOMER))
        self.assertEqual(self.conversation(OTHER_CUSTOMER), self.other_chat)
        self.assertEqual(self.authors(self.other_chat), self.customer)

    def test_documents_of_the_merged_customer_keep_their_links(self):
        for document in self.documents:
            self.chat._link(document)
        self.merge(self.other, self.customer)
        for document in self.documents:
            self.assertEqual(document.partner_id, self.other)
            self.assertEqual(document.wa_link_ids.conversation_id, self.chat)
            self.assertEqual(document._wa_customer(), self.chat.partner_id)

    def test_merging_moves_the_rights_of_salespeople(self):
        self.customer.user_id = self.seller
        self.other.user_id = self.other_seller
        self.assertTrue(self.found_by(self.other_seller, self.other_chat))
        self.merge(self.customer, self.other)
        self.assertFalse(self.found_by(self.other_seller, self.other_chat))
        self.assertTrue(self.found_by(self.seller, self.other_chat))

    def test_merging_decides_whose_number_it_is(self):
        twins = self.env["res.partner"].create(
            [{"name": name, "phone": "+20 100 888 8888"} for name in ("Twin A", "Twin B")]
        )
        self.receive(self.message(sender="201008888888"))
        chat = self.conversation("201008888888")
        self.assertFalse(chat.partner_id)
        self.merge(*twins)
        self.assertEqual(chat.partner_id, twins[0])
        self.assertEqual(chat.name, "Twin A")
        self.assertEqual(self.authors(chat), twins[0])

    def test_merging_two_of_three_with_one_number_decides_nothing(self):
        triplets = self.env["res.partner"].create(
            [{"name": f"Triplet {n}", "phone": "+20 100 888 8888"} for n in range(3)]
        )
        self.receive(self.message(sender="201008888888"))
        chat = self.conversation("201008888888")
        self.merge(triplets[0], triplets[1])
        self.assertFalse(chat.partner_id)
        self.assertEqual(chat.candidate_count, 2)

    def test_who_merges_need_not_see_the_chats(self):
        self.seller.group_ids += self.env.ref("base.group_partner_manager")
        self.assertFalse(self.found_by(self.seller, self.chat | self.other_chat))
        (self.customer | self.other).email = "both@example.com"
        self.merge(self.customer, self.other, user=self.seller)
        self.assertEqual(self.other_chat.partner_id, self.customer)
        self.assertEqual(self.other_chat.name, self.customer.name)

    # === DELETING AND ARCHIVING === #

    def test_a_chat_outlives_its_customer(self):
        self.other.name = "Omar from the shop"
        self.other_chat._set_partner(self.other)
        self.other.with_user(self._new_person("cleaner", "base.group_partner_manager")).unlink()
        self.assertFalse(self.other_chat.partner_id)
        self.assertFalse(self.other_chat.contact_id.partner_id)
        self.assertEqual(self.other_chat.name, f"Customer {OTHER_CUSTOMER}")
        messages = self.other_chat.wa_message_ids.mail_message_id
        self.assertFalse(messages.author_id)
        self.assertEqual(messages.email_from, f"Customer {OTHER_CUSTOMER}")
        self.assertEqual(self.found_by(self.agent, messages), messages)

    def test_who_writes_again_is_a_customer_again(self):
        self.other.unlink()
        self.receive(self.message("again", sender=OTHER_CUSTOMER))
        chat = self.conversation(OTHER_CUSTOMER)
        self.assertEqual(chat, self.other_chat)
        self.assertEqual(chat.partner_id.phone_sanitized, f"+{OTHER_CUSTOMER}")
        self.assertEqual(self.authors(chat), chat.partner_id)

    def test_what_core_forbids_stays_forbidden(self):
        person = self.employee.partner_id
        self.other_chat.contact_id._choose_partner(person)
        with self.assertRaises(RedirectWarning), self.cr.savepoint():
            person.unlink()
        self.assertEqual(self.other_chat.partner_id, person)

    def test_archiving_changes_nothing(self):
        self.other.active = False
        self.receive(self.message("again", sender=OTHER_CUSTOMER))
        self.assertEqual(self.conversation(OTHER_CUSTOMER), self.other_chat)
        self.assertEqual(self.other_chat.partner_id, self.other)
        self.assertEqual(self.other.wa_conversation_count, 1)
        self.other_chat._move_to("closed")
        self.sales.reopen_hours = 0
        self.receive(self.message("once more", sender=OTHER_CUSTOMER))
        newer = self.conversation(OTHER_CUSTOMER)
        self.assertNotEqual(newer, self.other_chat)
        self.assertEqual(newer.partner_id, self.other)

    # === NUMBERS === #

    def test_another_phone_number_keeps_the_chat(self):
        for phone in ("+4915112345678", False):
            self.customer.phone = phone
            self.receive(self.message("after the change"))
            self.assertEqual(self.conversation(), self.chat)
            self.assertEqual(self.chat.partner_id, self.customer)
            self.assertEqual(self.customer.wa_conversation_count, 1)
            self.assertEqual(self.customer.with_user(self.agent).wa_addresses, f"+{CUSTOMER}")

    def test_somebody_else_with_the_number_gets_nothing(self):
        self.customer.phone = False
        newcomer = self.env["res.partner"].create([{"name": "New", "phone": f"+{CUSTOMER}"}])
        self.receive(self.message("whose?"))
        self.assertEqual(self.chat.partner_id, self.customer)
        self.assertEqual(newcomer.wa_conversation_count, 0)

    def test_several_customers_with_one_number_are_asked_for_once(self):
        twins = self.env["res.partner"].create(
            [{"name": name, "phone": "+20 100 888 8888"} for name in ("Twin A", "Twin B")]
        )
        self.receive(self.message(sender="201008888888"))
        chat = self.conversation("201008888888")
        self.assertEqual(chat.candidate_count, 2)
        self.assertEqual(twins.mapped("wa_conversation_count"), [0, 0])
        for twin in twins.with_user(self.agent):
            action = twin.action_wa_open_chat()
            opened = [offered["id"] for offered in action["params"]["chats"]]
            self.assertEqual(opened, chat.ids)
        outside = twins[0].with_user(self.outsider).action_wa_open_chat()
        self.assertEqual(outside["tag"], "display_notification")
        wizards = self.env["wa.conversation.choose.partner"].with_user(self.agent)
        wizards.create({"conversation_id": chat.id, "partner_id": twins[1].id}).action_apply()
        self.env.invalidate_all()
        self.assertEqual(twins.mapped("wa_conversation_count"), [0, 1])
        chat._move_to("closed")
        self.sales.reopen_hours = 0
        self.receive(self.message(sender="201008888888"))
        later = self.conversation("201008888888")
        self.assertNotEqual(later, chat)
        self.assertEqual(later.partner_id, twins[1])
        self.assertEqual(later.candidate_count, 0)
