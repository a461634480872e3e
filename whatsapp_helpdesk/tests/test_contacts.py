from odoo.tests import Form, tagged

from .common import CUSTOMER, WhatsappCase

BSUID = "EG.13491208655302741918"
OTHER_BSUID = "EG.99999999999999999999"


@tagged("post_install", "-at_install")
class TestContacts(WhatsappCase):
    """Who is writing: WhatsApp's ids, and the customers of the company."""

    def partner(self, phone, name="Known", **values):
        return self.env["res.partner"].create([{"name": name, "phone": phone} | values])

    def arrive(self, sender=CUSTOMER, body="Hello", bsuid=None, username=None, **changes):
        """Receive a message of a customer with these ids; return the newest conversation."""
        if bsuid:
            changes["from_user_id"] = bsuid
        message = self.message(body, sender=sender, **changes)
        payload = self.webhook(message)
        (contact,) = payload["entry"][0]["changes"][0]["value"]["contacts"]
        if bsuid:
            contact["user_id"] = bsuid
        if username:
            contact["profile"]["username"] = username
        if not sender:
            del message["from"], contact["wa_id"]
        self.assertEqual(self.post_webhook(payload).status_code, 200)
        self.drain()
        return self.env["wa.message"].search([("wamid", "=", message["id"])]).conversation_id

    # === WHATSAPP'S IDS === #

    def test_known_contact_is_found_by_either_id(self):
        contact = self.arrive(bsuid=BSUID).contact_id
        self.assertEqual(self.arrive().contact_id, contact)
        self.assertEqual(self.arrive(sender="", bsuid=BSUID).contact_id, contact)
        self.assertEqual((contact.wa_id, contact.bsuid), (CUSTOMER, BSUID))

    def test_contact_learns_what_meta_discloses_later(self):
        contact = self.arrive().contact_id
        self.arrive(bsuid=BSUID, username="mona")
        self.assertEqual((contact.bsuid, contact.username), (BSUID, "mona"))
        self.arrive()
        self.assertEqual((contact.bsuid, contact.username), (BSUID, "mona"))

    def test_customer_without_a_disclosed_number(self):
        conversation = self.arrive(sender="", bsuid=BSUID, username="mona")
        self.assertFalse(conversation.contact_id.phone)
        self.assertEqual(conversation.contact_phone, "@mona")
        self.assertFalse(conversation.partner_id.phone)
        self.assertEqual(conversation.partner_id.country_id.code, "EG")
        self.reply(conversation)
        self.send()
        (payload,) = self.graph.sent()
        self.assertEqual(payload["recipient"], BSUID)
        self.assertNotIn("to", payload)

    def test_reused_number_is_another_person(self):
        former = self.arrive(body="mine", bsuid=BSUID)
        new = self.arrive(body="not yours", bsuid=OTHER_BSUID)
        self.assertNotEqual(new.contact_id, former.contact_id)
        self.assertEqual(new.contact_id.wa_id, CUSTOMER)
        self.assertFalse(former.contact_id.wa_id)
        self.assertNotEqual(new, former)
        self.assertNotEqual(new.partner_id, former.partner_id)
        self.assertEqual(len(former.wa_message_ids), 1)

    def test_accounts_of_one_portfolio_share_their_customers(self):
        number = self.other_number
        number.account_id = self.account.copy(
            {"waba_uid": "1000000009", "app_secret": self.account.app_secret}
        )
        first = self.arrive().contact_id
        self.assertNotEqual(self.arrive_at(number).contact_id, first)
        (self.account | number.account_id).portfolio_uid = "portfolio"
        shared = self.arrive().contact_id
        self.assertEqual(self.arrive_at(number).contact_id, shared)

    def arrive_at(self, number):
        self.receive(self.message(), number=number)
        return self.conversation(number=number)

    # === CUSTOMERS === #

    def test_unknown_number_becomes_a_new_customer(self):
        partner = self.arrive().partner_id
        self.assertEqual(partner.phone_sanitized, f"+{CUSTOMER}")
        self.assertEqual(partner.name, f"Customer {CUSTOMER}")

    def test_customer_with_the_number_is_recognised_however_it_is_written(self):
        for wa_id, phone in {
            "201007654321": "+20 100 765 4321",
            "551187654321": "+55 11 98765-4321",
            "5511987654322": "+55 11 98765-4322",
            "5215512345678": "+52 55 1234 5678",
            "525512345679": "+52 55 1234 5679",
            "5491123456789": "+54 11 2345-6789",
        }.items():
            with self.subTest(wa_id):
                partner = self.partner(phone)
                conversation = self.arrive(sender=wa_id)
                self.assertEqual(conversation.partner_id, partner)
                self.assertEqual(conversation.name, "Known")

    def test_customer_of_another_company_is_not_recognised(self):
        branch = self.env["res.company"].create({"name": "Branch"})
        foreign = self.partner(f"+{CUSTOMER}", company_id=branch.id)
        conversation = self.arrive()
        self.assertNotEqual(conversation.partner_id, foreign)
        self.assertNotIn(foreign, conversation.contact_id.candidate_partner_ids)

    def test_several_customers_with_the_number_nobody_is_guessed(self):
        partners = self.partner(f"+{CUSTOMER}") | self.partner(f"+{CUSTOMER}", "Sister")
        conversation = self.arrive()
        self.assertFalse(conversation.partner_id)
        self.assertEqual(conversation.candidate_count, 2)
        self.assertEqual(conversation.contact_id.candidate_partner_ids, partners)
        message = conversation.discuss_channel_id.message_ids
        self.assertFalse(message.author_id)
        self.assertEqual(message.email_from, f"Customer {CUSTOMER}")

    def test_agent_says_who_is_writing(self):
        sister = (self.partner(f"+{CUSTOMER}") | self.partner(f"+{CUSTOMER}", "Sister"))[1]
        conversation = self.arrive().with_user(self.agent)
        action = conversation.action_choose_partner()
        form = Form(
            self.env[action["res_model"]].with_user(self.agent).with_context(**action["context"])
        )
        self.assertIn(sister.id, form.candidate_partner_ids.ids)
        form.partner_id = sister
        form.save().action_apply()
        self.assertEqual(conversation.partner_id, sister)
        self.assertEqual(conversation.name, "Sister")
        self.assertEqual(conversation.candidate_count, 0)
        chat = conversation.sudo().discuss_channel_id
        self.assertEqual(chat.name, "Sister")
        self.assertEqual(chat.message_ids.author_id, sister)
        self.assertEqual(self.arrive().wa_message_ids[0].mail_message_id.author_id, sister)

    def test_our_answers_keep_their_author_when_the_customer_is_chosen(self):
        sister = (self.partner(f"+{CUSTOMER}") | self.partner(f"+{CUSTOMER}", "Sister"))[1]
        conversation = self.arrive()
        answer = self.reply(conversation)
        conversation.contact_id._choose_partner(sister)
        self.assertEqual(answer.author_id, self.agent.partner_id)

    # === ON THE CUSTOMER'S FORM === #

    def test_company_counts_the_conversations_of_its_people(self):
        company = self.partner("+20 2 2345 6789", "Company", is_company=True)
        self.partner(f"+{CUSTOMER}", "Mona", parent_id=company.id)
        conversation = self.arrive()
        self.arrive()
        for partner in (company, conversation.partner_id):
            with self.subTest(partner.name):
                partner = partner.with_user(self.agent)
                self.assertEqual(partner.wa_conversation_count, 1)
                self.assertEqual(partner.wa_unanswered_count, 2)
                action = partner.action_wa_conversations()
                found = self.env["wa.conversation"].search(action["domain"])
                self.assertEqual(found, conversation)
        stranger = company.with_user(self.outsider)
        self.assertEqual((stranger.wa_conversation_count, stranger.wa_unanswered_count), (0, 0))
