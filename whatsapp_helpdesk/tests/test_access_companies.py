from odoo import Command
from odoo.addons.mail.tests.common import mail_new_test_user
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .access_case import SECRET_WORD, AccessCase

# Users of two companies: what they find with which companies switched on.
SWITCHED = """
user          companies    finds
both_manager  both         held free support branch
both_manager  own          held free support
both_manager  branch       branch
both_agent    both         held free branch
both_agent    own          held free
both_agent    branch       branch
both_viewer   both         held free branch
both_viewer   branch       branch
"""


@tagged("post_install", "-at_install")
class TestAccessCompanies(AccessCase):
    """Companies see nothing of each other, whoever asks and whatever the browser claims."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.own = cls.env.company
        cls.companies = {"own": cls.own, "branch": cls.branch, "both": cls.own | cls.branch}
        for login, group in (
            ("both_manager", "whatsapp_helpdesk.group_manager"),
            ("both_agent", "base.group_user"),
            ("both_viewer", "base.group_user"),
        ):
            cls.users[login] = mail_new_test_user(
                cls.env,
                login=f"grid_{login}",
                groups=group,
                company_id=cls.own.id,
                company_ids=[Command.set(cls.companies["both"].ids)],
            )
        cls.env["wa.team.member"].create(
            [
                {"team_id": cls.teams[team].id, "user_id": cls.users[login].id, "role": role}
                for login, role in (("both_agent", "agent"), ("both_viewer", "viewer"))
                for team in ("sales", "branch")
            ]
        )

    def lines(self):
        """Yield user, companies and names of chats of `SWITCHED`."""
        for line in SWITCHED.strip().splitlines()[1:]:
            login, companies, *names = line.split()
            yield self.users[login], self.companies[companies], set(names)

    def test_the_switched_companies_decide(self):
        everything = self.env["wa.conversation"].union(*self.chats.values())
        for user, companies, names in self.lines():
            expected = everything.union(*(self.chats[name] for name in names)) - (
                everything - everything.browse().union(*(self.chats[name] for name in names))
            )
            with self.subTest(user.login, companies=companies.mapped("name")):
                context = {"allowed_company_ids": companies.ids}
                chats = everything.with_user(user).with_context(**context)
                self.assertEqual(
                    set(chats.search([("id", "in", chats.ids)]).ids), set(expected.ids)
                )
                self.assertEqual(set(chats._filter_access("read").ids), set(expected.ids))
                mails = chats.env["mail.message"].search([("body", "like", SECRET_WORD)])
                channels = everything.filtered(lambda c, e=expected: c in e).discuss_channel_id
                self.assertEqual(set(mails.mapped("res_id")), set(channels.ids))
                found = chats.env["discuss.channel"].search([("name", "like", SECRET_WORD)])
                self.assertEqual(set(found.ids), set(channels.ids))
                for chat in chats:
                    self.assertEqual(
                        self.can(lambda c=chat: c.read(["name"])), chat.id in expected.ids
                    )

    def test_the_switched_companies_decide_over_http(self):
        for user, companies, names in self.lines():
            self.authenticate(user.login, user.login)
            params = {
                "model": "wa.conversation",
                "method": "search_read",
                "args": [[("name", "like", SECRET_WORD)], ["name"]],
                "kwargs": {"context": {"allowed_company_ids": companies.ids}},
            }
            found = self.make_jsonrpc_request("/web/dataset/call_kw", params)
            with self.subTest(user.login, companies=companies.mapped("name")):
                self.assertEqual({row["name"].split()[0] for row in found}, names)

    def test_nobody_switches_a_foreign_company_on(self):
        foreign = {"allowed_company_ids": self.companies["both"].ids}
        only_foreign = {"allowed_company_ids": self.branch.ids}
        for login in ("manager", "agent_team", "employee", "system"):
            user = self.users[login]
            for context in (foreign, only_foreign):
                for records in (
                    self.chats["branch"],
                    self.chats["branch"].discuss_channel_id,
                    self.chats["branch"].discuss_channel_id.message_ids,
                    self.chats["branch"].contact_id,
                    self.chats["branch"].wa_message_ids,
                ):
                    mine = records.with_user(user).with_context(**context)
                    with self.subTest(login, model=records._name, **context):
                        self.assertFalse(self._finds(mine))
                        self.assertFalse(self.can(lambda m=mine: m.read(["create_date"])))
                        self.assertFalse(self.can(lambda m=mine: m.sudo().sudo(False).read()))
                self.env.invalidate_all()

    def _finds(self, records):
        try:
            return records.search([("id", "in", records.ids)])
        except AccessError:
            return records.browse()

    def test_nobody_is_in_a_team_of_a_foreign_company(self):
        team = self.teams["branch"].with_user(self.users["manager"])
        self.assertFalse(self.can(lambda: team.write({"user_ids": self.users["agent"].ids})))
        self.assertFalse(self.can(lambda: team.read(["name"])))
        self.assertFalse(self._finds(self.branch_number.with_user(self.users["manager"])))
        self.assertFalse(
            self._finds(self.branch_number.account_id.with_user(self.users["manager"]))
        )

    def test_the_same_customer_of_two_companies_is_two_contacts(self):
        phone = "201009999999"
        self.receive(self.message("to us", sender=phone))
        payload = self.webhook(
            self.message("to the branch", sender=phone), number=self.branch_number
        )
        self.post_webhook(payload, secret="branch_secret", key="branch-key")
        self.drain()
        ours, theirs = self.conversation(phone), self.conversation(phone, self.branch_number)
        self.assertTrue(ours and theirs)
        self.assertNotEqual(ours.contact_id, theirs.contact_id)
        self.assertEqual(ours.contact_id.company_id, self.own)
        self.assertEqual(theirs.contact_id.company_id, self.branch)
        manager, branch_manager = self.users["manager"], self.users["branch_manager"]
        for user, chat, other in ((manager, ours, theirs), (branch_manager, theirs, ours)):
            with self.subTest(user.login):
                self.assertEqual(self.found_by(user, chat | other), chat)
                contacts = chat.contact_id | other.contact_id
                self.assertEqual(self.found_by(user, contacts), chat.contact_id)

    def test_an_event_for_a_number_of_another_company_says_why_nothing_came_of_it(self):
        before = self.chats["branch"].wa_message_ids
        payload = self.webhook(self.message("forged"), number=self.branch_number)
        self.assertEqual(self.post_webhook(payload).status_code, 200)
        self.drain()
        event = self.env["wa.webhook.event"].search([], limit=1)
        self.assertEqual(event.state, "ignored")
        self.assertIn(self.branch_number.phone_number_uid, event.error)
        self.assertEqual(self.chats["branch"].wa_message_ids, before)
        self.assertFalse(self.env["wa.message"].search([("body", "=", "forged")]))
        branch = event.with_user(self.users["branch_manager"])
        self.assertFalse(self._finds(branch))
