from datetime import datetime, timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import CUSTOMER, WhatsappCase

OLD, NEW = "EG.OLD1", "EG.NEW1"
NEW_NUMBER = "201119876543"


@tagged("post_install", "-at_install")
class TestIdentity(WhatsappCase):
    """One person stays one customer: new numbers, new ids, merged and separated contacts."""

    def says(self, body="Hello", *, bsuid=None, number=None, wamid=None):
        message = self.message(body, id=wamid or f"wamid.{body}")
        del message["from"]
        message |= {"from": number} if number else {}
        message |= {"from_user_id": bsuid} if bsuid else {}
        self.receive(message)

    def change_number(
        self, old=OLD, new=NEW, new_number=NEW_NUMBER, *, number=CUSTOMER, wamid="wamid.SYS"
    ):
        news = {
            "type": "user_changed_number",
            "body": "changed",
            "wa_id": new_number,
            "user_id": new,
            "previous_user_id": old,
        }
        message = self.message(type="system", system=news, text=None, id=wamid)
        message |= {"from": number, "from_user_id": old}
        self.receive(message)

    def contacts(self):
        return self.env["wa.contact"].search([("scope_uid", "=", "waba:1000000001")])

    def chats_of(self, contact):
        return sorted(contact.conversation_ids.wa_message_ids.mapped("body"))

    def test_history_stays_with_who_changes_number(self):
        self.says("Before", bsuid=OLD, number=CUSTOMER)
        contact = self.contacts()
        self.change_number()
        self.says("After", bsuid=NEW, number=NEW_NUMBER)
        self.assertEqual(self.contacts(), contact)
        self.assertEqual((contact.bsuid, contact.wa_id), (NEW, NEW_NUMBER))
        self.assertEqual(len(contact.conversation_ids), 1)
        self.assertEqual(contact.former_ids.mapped("bsuid"), [OLD])

    def test_late_message_under_the_old_id_arrives_in_the_same_chat(self):
        self.says("Before", bsuid=OLD, number=CUSTOMER)
        self.change_number()
        self.says("Late", bsuid=OLD, number=CUSTOMER)
        contact = self.contacts()
        self.assertEqual(len(contact), 1)
        self.assertEqual((contact.bsuid, contact.wa_id), (NEW, NEW_NUMBER))
        self.assertIn("Late", self.chats_of(contact))

    def test_message_under_the_new_id_before_the_news(self):
        self.says("Before", bsuid=OLD, number=CUSTOMER)
        person = self.contacts()
        self.says("After", bsuid=NEW, number=NEW_NUMBER)
        self.assertEqual(len(self.contacts()), 2)
        self.change_number()
        self.assertEqual(self.contacts(), person)
        self.assertEqual((person.bsuid, person.wa_id), (NEW, NEW_NUMBER))
        self.assertLessEqual({"Before", "After"}, set(self.chats_of(person)))
        active = person.conversation_ids.filtered(lambda c: c.state != "closed")
        self.assertEqual(len(active), 1)
        self.assertEqual(active.unanswered_count, 2, "nothing unanswered is forgotten")

    def test_news_twice_and_in_the_wrong_order(self):
        self.says("First", bsuid="EG.A", number=CUSTOMER)
        second = "201110000002"
        self.change_number("EG.B", "EG.C", "201110000003", number=second, wamid="wamid.S2")
        self.change_number("EG.A", "EG.B", second, wamid="wamid.S1")
        self.change_number("EG.A", "EG.B", second, wamid="wamid.S1b")
        contact = self.contacts()
        self.assertEqual(len(contact), 1)
        self.assertEqual(contact.bsuid, "EG.C")
        self.assertIn("First", self.chats_of(contact))

    def test_number_hidden_change_of_id(self):
        self.says("Before", bsuid=OLD)
        news = {"type": "user_changed_user_id", "user_id": NEW, "previous_user_id": OLD}
        message = self.message(type="system", system=news, text=None)
        del message["from"]
        self.receive(message | {"from_user_id": NEW})
        contact = self.contacts()
        self.assertEqual(contact.bsuid, NEW)
        self.assertFalse(contact.wa_id)

    def test_supervisor_merges_and_takes_it_back(self):
        self.says("One", bsuid="EG.1", number=CUSTOMER)
        self.says("Two", bsuid="EG.2", number=NEW_NUMBER)
        one, two = self.contacts().sorted("id")
        before = [(c, c.partner_id, self.chats_of(c), c.bsuid, c.wa_id) for c in (one, two)]
        wizard = self.env["wa.contact.merge"].with_user(self.supervisor)
        wizard.create(
            {"contact_id": one.id, "other_contact_id": two.id, "reason": "Private and office"}
        ).action_apply()
        self.assertEqual(self.contacts(), one)
        self.assertEqual(self.chats_of(one), ["One", "Two"])
        self.assertEqual(one.former_ids.merged_by_id, self.supervisor)
        authors = one.conversation_ids.wa_message_ids.mail_message_id.author_id
        self.assertEqual(authors, one.partner_id)
        self.says("Three", bsuid="EG.2", number=NEW_NUMBER)
        self.assertIn("Three", self.chats_of(one), "later messages come to the merged contact")
        self.env["wa.message"].search([("body", "=", "Three")]).unlink()

        two.with_user(self.supervisor).action_undo_merge()
        after = [(c, c.partner_id, self.chats_of(c), c.bsuid, c.wa_id) for c in (one, two)]
        self.assertEqual(after, before)
        self.assertEqual(
            two.conversation_ids.wa_message_ids.mail_message_id.author_id, two.partner_id
        )

    def test_who_stopped_marketing_under_another_identity_gets_none(self):
        self.says("One", bsuid="EG.1", number=CUSTOMER)
        self.says("Two", bsuid="EG.2", number=NEW_NUMBER)
        one, two = self.contacts().sorted("id")
        long_ago, lately = datetime(2026, 1, 1), datetime(2026, 2, 1)
        for of_one, of_two, is_out in (
            ((False, lately), (True, long_ago), False),
            ((False, long_ago), (True, lately), True),
            ((True, lately), None, True),
        ):
            for contact, preference in ((one, of_one), (two, of_two)):
                contact.marketing_preference_at = False
                if preference:
                    contact._set_marketing_opt_out(*preference)
            two._merge_into(one, "test", self.supervisor)
            with self.subTest(one=of_one, two=of_two):
                self.assertEqual(one.marketing_opt_out, is_out)
            two._separate()

    def test_a_pause_of_marketing_is_kept_by_a_merge(self):
        self.says("One", bsuid="EG.1", number=CUSTOMER)
        self.says("Two", bsuid="EG.2", number=NEW_NUMBER)
        one, two = self.contacts().sorted("id")
        two._spare_marketing(fields.Datetime.now() + timedelta(hours=24))
        self.assertTrue(one._takes_marketing())
        two._merge_into(one, "test", self.supervisor)
        self.assertFalse(one._takes_marketing())

    def test_agents_neither_merge_nor_separate(self):
        self.says("One", bsuid="EG.1", number=CUSTOMER)
        self.says("Two", bsuid="EG.2", number=NEW_NUMBER)
        one, two = self.contacts().sorted("id")
        values = {"contact_id": one.id, "other_contact_id": two.id}
        with self.assertRaises(AccessError):
            self.env["wa.contact.merge"].with_user(self.agent).create(values)
        two._merge_into(one, "test", self.supervisor)
        with self.assertRaises(AccessError):
            two.with_user(self.agent).action_undo_merge()

    def test_who_merges_leads_all_conversations_of_both(self):
        self.says("One", bsuid="EG.1", number=CUSTOMER)
        self.says("Two", bsuid="EG.2", number=NEW_NUMBER)
        one, two = self.contacts().sorted("id")
        two.conversation_ids._hand_over(self.support, None, "Theirs")
        values = {"contact_id": one.id, "other_contact_id": two.id}
        wizards = self.env["wa.contact.merge"]
        self.support.user_ids += self.supervisor
        in_support = self.support.member_ids.filtered(lambda m: m.user_id == self.supervisor)
        for role, may in {"agent": False, "supervisor": True}.items():
            in_support.role = role
            wizard = wizards.with_user(self.supervisor).create(values)
            with self.subTest(role):
                self.assertEqual(self.can(wizard.action_apply), may)
        wizards.with_user(self.manager).create(values).action_apply()
        for role, may in {"agent": False, "supervisor": True}.items():
            in_support.role = role
            with self.subTest(role):
                mine = two.with_user(self.supervisor)
                self.assertEqual(self.can(mine.action_undo_merge), may)
        two.with_user(self.manager).action_undo_merge()
        log = self.env["wa.access.log"].search([("conversation_id", "=", two.conversation_ids.id)])
        self.assertEqual(log.mapped("action"), ["separated", "merged", "transferred"])

    def test_contacts_of_different_portfolios_are_not_merged(self):
        self.says("One", bsuid="EG.1", number=CUSTOMER)
        one = self.contacts()
        stranger = one.create(
            {"company_id": one.company_id.id, "scope_uid": "portfolio:9", "wa_id": NEW_NUMBER}
        )
        with self.assertRaises(UserError):
            stranger._merge_into(one, "test", self.supervisor)

    def test_number_that_we_asked_for_is_kept(self):
        self.says("Hidden", bsuid="EG.H")
        contact = self.contacts()
        self.assertFalse(contact.phone)
        card = {
            "name": {"formatted_name": "Hidden", "first_name": "Hidden"},
            "phones": [{"phone": "+20 111 987 6543", "wa_id": NEW_NUMBER}],
            "origin": "contact_request",
        }
        message = self.message(type="contacts", contacts=[card], text=None)
        del message["from"]
        self.receive(message | {"from_user_id": "EG.H"})
        self.assertEqual((contact.wa_id, contact.phone), (NEW_NUMBER, f"+{NEW_NUMBER}"))
        self.assertEqual(contact.partner_id.phone, f"+{NEW_NUMBER}")

    def test_card_of_somebody_else_changes_nothing(self):
        self.says("Hidden", bsuid="EG.H")
        card = {"name": {"formatted_name": "Friend"}, "phones": [{"wa_id": NEW_NUMBER}]}
        message = self.message(type="contacts", contacts=[card], text=None)
        del message["from"]
        self.receive(message | {"from_user_id": "EG.H"})
        self.assertFalse(self.contacts().phone)

    def test_answer_goes_to_the_new_number(self):
        self.says("Before", bsuid=OLD, number=CUSTOMER)
        self.change_number()
        self.says("After", bsuid=NEW, number=NEW_NUMBER)
        self.reply(self.contacts().conversation_ids)
        self.send()
        self.assertEqual(self.graph.sent()[-1]["to"], f"+{NEW_NUMBER}")
