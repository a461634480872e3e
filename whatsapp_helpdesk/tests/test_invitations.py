from odoo import Command
from odoo.addons.mail.tests.common import mail_new_test_user
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .common import WhatsappCase


@tagged("post_install", "-at_install")
class TestInvitations(WhatsappCase):
    """Colleagues in a single conversation: who asks them in, and what they hear."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.portal = mail_new_test_user(cls.env, login="portal_user", groups="base.group_portal")
        branch = cls.env["res.company"].create({"name": "Branch"})
        cls.foreigner = mail_new_test_user(
            cls.env,
            login="foreigner",
            groups="base.group_user",
            company_id=branch.id,
            company_ids=[Command.set(branch.ids)],
        )
        cls.viewer = cls._new_user("viewer", "group_agent")
        cls.env["wa.team.member"].create(
            {"team_id": cls.sales.id, "user_id": cls.viewer.id, "role": "viewer"}
        )

    def setUp(self):
        super().setUp()
        self.receive(self.message("Do you deliver to Aswan?"))
        self.case = self.conversation()
        self.chat = self.case.discuss_channel_id

    def members(self):
        return self.chat.channel_member_ids.partner_id

    def log(self, action):
        return self.env["wa.access.log"].search(
            [("conversation_id", "=", self.case.id), ("action", "=", action)]
        )

    def invite(self, inviter, users, reason="Knows the routes"):
        """Fill in the dialog as a user, and apply it."""
        action = self.case.with_user(inviter).action_invite()
        wizard = self.env["wa.conversation.invite"].with_user(inviter)
        wizard = wizard.with_context(**action["context"])
        wizard.create({"user_ids": users.ids, "reason": reason}).action_apply()

    # === WHO INVITES === #

    def test_who_may_invite(self):
        for inviter, may in {
            self.agent: True,
            self.supervisor: True,
            self.manager: True,
            self.viewer: False,
            self.outsider: False,
            self.employee: False,
        }.items():
            with self.subTest(inviter.login):
                own = self.chat.with_user(inviter)
                partners = self.employee.partner_id
                self.assertEqual(self.can(lambda c=own, p=partners: c.add_members(p.ids)), may)
                self.assertEqual(self.can(lambda i=inviter: self.invite(i, self.employee)), may)

    def test_inviting_over_http(self):
        for inviter in self.viewer | self.outsider | self.agent:
            self.call(inviter, self.chat, "add_members", self.employee.partner_id.ids)
            allowed = inviter == self.agent
            self.assertEqual(self.employee in self.case.invited_user_ids, allowed, inviter.login)
            self.assertEqual(self.employee.partner_id in self.members(), allowed, inviter.login)

    def test_only_the_assignee_answers_and_invites(self):
        self.sales.exclusive_reply = True
        self.case.with_user(self.agent).action_take()
        for inviter, may in {
            self.agent: True,
            self.colleague: False,
            self.supervisor: True,
        }.items():
            self.assertEqual(self.can(lambda i=inviter: self.invite(i, self.employee)), may)

    def test_team_that_invites_nobody(self):
        self.sales.allow_invitations = False
        for inviter, may in {self.agent: False, self.supervisor: False, self.manager: True}.items():
            with self.subTest(inviter.login):
                self.assertEqual(self.can(lambda i=inviter: self.invite(i, self.employee)), may)
                following = self.chat.with_user(inviter)
                self.assertTrue(
                    self.can(lambda c=following: c.add_members(self.colleague.partner_id.ids))
                )

    def test_who_was_invited_invites_nobody(self):
        self.invite(self.agent, self.outsider | self.employee)
        for inviter in self.outsider | self.employee:
            own = self.chat.with_user(inviter)
            self.assertFalse(
                self.can(lambda c=own: c.add_members(self.foreigner.partner_id.ids)), inviter.login
            )

    # === WHO IS INVITED === #

    def test_only_colleagues_of_the_company(self):
        customer = self.case.partner_id
        for person in self.portal.partner_id | self.foreigner.partner_id | customer:
            with self.subTest(person.name), self.assertRaises(UserError), self.cr.savepoint():
                self.chat.with_user(self.manager).add_members(person.ids)
        guest = self.env["mail.guest"].create({"name": "Guest"})
        with self.assertRaises(UserError), self.cr.savepoint():
            self.chat.with_user(self.manager).add_members(guest_ids=guest.ids)
        with self.assertRaises(UserError):
            self.chat.with_user(self.manager).invite_by_email(["x@example.com"])
        self.assertFalse(self.members())
        self.assertFalse(self.case.invited_user_ids)

    def test_link_of_core_lets_nobody_in(self):
        self.chat.sudo().uuid = "secret"
        for user, may in {self.employee: False, self.outsider: False, self.agent: True}.items():
            chat = self.chat.with_user(user)
            self.assertEqual(self.can(lambda c=chat: c.sudo()._add_members(users=c.env.user)), may)
        public = self.chat.with_user(self.env.ref("base.public_user")).sudo()
        with self.assertRaises(UserError):
            public._add_members(guests=self.env["mail.guest"].create({"name": "Visitor"}))

    def test_membership_without_invitation_is_refused(self):
        self.case.with_user(self.agent).action_take()
        member = {"channel_id": self.chat.id, "partner_id": self.employee.partner_id.id}
        for user in (self.agent, self.env.user):
            with self.assertRaises(ValidationError), self.cr.savepoint():
                self.env["discuss.channel.member"].with_user(user).create([member])

    def test_who_reads_already_just_follows(self):
        self.chat.with_user(self.agent).add_members(self.colleague.partner_id.ids)
        self.assertEqual(self.members(), self.colleague.partner_id)
        self.assertFalse(self.case.invited_user_ids)
        self.assertFalse(self.log("invited"))

    def test_reader_follows_alone_and_adds_nobody(self):
        chat = self.chat.with_user(self.viewer)
        chat.add_members(self.viewer.partner_id.ids)
        self.assertEqual(self.members(), self.viewer.partner_id)
        self.assertFalse(self.can(lambda: chat.add_members(self.colleague.partner_id.ids)))

    # === WHAT IT GIVES === #

    def test_gives_this_conversation_and_nothing_else(self):
        self.receive(self.message("Hi", sender="4915112345678"))
        other = self.conversation("4915112345678")
        self.invite(self.agent, self.employee)
        for records in (self.case, self.chat, self.chat.message_ids):
            self.assertEqual(self.found_by(self.employee, records), records)
        self.assertFalse(self.found_by(self.employee, other))
        self.assertFalse(self.can(lambda: self.reply(self.case, user=self.employee)))
        self.invite(self.agent, self.outsider)
        self.assertTrue(self.can(lambda: self.reply(self.case, user=self.outsider)))

    def test_who_was_invited_answers_without_becoming_the_assignee(self):
        self.invite(self.agent, self.outsider)
        self.reply(self.case, user=self.outsider)
        self.assertFalse(self.case.user_id)
        self.reply(self.case, user=self.agent)
        self.assertEqual(self.case.user_id, self.agent)

    def test_invitation_is_recorded_and_noted(self):
        self.invite(self.agent, self.employee)
        note = self.chat.message_ids[0]
        self.assertIn("employee", note.preview)
        self.assertIn("Knows the routes", note.preview)
        self.assertEqual(note.subtype_id, self.env.ref("mail.mt_note"))
        row = self.log("invited")
        self.assertEqual(
            (row.user_id, row.subject_user_id, row.reason),
            (self.agent, self.employee, "Knows the routes"),
        )
        self.send()
        self.assertFalse(self.graph.sent())

    # === ITS END === #

    def test_leaving_ends_it(self):
        self.invite(self.agent, self.employee)
        self.call(self.employee, self.chat, "action_unfollow")
        self.assertFalse(self.case.invited_user_ids)
        self.assertFalse(self.members())
        self.assertFalse(self.found_by(self.employee, self.case))
        row = self.log("uninvited")
        self.assertEqual((row.user_id, row.subject_user_id), (self.employee, self.employee))
        self.send()
        self.assertFalse(self.graph.sent(), "that somebody left is no news for the customer")

    def test_who_may_invite_ends_it(self):
        self.invite(self.agent, self.employee)
        for user in self.viewer | self.employee:
            own = self.case.with_user(user)
            self.assertFalse(self.can(lambda c=own: c._uninvite(self.employee)), user.login)
        action = self.case.with_user(self.supervisor).action_invite()
        wizard = self.env["wa.conversation.invite"].with_user(self.supervisor)
        wizard = wizard.with_context(**action["context"])
        wizard.create({"ended_user_ids": self.employee.ids}).action_apply()
        self.assertFalse(self.found_by(self.employee, self.case))
        self.assertFalse(self.members())
        self.assertEqual(self.log("uninvited").user_id, self.supervisor)

    def test_closing_does_not_end_it(self):
        self.invite(self.agent, self.employee)
        self.case.with_user(self.agent).action_close()
        self.assertFalse(self.members())
        self.assertTrue(self.found_by(self.employee, self.case))
        self.receive(self.message("And to Luxor?"))
        self.assertEqual(self.members(), self.employee.partner_id)

    def test_team_without_invitations_ends_them_as_it_gets_the_conversation(self):
        self.invite(self.agent, self.employee)
        self.support.allow_invitations = False
        self.case.with_user(self.supervisor)._hand_over(self.support, None, "Theirs")
        self.assertFalse(self.case.invited_user_ids)
        self.assertFalse(self.found_by(self.employee, self.case))

    # === MENTIONS === #

    def note(self, author, *users, **kwargs):
        """Write a note that names users, as the route of Discuss does it."""
        chat = self.chat.with_user(author).sudo()
        return chat.message_post(
            body="Please look",
            message_type="comment",
            subtype_xmlid="mail.mt_note",
            partner_ids=[user.partner_id.id for user in users],
            **kwargs,
        )

    def named(self, *users):
        for user in users:
            user.notification_type = "inbox"
        message = self.note(self.agent, *users)
        notified = message.notification_ids.res_partner_id
        self.assertEqual(notified, message.partner_ids)
        return notified

    def test_only_who_may_read_can_be_mentioned(self):
        strangers = (self.outsider, self.employee, self.foreigner)
        self.assertEqual(
            self.named(self.colleague, self.viewer, *strangers),
            (self.colleague | self.viewer).partner_id,
        )
        self.invite(self.agent, self.employee)
        self.assertEqual(self.named(*strangers), self.employee.partner_id)

    def test_mention_sends_no_email_to_others(self):
        before = self.env["mail.mail"].search([])
        self.colleague.notification_type = self.outsider.notification_type = "email"
        self.note(self.agent, self.colleague, self.outsider, self.portal)
        sent = self.env["mail.mail"].search([]) - before
        self.assertEqual(sent.recipient_ids, self.colleague.partner_id)

    def test_mention_over_http(self):
        role = self.env["res.role"].create({"name": "Drivers"})
        role.user_ids = self.employee | self.colleague
        post = {"body": "Who drives?", "subtype_xmlid": "mail.mt_note", "role_ids": role.ids}
        where = {"thread_model": "discuss.channel", "thread_id": self.chat.id}
        post["partner_ids"] = self.outsider.partner_id.ids
        self.rpc(self.agent, "/mail/message/post", post_data=post, **where)
        note = self.chat.message_ids[0]
        self.assertIn("Who drives?", note.preview)
        self.assertEqual(note.partner_ids, self.colleague.partner_id)
        update = {"body": "Who can drive?", "partner_ids": self.outsider.partner_id.ids}
        self.rpc(self.agent, "/mail/message/update_content", message_id=note.id, update_data=update)
        self.assertNotIn(self.outsider.partner_id, note.partner_ids)

    def test_member_who_lost_access_is_not_notified(self):
        self.case.partner_id.user_id = self.employee
        self.chat.with_user(self.employee).add_members(self.employee.partner_id.ids)
        self.assertEqual(self.recipients(), self.employee.partner_id)
        self.case.partner_id.user_id = False
        self.assertFalse(self.recipients())

    def recipients(self):
        message = self.note(self.agent)
        told = self.chat._notify_get_recipients(message)
        return self.env["res.partner"].browse([recipient["id"] for recipient in told])

    def test_everyone_is_who_may_read(self):
        self.chat.with_user(self.agent).add_members(self.colleague.partner_id.ids)
        message = self.note(self.agent, special_mentions=["everyone"])
        self.assertEqual(message.partner_ids, self.colleague.partner_id)
