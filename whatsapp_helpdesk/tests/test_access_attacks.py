from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .access_case import SECRET_WORD, AccessCase

_BODY = {"fields": {"body": {}, "display_name": {}}}
_NAME = {"fields": {"display_name": {}}}


@tagged("post_install", "-at_install")
class TestAccessAttacks(AccessCase):
    """Ways round the rules that somebody may try who knows Odoo and guesses ids."""

    def setUp(self):
        super().setUp()
        self.chat = self.chats["held"]
        self.channel = self.chat.discuss_channel_id
        self.message = self.chat.wa_message_ids
        self.mail = self.message.mail_message_id
        self.file = self.mail.attachment_ids
        self.attackers = [self.users[n] for n in ("other_team", "employee", "agent", "system")]

    def told(self, attempt):
        """Return what an attempt tells, as text; nothing if it is refused."""
        with self.cr.savepoint() as savepoint:
            try:
                answer = str(attempt())
            except (AccessError, UserError):
                answer = ""
            savepoint.rollback()
        self.env.invalidate_all()
        return answer

    def assertTellsNothing(self, attempt):
        """Check that no attacker learns the secret, and that who may read it does.

        :param attempt: called with the environment of each
        """
        for user in self.attackers:
            with self.subTest(user.login):
                self.assertNotIn(SECRET_WORD, self.told(lambda u=user: attempt(self.env(user=u))))

    def own_group(self, user):
        """Return a chat among colleagues, where core lets the user do anything."""
        groups = self.env["discuss.channel"].with_user(user)
        return groups._create_group(partners_to=user.partner_id.ids)

    # === NAMES OF WHAT ONE MAY NOT READ === #

    def test_new_records_do_not_name_what_they_point_to(self):
        conversation, mail = self.chat.id, self.mail.id
        for model, field, record, spec in (
            ("wa.media", "message_id", self.message.id, _NAME),
            ("wa.message", "conversation_id", conversation, _NAME),
            ("wa.message", "reply_to_id", self.message.id, _NAME),
            ("wa.message", "mail_message_id", mail, _BODY),
            ("wa.conversation.link", "conversation_id", conversation, _NAME),
            ("wa.conversation.link.document", "conversation_id", conversation, _NAME),
            ("wa.conversation.link.document", "first_message_id", self.message.id, _NAME),
            ("wa.conversation.invite", "conversation_id", conversation, _NAME),
            ("wa.conversation.snooze", "conversation_id", conversation, _NAME),
            ("wa.template.compose", "conversation_id", conversation, _NAME),
            ("wa.conversation.send.location", "conversation_id", conversation, _NAME),
            ("mail.notification", "mail_message_id", mail, _BODY),
            ("mail.compose.message", "parent_id", mail, _BODY),
        ):
            known = {field: record}
            for values, changed in ((known, [field]), (known, []), ({}, [])):

                def ask(env, m=model, f=field, r=record, s=spec, v=values, c=changed):
                    model = env[m].with_context(**{f"default_{f}": r})
                    return model.onchange(v, c, {f: s})

                with self.subTest(model=model, field=field, changed=changed, **values):
                    self.assertTellsNothing(ask)

    def test_wizards_on_conversations_of_others(self):
        for model, more in (
            ("wa.conversation.snooze", {}),
            ("wa.conversation.send.location", {}),
            ("wa.conversation.choose.partner", {"partner_id": self.env.user.partner_id.id}),
            ("wa.conversation.invite", {}),
            ("wa.template.compose", {}),
            ("wa.conversation.link.document", {"kind": "sale_order_id", "stretch": "all"}),
        ):
            values = {"conversation_id": self.chat.id} | more
            with self.subTest(model=model):
                self.assertTellsNothing(lambda env, m=model, v=values: env[m].create([v]).read())
                readable = self.told(
                    lambda m=model, v=values: (
                        self.env[m].with_user(self.users["holder"]).create([v]).read()
                    )
                )
                self.assertIn(SECRET_WORD, readable)

    # === THE SIDE DOORS OF MESSAGES === #

    def test_exporting(self):
        def compose(env):
            wizard = env["mail.compose.message"].create([{"parent_id": self.mail.id}])
            return wizard.export_data(["parent_id/body"])

        def notify(env):
            values = {"mail_message_id": self.mail.id, "res_partner_id": env.user.partner_id.id}
            row = env["mail.notification"].create([values | {"notification_type": "inbox"}])
            return row.export_data(["mail_message_id/body"])

        self.assertTellsNothing(lambda env: self.mail.with_env(env).export_data(["body"]))
        self.assertTellsNothing(compose)
        self.assertTellsNothing(notify)
        self.assertIn(SECRET_WORD, self.told(lambda: compose(self.env(user=self.users["holder"]))))

    def test_quoting_a_message_elsewhere(self):
        def quote(env, mine=False):
            group = self.own_group(env.user)
            values = {"model": "discuss.channel", "res_id": group.id, "body": "x"}
            quoted = {"parent_id": self.mail.id}
            message = env["mail.message"].create([values | ({} if mine else quoted)])
            if mine:
                message.write(quoted)
            self.authenticate(env.user.login, env.user.login)
            return self.make_jsonrpc_request("/discuss/channel/messages", {"channel_id": group.id})

        self.assertTellsNothing(quote)
        self.assertTellsNothing(lambda env: quote(env, mine=True))

    def test_starting_a_thread_from_a_message(self):
        def start(env):
            channel = self.own_group(env.user)
            self.authenticate(env.user.login, env.user.login)
            return self.make_jsonrpc_request(
                "/discuss/channel/sub_channel/create",
                {"parent_channel_id": channel.id, "from_message_id": self.mail.id},
            )

        self.assertTellsNothing(start)

    def test_sending_on_files_of_others(self):
        for user in self.attackers:
            with self.subTest(user.login):
                group = self.own_group(user)
                self.told(
                    lambda g=group: g.message_post(
                        body="x", message_type="comment", attachment_ids=self.file.ids
                    )
                )
                self.assertFalse(group.sudo().message_ids.attachment_ids & self.file)

    def test_files_of_others_do_not_leave(self):
        answered = self.chats["free"].discuss_channel_id.with_user(self.users["agent_team"])
        with self.assertRaises(AccessError):
            answered.message_post(
                body="look",
                message_type="comment",
                subtype_xmlid="mail.mt_comment",
                attachment_ids=self.chats["support"].wa_message_ids.attachment_id.ids,
            )

    def test_moving_a_message(self):
        """Nobody puts own words into a chat by moving a message there."""
        for user in self.attackers:
            with self.subTest(user.login):
                group = self.own_group(user)
                mine = group.message_post(body="mine", message_type="comment")
                self.told(lambda m=mine: m.write({"res_id": self.channel.id}))
                self.assertEqual(mine.sudo().res_id, group.id)

    def test_nobody_speaks_for_others(self):
        """Neither for the customer nor for a colleague, as a message or by changing a note."""
        customer, colleague = self.chat.partner_id, self.users["agent_team"].partner_id
        place = {"model": "discuss.channel", "res_id": self.channel.id, "body": "forged"}
        for name in ("manager", "holder", "invited"):
            user = self.users[name]
            messages = self.env["mail.message"].with_user(user)
            note = self.channel.with_user(user).message_post(body="mine", message_type="comment")
            self.assertEqual(note.author_id, user.partner_id)
            for author in (customer, colleague):
                signed = {"author_id": author.id}
                with self.subTest(name, author=author.name):
                    post = self.channel.with_user(user).message_post
                    posted = post(body="x", message_type="comment", **signed)
                    self.assertEqual(posted.author_id, user.partner_id)
                    self.assertNotIn(author.name, posted.email_from)
                    made = messages.create([place | signed | {"email_from": author.name}])
                    self.assertEqual(made.author_id, user.partner_id)
                    self.assertNotIn(author.name, made.email_from)
                    hidden = messages.with_context(
                        default_model=place["model"],
                        default_res_id=place["res_id"],
                        default_author_id=author.id,
                    )
                    self.assertEqual(hidden.create([{"body": "x"}]).author_id, user.partner_id)
                    self.assertFalse(self.can(lambda n=note, s=signed: n.write(s)))
            sent = {"message_type": "whatsapp_message"}
            with self.subTest(name, **sent):
                self.assertFalse(self.can(lambda m=messages, s=sent: m.create([place | s])))
                self.assertFalse(self.can(lambda n=note, s=sent: n.write(s)))

    # === WHAT WENT OVER WHATSAPP STAYS AS IT WAS === #

    def test_nobody_rewrites_the_chat(self):
        for name in ("manager", "supervisor", "holder", "agent_team"):
            user = self.users[name]
            mail, file = self.mail.with_user(user), self.file.with_user(user)
            channel = self.channel.with_user(user)
            for values in (
                {"body": "<p>other</p>"},
                {"author_id": user.partner_id.id},
                {"message_type": "comment"},
            ):
                with self.subTest(user.login, **values):
                    self.assertFalse(self.can(lambda m=mail, v=values: m.write(v)))
            for records, action in (
                (mail, mail.unlink),
                (file, file.unlink),
                (file, lambda f=file: f.write({"name": "x"})),
                (channel, channel.unlink),
                (channel, lambda c=channel: c.write({"name": "x"})),
            ):
                with self.subTest(user.login, model=records._name):
                    self.assertFalse(self.can(action))

    def test_nobody_rewrites_the_own_answer(self):
        holder = self.users["holder"]
        self.reply(self.chat, user=holder)
        answer = self.our_messages(self.chat).mail_message_id.with_user(holder)
        self.assertFalse(self.can(lambda: answer.write({"body": "<p>other</p>"})))
        self.assertFalse(self.can(answer.unlink))
