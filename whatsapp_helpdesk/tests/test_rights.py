from odoo import Command
from odoo.addons.mail.tests.common import mail_new_test_user
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged
from odoo.tools import file_open

from .common import PNG, WhatsappCase

SECRETS = ("access_token", "app_secret", "app_secret_previous", "verify_token")


@tagged("post_install", "-at_install")
class TestRights(WhatsappCase):
    """Who reaches a conversation of the sales team, by whatever way."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.portal = mail_new_test_user(cls.env, login="portal_user", groups="base.group_portal")
        cls.system = mail_new_test_user(
            cls.env, login="system_user", groups="base.group_user,base.group_system"
        )
        branch = cls.env["res.company"].create({"name": "Branch"})
        cls.foreign_manager = mail_new_test_user(
            cls.env,
            login="foreign_manager",
            groups="whatsapp_helpdesk.group_manager",
            company_id=branch.id,
            company_ids=[Command.set(branch.ids)],
        )
        cls.public = cls.env.ref("base.public_user")
        cls.inside = cls.agent | cls.colleague | cls.supervisor | cls.manager
        cls.with_account = (
            cls.outsider | cls.employee | cls.portal | cls.system | cls.foreign_manager
        )
        cls.outside = cls.with_account | cls.public

    def setUp(self):
        super().setUp()
        self.graph.files["1010"] = PNG
        self.receive(self.message(type="image", image={"id": "1010", "mime_type": "image/png"}))
        self.fetch()
        self.chat = self.conversation()
        self.channel = self.chat.discuss_channel_id
        self.attachment = self.channel.message_ids.attachment_ids
        self.assertTrue(self.attachment)

    def records(self):
        """Return what belongs to the conversation."""
        return [
            self.chat,
            self.chat.contact_id,
            self.chat.wa_message_ids,
            self.chat.wa_message_ids.media_ids,
            self.channel,
            self.channel.message_ids,
            self.attachment,
        ]

    def users(self):
        """Return all users, each with whether the conversation is open to them."""
        return [(user, user in self.inside) for user in self.inside | self.outside]

    # === READING === #

    def test_reading(self):
        for user, is_inside in self.users():
            for records in self.records():
                reader = records.with_user(user)
                with self.subTest(user.login, model=records._name):
                    self.assertEqual(self.can(lambda r=reader: r.read(["create_date"])), is_inside)
                    self.assertEqual(self.found_by(user, records) == records, is_inside)
                    self.assertEqual(self.counted_by(reader), len(records) if is_inside else 0)

    def counted_by(self, reader):
        """Return how many of the records a user can count in groups."""
        try:
            ((count,),) = reader._read_group([("id", "in", reader.ids)], [], ["__count"])
        except AccessError:
            return 0
        return count

    def test_searching_by_content(self):
        self.receive(self.message("needle in the haystack"))
        for user, is_inside in self.users():
            with self.subTest(user.login):
                found = (
                    self.env["mail.message"].with_user(user).search([("body", "like", "needle")])
                )
                self.assertEqual(bool(found), is_inside)

    def test_reading_over_http(self):
        for user in [*self.inside, *self.with_account, None]:
            with self.subTest(user and user.login):
                is_inside = bool(user) and user in self.inside
                messages = self.rpc(user, "/discuss/channel/messages", channel_id=self.channel.id)
                self.assertEqual(bool(messages), is_inside)
                download = self.url_open(f"/web/content/{self.attachment.id}")
                self.assertEqual(download.content == PNG, is_inside)
                thread = self.rpc(
                    user, "/mail/data", fetch_params=[["discuss.channel", [self.channel.id]]]
                )
                self.assertEqual(self.chat.name in str(thread), is_inside)

    def test_raw_events_are_for_managers(self):
        journal = self.env["wa.webhook.event"].search([])
        for user, _is_inside in self.users():
            with self.subTest(user.login):
                self.assertEqual(bool(self.found_by(user, journal)), user == self.manager)
                messages = self.chat.wa_message_ids.with_user(user)
                self.assertEqual(self.can(lambda m=messages: m.read(["raw"])), user == self.manager)

    # === WRITING === #

    def test_buttons(self):
        for user, is_inside in self.users():
            chat = self.chat.with_user(user)
            for action in ("take", "release", "wait", "close", "reopen"):
                with self.subTest(user.login, action=action):
                    self.assertEqual(self.can(getattr(chat, f"action_{action}")), is_inside)

    def test_buttons_and_posts_over_http(self):
        for user in [*self.with_account, None, self.agent]:
            with self.subTest(user and user.login):
                self.call(user, self.chat, "action_take")
                self.assertEqual(bool(self.chat.user_id), user == self.agent)
                self.rpc(
                    user,
                    "/mail/message/post",
                    thread_model="discuss.channel",
                    thread_id=self.channel.id,
                    post_data={"body": "x", "subtype_xmlid": "mail.mt_note"},
                )
                posted = self.channel.message_ids.filtered(lambda m: "x" in m.body)
                self.assertEqual(bool(posted), user == self.agent)

    def test_nobody_writes_what_has_rules(self):
        for user, is_inside in self.users():
            chat = self.chat.with_user(user)
            for values in (
                {"state": "closed"},
                {"user_id": user.id},
                {"team_id": self.support.id},
                {"partner_id": user.partner_id.id},
                {"unanswered_count": 0, "priority": "1"},
            ):
                with self.subTest(user.login, **values):
                    self.assertFalse(self.can(lambda c=chat, v=values: c.write(v)))
            with self.subTest(user.login):
                self.assertEqual(self.can(lambda c=chat: c.write({"priority": "1"})), is_inside)
                self.assertFalse(self.can(chat.copy))

    def test_nobody_writes_or_deletes_the_records(self):
        for user, _is_inside in self.users():
            for records in self.records()[:4]:
                with self.subTest(user.login, model=records._name):
                    own = records.with_user(user)
                    self.assertFalse(self.can(own.unlink))
                    self.assertFalse(self.can(lambda r=own: r.write({"display_name": "x"})))

    # === MEMBERSHIP === #

    def test_nobody_gets_in_by_becoming_a_member(self):
        for user in self.outsider | self.employee | self.portal | self.system:
            with self.subTest(user.login):
                member = {"channel_id": self.channel.id, "partner_id": user.partner_id.id}
                members = self.env["discuss.channel.member"].with_user(user)
                self.assertFalse(self.can(lambda r=members, m=member: r.create([m])))
                with self.assertRaises(ValidationError), self.cr.savepoint():
                    members.sudo().create([member])

    def test_leaving_the_team_takes_everything_away(self):
        records = self.records()
        self.chat.with_user(self.agent).action_take()
        self.channel.with_user(self.agent).add_members(self.colleague.partner_id.ids)
        self.sales.user_ids -= self.agent | self.colleague
        for user in self.agent | self.colleague:
            for lost in records:
                self.assertFalse(self.found_by(user, lost), lost._name)
        self.assertFalse(self.channel.channel_member_ids)

    # === CREDENTIALS === #

    def test_only_system_administrators_read_credentials(self):
        admin = self.env.ref("base.user_admin")
        everybody = self.inside | self.with_account
        self.env.ref("base.group_allow_export").user_ids += everybody - self.portal
        for user in (everybody | admin) - self.portal:
            account = self.account.with_user(user)
            for secret in SECRETS:
                with self.subTest(user.login, secret=secret):
                    may = user in self.system | admin
                    self.assertEqual(self.can(lambda a=account, s=secret: a.read([s])), may)
                    self.assertEqual(self.can(lambda a=account, s=secret: a.export_data([s])), may)
                    searched = self.can(lambda a=account, s=secret: a.search([(s, "like", "a")]))
                    self.assertEqual(searched, may)

    def test_agent_gets_no_token_over_http(self):
        for user in self.agent | self.manager:
            for records, field in (
                (self.account, "access_token"),
                (self.number, "account_id.access_token"),
                (self.chat, "wa_channel_id.account_id.access_token"),
            ):
                with self.subTest(user.login, field=field):
                    for method in ("read", "export_data"):
                        answer = self.call(user, records, method, [field])
                        self.assertNotIn("EAAtesttoken", str(answer))
            specification = {"account_id": {"fields": {"access_token": {}}}}
            answer = self.call(user, self.number, "web_read", specification)
            self.assertNotIn("EAAtesttoken", str(answer))

    def test_accounts_are_set_up_by_system_administrators(self):
        for user in self.manager | self.agent:
            account = self.account.with_user(user)
            self.assertFalse(self.can(lambda a=account: a.write({"name": "x"})))
            self.assertFalse(self.can(account.action_resume_sending))
        self.assertTrue(self.can(lambda: self.account.with_user(self.system).write({"name": "x"})))

    def test_neutralized_copy_has_no_secrets_and_sends_nothing(self):
        self.reply(self.chat)
        message, old_key = self.our_messages(self.chat), self.account.webhook_key
        self.env.flush_all()
        self.env.cr.execute(file_open("whatsapp_helpdesk/data/neutralize.sql").read())
        self.env.invalidate_all()
        self.env.registry.clear_cache()
        self.assertEqual([self.account[secret] for secret in SECRETS], [False] * len(SECRETS))
        self.assertNotEqual(self.account.webhook_key, old_key)
        self.assertTrue(self.account.is_stopped)
        self.assertEqual(message.state, "cancelled")
        calls = len(self.graph.calls)
        self.send()
        self.assertEqual(len(self.graph.calls), calls)
        self.assertEqual(self.post_webhook(self.webhook(self.message())).status_code, 404)
