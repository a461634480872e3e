from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import WhatsappCase

ROUTE = "/mail/message/reaction"


@tagged("post_install", "-at_install")
class TestReactionsOut(WhatsappCase):
    """Reactions of agents: on the customer's phone as in Odoo."""

    def setUp(self):
        super().setUp()
        self.receive(self.message("Thank you!"))
        self.chat = self.conversation()
        self.thanks = self.chat.wa_message_ids
        self.graph.calls.clear()

    def react(self, content="👍", action="add", user=None, message=None):
        message = message or self.thanks
        return self.rpc(
            user or self.agent,
            ROUTE,
            message_id=message.mail_message_id.id,
            content=content,
            action=action,
        )

    def shown_reactions(self):
        """Return who reacted with what, as the chat shows it."""
        reactions = self.thanks.mail_message_id.reaction_ids
        return {(reaction.content, reaction.partner_id) for reaction in reactions}

    def reactions_sent(self):
        return [payload["reaction"]["emoji"] for payload in self.graph.sent()]

    def test_reaction_reaches_the_phone(self):
        answer = self.react()
        (group,) = answer["MessageReactions"]
        self.assertEqual((group["content"], group["count"]), ("👍", 1))
        self.assertEqual(self.shown_reactions(), {("👍", self.agent.partner_id)})
        self.send()
        (payload,) = self.graph.sent()
        self.assertEqual(payload["reaction"], {"message_id": self.thanks.wamid, "emoji": "👍"})
        self.assertEqual(self.our_messages(self.chat).state, "sent")
        self.assertEqual(self.shown_reactions(), {("👍", self.agent.partner_id)})

    def test_reaction_is_no_answer(self):
        self.react()
        self.assertEqual(self.chat.unanswered_count, 1)
        self.assertFalse(self.chat.user_id)
        self.assertEqual(self.chat.last_message_preview, "Thank you!")

    def test_removal_reaches_the_phone(self):
        self.react()
        self.send()
        self.react(action="remove")
        self.assertFalse(self.shown_reactions())
        self.send()
        self.assertEqual(self.reactions_sent(), ["👍", ""])

    def test_what_was_taken_back_before_it_left_does_not_leave(self):
        self.react()
        self.react(action="remove")
        self.send()
        self.assertFalse(self.graph.sent())
        self.assertFalse(self.shown_reactions())

    def test_whatsapp_has_one_reaction_of_the_whole_business(self):
        self.react("👍")
        self.send()
        self.react("❤️", user=self.colleague)
        self.assertEqual(self.shown_reactions(), {("❤️", self.colleague.partner_id)})
        self.send()
        self.assertEqual(self.reactions_sent(), ["👍", "❤️"])

    def test_same_reaction_twice_is_one_call(self):
        self.react()
        self.send()
        self.react(user=self.colleague)
        self.send()
        self.assertEqual(self.reactions_sent(), ["👍"])

    def test_refused_reaction_is_taken_off_and_the_agent_told_why(self):
        self.react()
        self.graph.fail_next(131009, details="Message too old")
        self.send()
        self.assertFalse(self.shown_reactions())
        self.env.cr.precommit.run()
        told = self.env["bus.bus"].search([("message", "like", "simple_notification")])
        self.assertIn("Message too old", told[-1:].message)
        self.assertIn(str(self.agent.partner_id.id), told[-1:].channel)

    def test_reaction_that_fails_later_is_taken_off(self):
        self.react()
        self.send()
        reaction = self.our_messages(self.chat)
        errors = [{"code": 131009, "title": "Parameter value is not valid"}]
        self.receive(statuses=[self.status(reaction, "failed", errors=errors)])
        self.assertEqual(reaction.state, "failed")
        self.assertFalse(self.shown_reactions())

    def test_reaction_to_our_own_message(self):
        self.reply(self.chat)
        self.send()
        ours = self.our_messages(self.chat)
        self.react(message=ours)
        self.send()
        payload = self.graph.sent()[-1]
        self.assertEqual(payload["reaction"], {"message_id": ours.wamid, "emoji": "👍"})

    def test_message_that_never_left_takes_no_reaction(self):
        self.reply(self.chat)
        self.graph.fail_next(131026)
        self.send()
        ours = self.our_messages(self.chat)
        with self.assertRaises(UserError):
            self.chat.with_user(self.agent)._react(ours, "👍")

    def test_closed_window_takes_no_reaction(self):
        self.chat.window_expires_at = fields.Datetime.now() - timedelta(seconds=1)
        self.assertIsNone(self.react())
        self.assertFalse(self.shown_reactions())
        self.assertFalse(self.our_messages(self.chat))

    def test_who_may_not_answer_may_not_react(self):
        for user in (self.outsider, self.employee, None):
            with self.subTest(user and user.login):
                self.assertIsNone(
                    self.rpc(
                        user,
                        ROUTE,
                        message_id=self.thanks.mail_message_id.id,
                        content="👍",
                        action="add",
                    )
                )
                self.assertFalse(self.our_messages(self.chat))
        with self.assertRaises(AccessError):
            self.chat.with_user(self.outsider)._react(self.thanks, "👍")

    def test_notes_keep_the_reactions_of_odoo(self):
        note = self.chat.discuss_channel_id.with_user(self.agent).message_post(
            body="internal", message_type="comment", subtype_xmlid="mail.mt_note"
        )
        self.rpc(self.agent, ROUTE, message_id=note.id, content="👍", action="add")
        self.assertEqual(note.sudo().reaction_ids.content, "👍")
        self.send()
        self.assertFalse(self.graph.sent())
