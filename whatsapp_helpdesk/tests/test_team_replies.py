from odoo.addons.mail.tests.common import mail_new_test_user
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import WhatsappCase


@tagged("post_install", "-at_install")
class TestTeamReplies(WhatsappCase):
    """Canned replies of a team: who finds them in Discuss, and who keeps them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.viewer = mail_new_test_user(cls.env, login="viewer", groups="base.group_user")
        cls.env["wa.team.member"].create(
            {"team_id": cls.sales.id, "user_id": cls.viewer.id, "role": "viewer"}
        )
        cls.reply_of_sales = cls.env["mail.canned.response"].create(
            {"source": "hours", "substitution": "From 9 to 17", "wa_team_ids": cls.sales.ids}
        )

    def found_in_discuss(self, user):
        answer = self.rpc(user, "/mail/data", fetch_params=["mail.canned.response"])
        found = answer.get("mail.canned.response", [])
        return self.reply_of_sales.id in [reply["id"] for reply in found]

    def test_who_finds_it(self):
        for user, finds in (
            (self.agent, True),
            (self.viewer, True),
            (self.supervisor, True),
            (self.manager, True),
            (self.outsider, False),
            (self.employee, False),
        ):
            with self.subTest(user.login):
                self.assertEqual(bool(self.found_by(user, self.reply_of_sales)), finds)
                self.assertEqual(self.found_in_discuss(user), finds)

    def test_button_for_canned_replies_is_offered(self):
        self.env["mail.canned.response"].search([]).filtered(
            lambda reply: reply != self.reply_of_sales
        ).unlink()
        for user, offered in ((self.agent, True), (self.outsider, False), (self.employee, False)):
            with self.subTest(user.login):
                data = self.rpc(user, "/mail/data", fetch_params=["init_messaging"])
                self.assertIsNotNone(data)
                self.authenticate(user.login, user.login)
                session = self.make_jsonrpc_request("/web/session/get_session_info")
                self.assertEqual(session["storeData"]["Store"]["hasCannedResponses"], offered)

    def test_who_keeps_it(self):
        for user, keeps in (
            (self.supervisor, True),
            (self.manager, True),
            (self.agent, False),
            (self.viewer, False),
            (self.outsider, False),
            (self.employee, False),
        ):
            own = self.reply_of_sales.with_user(user)
            values = {"source": "new", "substitution": "x", "wa_team_ids": self.sales.ids}
            for action in (
                lambda r=own: r.write({"substitution": "From 10 to 18"}),
                own.unlink,
                lambda r=own, v=values: r.create([v]),
            ):
                with self.subTest(user.login):
                    self.assertEqual(self.can(action), keeps)
            private = {"source": "mine", "substitution": "x"}
            with self.subTest(user.login, private=True):
                self.assertTrue(self.can(lambda r=own, v=private: r.create([v])))

    def test_nobody_gives_a_reply_to_a_team_of_others(self):
        for user in self.supervisor | self.agent:
            reply = self.env["mail.canned.response"].with_user(user)
            mine = reply.create({"source": "mine", "substitution": "x"})
            with self.subTest(user.login), self.assertRaises(AccessError), self.cr.savepoint():
                mine.wa_team_ids = self.support
        both = self.reply_of_sales.with_user(self.supervisor)
        with self.assertRaises(AccessError):
            both.wa_team_ids += self.support

    def test_authors_who_leave_the_team_lose_it(self):
        reply = self.env["mail.canned.response"].with_user(self.supervisor)
        mine = reply.create({"source": "m", "substitution": "x", "wa_team_ids": self.sales.ids})
        self.env["wa.team.member"].search(
            [("user_id", "=", self.supervisor.id), ("team_id", "=", self.sales.id)]
        ).unlink()
        self.assertFalse(self.found_by(self.supervisor, mine))
        self.assertFalse(self.can(lambda: mine.write({"substitution": "y"})))

    def test_open_browsers_hear_of_it(self):
        self.env["bus.bus"].sudo().search([]).unlink()
        self.reply_of_sales.with_user(self.supervisor).substitution = "From 10 to 18"
        self.env.cr.precommit.run()
        heard = self.env["bus.bus"].search([]).mapped(lambda news: (news.channel, news.message))
        for name in (f'"wa.team",{self.sales.id}]', f'"wa.team",{self.sales.id},"unassigned"]'):
            with self.subTest(name):
                messages = [
                    message for channel, message in heard if channel.replace(" ", "").endswith(name)
                ]
                self.assertIn("From 10 to 18", "".join(messages))
