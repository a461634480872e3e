import json

from odoo.tests import tagged
from odoo.tools import mute_logger

from .access_case import SECRET_WORD, AccessCase

_NAME = {"fields": {"display_name": {}}}


@tagged("post_install", "-at_install")
class TestAccessForms(AccessCase):
    """What forms that are not stored tell of what somebody writes into them, over HTTP.

    Odoo computes a form that a browser is filling in with whatever ids the browser names.
    """

    def setUp(self):
        super().setUp()
        self.chat = self.chats["held"]
        self.message = self.chat.wa_message_ids
        self.contact = self.chat.contact_id
        self.contact.profile_name = f"Guest {SECRET_WORD}"
        self.contact.partner_id = False
        self.ticket = self.chat.link_ids.ticket_id
        self.ticket.name = f"Late {SECRET_WORD}"
        self.env.flush_all()

    def call(self, login, model, method, *args, **context):
        """Return as text what a method tells somebody over HTTP; '' if it is refused."""
        user = self.users[login]
        self.authenticate(user.login, user.login)
        params = {"model": model, "method": method, "args": args}
        params["kwargs"] = {"context": context} if context else {}
        body = {"jsonrpc": "2.0", "method": "call", "params": params}
        with mute_logger("odoo.http", "odoo.sql_db", "odoo.addons.base.models.ir_rule"):
            answer = self.opener.post(
                f"{self.base_url()}/web/dataset/call_kw/{model}/{method}", json=body
            ).json()
        return json.dumps(answer["result"]) if "result" in answer else ""

    def fill_in(self, login, model, values, spec, **context):
        """Return as text what a new form shows after somebody filled in some of it."""
        return self.call(login, model, "onchange", [], values, [], spec, **context)

    def test_titles_of_new_tickets_are_of_readable_messages(self):
        for values in (
            {"first_message_id": self.message.id},
            {"conversation_id": self.chat.id, "first_message_id": self.message.id},
        ):
            for login, is_told in (
                ("holder", True),
                ("viewer", True),
                ("employee", False),
                ("other_team", False),
                ("system", False),
                ("branch_manager", False),
            ):
                with self.subTest(login, **values):
                    told = self.fill_in(login, "wa.new.ticket", values, {"name": {}})
                    self.assertEqual(SECRET_WORD in told, is_told)

    def test_conversations_that_nobody_stored_name_nobody(self):
        """Whoever may start a chat among colleagues can write conversations into the form."""
        lines = {
            "contact_phone": {},
            "contact_id": _NAME,
            "link_ids": {"fields": {"ticket_id": {}, "display_name": {}}},
        }
        for login, is_named in (("holder", True), ("employee", False), ("other_team", False)):
            with self.subTest(login):
                link = [[0, "virtual_2", {"ticket_id": self.ticket.id}]]
                line = {"contact_id": self.contact.id, "link_ids": link}
                told = self.fill_in(
                    login,
                    "discuss.channel",
                    {"wa_conversation_ids": [[0, "virtual_1", line]]},
                    {"wa_conversation_ids": {"fields": lines}},
                )
                self.assertIn("virtual_1", told)
                self.assertNotIn(self.contact.wa_id, told)
                self.assertNotIn(self.ticket.name, told)
                self.assertEqual(self.contact.profile_name in told, is_named)

    def test_chats_are_named_to_who_may_read_them(self):
        chat = self.chat.discuss_channel_id
        for model, field in (
            ("discuss.channel", "parent_channel_id"),
            ("discuss.channel.member", "channel_id"),
            ("mail.message", "channel_id"),
        ):
            for login, is_told in (
                ("holder", True),
                ("salesperson", True),
                ("employee", False),
                ("other_own", False),
                ("branch_manager", False),
                ("portal", False),
                ("customer", False),
            ):
                with self.subTest(login, model=model):
                    told = self.fill_in(login, model, {field: chat.id}, {field: _NAME})
                    self.assertEqual(SECRET_WORD in told, is_told)

    def test_files_are_named_to_readers_of_their_chat(self):
        values = {"original_id": self.message.attachment_id.id}
        for login, is_told in (
            ("holder", True),
            ("viewer", True),
            ("employee", False),
            ("other_team", False),
        ):
            with self.subTest(login):
                told = self.fill_in(login, "ir.attachment", values, {"original_id": _NAME})
                self.assertEqual("held.png" in told, is_told)

    def test_templates_are_named_in_their_company(self):
        template = self.env["wa.template"].create(
            [{"account_id": self.account.id, "name": "summer_sale", "body": "Hello"}]
        )
        values = {"template_id": template.id}
        for login, is_told in (("manager", True), ("branch_manager", False)):
            with self.subTest(login):
                told = self.fill_in(login, "wa.template.button", values, {"template_id": _NAME})
                self.assertEqual("summer_sale" in told, is_told)

    def test_documents_of_links_are_named_to_readers_of_the_chat(self):
        link = self.chat.link_ids.filtered("ticket_id")
        values = {"link_id": link.id}
        for login, is_told in (("holder", True), ("employee", False), ("other_team", False)):
            with self.subTest(login):
                told = self.fill_in(
                    login, "wa.conversation.link.document", values, {"link_id": _NAME}
                )
                self.assertEqual(self.ticket.name in told, is_told)

    def test_dialogs_know_what_their_user_knows(self):
        customer = self.env["res.partner"].create([{"name": "Far", "phone": "+20 2 2576 9999"}])
        customer.company_id = self.branch
        for model, values, spec, secret, who in (
            (
                "wa.new.quotation",
                {"conversation_id": self.chat.id},
                {"partner_id": _NAME},
                self.chat.partner_id.name,
                {"holder": True, "employee": False, "other_team": False},
            ),
            (
                "wa.conversation.send.document",
                {"conversation_id": self.chat.id, "document": f"helpdesk.ticket,{self.ticket.id}"},
                {"caption": {}},
                self.ticket.name,
                {"ticket_user": True, "employee": False, "holder": False},
            ),
            (
                "wa.conversation.send.contact",
                {"conversation_id": self.chat.id, "partner_ids": [[4, customer.id]]},
                {"line_ids": {"fields": {"value": {}}}},
                "2576",
                {"branch_agent": False, "holder": False},
            ),
        ):
            for login, is_told in who.items():
                with self.subTest(login, model=model):
                    self.assertEqual(secret in self.fill_in(login, model, values, spec), is_told)

    def test_handing_over_knows_whose_it_is(self):
        team = self.chat.team_id.name
        for login, is_told in (("holder", True), ("other_team", False), ("branch_agent", False)):
            with self.subTest(login):
                told = self.fill_in(
                    login,
                    "wa.conversation.transfer",
                    {},
                    {"team_id": _NAME, "conversation_ids": {}},
                    default_conversation_ids=self.chat.ids,
                )
                self.assertEqual(team in told, is_told)

    def test_no_dialog_computes_with_more_rights_than_its_user(self):
        """Odoo computes what is stored, and what is related, as the superuser."""
        for name, model in self.env.registry.items():
            if not (name.startswith("wa.") and model._transient):
                continue
            for field in model._fields.values():
                if field.compute and field.name != "company_id" and not field.inherited:
                    with self.subTest(model=name, field=field.name):
                        self.assertFalse(field.compute_sudo)

    def test_contacts_are_named_to_who_may_read_them(self):
        spec = {"contact_id": _NAME}
        for login, is_told in (("supervisor", True), ("other_supervisor", False)):
            with self.subTest(login):
                values = {"contact_id": self.contact.id}
                told = self.fill_in(login, "wa.contact.merge", values, spec)
                self.assertEqual(self.contact.profile_name in told, is_told)

    def test_readers_are_told_who_writes(self):
        """Else the tests above would prove nothing."""
        fields = {"contact_phone": {}, "contact_id": _NAME, "link_ids": _NAME}
        told = self.call("holder", "wa.conversation", "web_read", self.chat.ids, fields)
        for secret in (self.contact.wa_id, self.contact.profile_name, self.ticket.name):
            self.assertIn(secret, told)
        self.assertFalse(
            self.call("employee", "wa.conversation", "web_read", self.chat.ids, fields)
        )

    def test_dialogs_of_managers_know_one_company(self):
        number = self.chat.wa_channel_id
        number.write({"display_phone_number": "+20 15 4711", "verified_name": SECRET_WORD})
        for model, values, spec, secret in (
            (
                "wa.check.access",
                {"conversation_id": self.chat.id},
                {"team_id": _NAME, "assignee_id": _NAME},
                self.chat.team_id.name,
            ),
            (
                "wa.business.profile",
                {"wa_channel_id": number.id},
                {"display_phone_number": {}, "verified_name": {}},
                SECRET_WORD,
            ),
        ):
            for login, is_told in (("manager", True), ("branch_manager", False)):
                with self.subTest(login, model=model):
                    told = self.fill_in(login, model, values, spec)
                    self.assertEqual(secret in told, is_told)
