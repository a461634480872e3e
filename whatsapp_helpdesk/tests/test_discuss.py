from odoo import Command
from odoo.addons.whatsapp_helpdesk.const import INBOX_REQUEST
from odoo.tests import tagged

from .common import CUSTOMER, WhatsappCase

CONVERSATION_KEYS = {
    "candidate_count",
    "contact_phone",
    "discuss_channel_id",
    "id",
    "last_message_at",
    "last_message_preview",
    "name",
    "partner_id",
    "priority",
    "state",
    "team_name",
    "unanswered_count",
    "user_id",
    "wa_channel_name",
    "window_expires_at",
    "window_warning_hours",
}
OTHER_CUSTOMER = "4915112345678"
NEW_MESSAGE, INSERT = "discuss.channel/new_message", "mail.record/insert"
INCOMING = "whatsapp_helpdesk/incoming"


@tagged("post_install", "-at_install")
class TestDiscuss(WhatsappCase):
    """What browsers hear and load, and what their habits do not cause."""

    def setUp(self):
        super().setUp()
        self.receive(self.message("Hello"))
        self.chat = self.conversation()
        self.channel = self.chat.discuss_channel_id
        self.quiet()

    def quiet(self):
        """Start listening from here."""
        self.env.cr.precommit.run()
        self.last = self.env["bus.bus"]._bus_last_id()

    def heard(self, user, *asked):
        """Return what a browser hears that subscribed to these channels, oldest first."""
        self.env.cr.precommit.run()
        answer = self.rpc(
            user,
            "/websocket/peek_notifications",
            channels=list(asked),
            last=self.last,
            is_first_poll=True,
        )
        return [row["message"] for row in answer["notifications"]]

    def kinds(self, user, *asked):
        return [message["type"] for message in self.heard(user, *asked)]

    def members(self):
        return self.channel.channel_member_ids.partner_id

    # === WHAT IS HEARD === #

    def test_team_hears_of_an_incoming_message(self):
        self.receive(self.message("Is it *there*?"))
        insert, incoming = sorted(self.heard(self.agent), key=lambda m: m["type"])
        self.assertEqual((insert["type"], incoming["type"]), (INSERT, INCOMING))
        (conversation,) = insert["payload"]["wa.conversation"]
        self.assertLessEqual(CONVERSATION_KEYS, conversation.keys())
        self.assertEqual(conversation["unanswered_count"], 2)
        self.assertEqual(
            incoming["payload"],
            {
                "company_id": self.channel.wa_conversation_id.company_id.id,
                "thread_id": self.channel.id,
                "title": self.chat.name,
                "body": "Is it there?",
            },
        )

    def test_who_has_the_chat_open_hears_each_message_once(self):
        chat = f"discuss.channel_{self.channel.id}"
        self.receive(self.message("one"), self.message("two"), self.message("three"))
        self.assertEqual(self.kinds(self.agent, chat).count(NEW_MESSAGE), 3)
        self.assertEqual(self.kinds(self.agent).count(NEW_MESSAGE), 0)
        event = next(m for m in self.heard(self.agent, chat) if m["type"] == NEW_MESSAGE)
        (message,) = event["payload"]["data"]["mail.message"]
        self.assertEqual(
            (message["wa_direction"], message["wa_state"], message["wa_type"]),
            ("inbound", "received", "text"),
        )
        self.assertFalse(message["wa_error"])

    def test_batch_is_one_change_of_the_conversation(self):
        self.receive(self.message("one"), self.message("two"), self.message("three"))
        self.assertEqual(self.kinds(self.agent), [INCOMING, INSERT])

    def test_nobody_else_hears_anything(self):
        self.receive(self.message())
        asked = [
            f"discuss.channel_{self.channel.id}",
            f"wa.team_{self.sales.id}",
            f"wa.conversation_{self.chat.id}",
        ]
        for user in (self.outsider, self.employee, None):
            with self.subTest(user and user.login):
                self.assertFalse(self.heard(user, *asked))

    def teams_of_agent(self):
        roles = self.agent._wa_team_roles()
        return self.env["wa.team"].browse(role.team_id for role in roles)

    def test_team_of_a_company_that_is_closed_to_the_agent_is_not_heard(self):
        branch = self.env["res.company"].create({"name": "Branch"})
        self.agent.company_ids = [Command.link(branch.id)]
        team = self.env["wa.team"].create(
            {"name": "Branch", "company_id": branch.id, "user_ids": self.agent.ids}
        )
        self.assertIn(team, self.teams_of_agent())
        self.agent.company_ids = [Command.unlink(branch.id)]
        self.assertNotIn(team, self.teams_of_agent())

    def test_who_has_the_conversation_hears_without_asking_and_the_team_is_not_rung(self):
        self.chat.with_user(self.agent).action_take()
        self.quiet()
        self.receive(self.message())
        self.assertIn(NEW_MESSAGE, self.kinds(self.agent))
        for user in (self.agent, self.colleague):
            self.assertNotIn(INCOMING, self.kinds(user))
        self.assertNotIn(NEW_MESSAGE, self.kinds(self.colleague))

    def test_changes_of_state_and_assignee_reach_the_team(self):
        self.chat.with_user(self.colleague).action_take()
        (insert,) = self.heard(self.agent)
        (conversation,) = insert["payload"]["wa.conversation"]
        self.assertEqual(conversation["state"], "in_progress")
        self.assertEqual(conversation["user_id"], self.colleague.id)

    def test_ticks_are_one_event_per_chat_and_batch(self):
        self.receive(self.message(sender=OTHER_CUSTOMER))
        other = self.conversation(OTHER_CUSTOMER)
        for chat in (self.chat, self.chat, other):
            self.reply(chat)
        self.send()
        self.quiet()
        ours = self.our_messages(self.chat) | self.our_messages(other)
        self.receive(
            statuses=[self.status(m, word) for word in ("delivered", "read") for m in ours]
        )
        chats = [f"discuss.channel_{c.discuss_channel_id.id}" for c in (self.chat, other)]
        events = self.heard(self.supervisor, *chats)
        self.assertEqual([event["type"] for event in events], [INSERT, INSERT])
        shown = [message for event in events for message in event["payload"]["mail.message"]]
        self.assertEqual([message["wa_state"] for message in shown], ["read"] * 3)

    def test_answer_is_heard_by_colleagues_who_look_at_the_chat(self):
        self.reply(self.chat)
        heard = self.kinds(self.colleague, f"discuss.channel_{self.channel.id}")
        self.assertEqual(heard.count(NEW_MESSAGE), 1)

    # === WHAT IS LOADED === #

    def inbox(self, user):
        """Return the ids of the chats that a user's sidebar loads."""
        data = self.rpc(user, "/mail/data", fetch_params=["init_messaging", INBOX_REQUEST]) or {}
        return {chat["discuss_channel_id"]["id"] for chat in data.get("wa.conversation", [])}

    def test_sidebar_loads_the_own_and_the_unassigned_conversations(self):
        customers = [OTHER_CUSTOMER, "34600000001", "34600000002", "34600000003"]
        self.receive(*[self.message(sender=customer) for customer in customers])
        unassigned, mine, colleagues, closed = map(self.conversation, customers)
        mine.with_user(self.agent).action_take()
        colleagues.with_user(self.colleague).action_take()
        closed.with_user(self.agent).action_close()
        expected = self.chat | unassigned | mine
        self.assertEqual(self.inbox(self.agent), set(expected.discuss_channel_id.ids))

    def test_sidebar_of_others_is_empty(self):
        for user in (self.outsider, self.employee, None):
            with self.subTest(user and user.login):
                self.assertFalse(self.inbox(user))

    def test_loaded_chat_brings_its_conversation(self):
        data = self.rpc(self.agent, "/mail/data", fetch_params=[INBOX_REQUEST])
        (conversation,) = data["wa.conversation"]
        self.assertLessEqual(CONVERSATION_KEYS, conversation.keys())
        self.assertEqual(conversation["contact_phone"], f"+{CUSTOMER}")
        self.assertEqual(conversation["team_name"], "Sales")

    # === WHAT LOOKING DOES NOT CAUSE === #

    def test_looking_and_typing_makes_nobody_a_member(self):
        last = self.channel.message_ids[0].id
        for route, params in {
            "/discuss/channel/messages": {},
            "/discuss/channel/notify_typing": {"is_typing": True},
            "/discuss/channel/mark_as_read": {"last_message_id": last},
            "/discuss/channel/members": {"known_member_ids": []},
        }.items():
            with self.subTest(route):
                self.rpc(self.agent, route, channel_id=self.channel.id, **params)
                self.assertFalse(self.members())

    def test_fetching_receipts_of_browsers_do_nothing(self):
        self.chat.with_user(self.agent).action_take()
        self.receive(self.message())
        self.quiet()
        self.call(self.agent, self.channel, "channel_fetched")
        self.assertFalse(self.channel.channel_member_ids.fetched_message_id)
        self.assertFalse(self.heard(self.agent))

    def test_who_has_the_conversation_can_mark_it_as_read(self):
        self.chat.with_user(self.agent).action_take()
        self.receive(self.message())
        member = self.channel.channel_member_ids
        self.assertEqual(member.message_unread_counter, 1)
        self.rpc(
            self.agent,
            "/discuss/channel/mark_as_read",
            channel_id=self.channel.id,
            last_message_id=self.channel.message_ids[0].id,
        )
        member.invalidate_recordset()
        self.assertEqual(member.message_unread_counter, 0)
