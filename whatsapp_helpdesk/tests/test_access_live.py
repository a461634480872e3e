import json

from odoo.addons.bus.tests.common import WebsocketCase
from odoo.tests import tagged

from ..const import UNASSIGNED
from .access_case import AccessCase

_END = "whatsapp_helpdesk/test_end"


@tagged("post_install", "-at_install")
class TestAccessLive(AccessCase, WebsocketCase):
    """Who hears what happens in chats, over real websockets."""

    def setUp(self):
        super().setUp()
        self.env.cr.precommit.run()
        self.sockets = {user: self.connect(user) for user in self.grid}

    def connect(self, user):
        """Open a websocket of a user, who asks for every chat."""
        login = user.login if user != self.users["public"] else None
        session = self.authenticate(login, login)
        # The next log-in would end it.
        self.session = None
        socket = self.websocket_connect(cookie=f"session_id={session.sid};")
        chats = [f"discuss.channel_{chat.discuss_channel_id.id}" for chat in self.chats.values()]
        teams = [f"wa.team_{team.id}" for team in self.teams.values()]
        self.subscribe(socket, [*chats, *teams], self.env["bus.bus"]._bus_last_id())
        return socket

    def happenings(self, chat):
        """Let something be written and something change in a chat."""
        channel = chat.discuss_channel_id
        channel.message_post(
            body=f"news of {chat.name}", message_type="comment", subtype_xmlid="mail.mt_note"
        )
        chat.write({"priority": "1" if not int(chat.priority) else "0"})

    def heard(self, *chats):
        """Return for each user the chats of which they heard since the last time."""
        self.env.flush_all()
        self.env["bus.bus"]._sendone("broadcast", _END, {})
        channels = ["broadcast"]
        for chat in chats:
            team = chat.team_id
            channels += [chat.discuss_channel_id, team, (team, UNASSIGNED)]
        self.trigger_notification_dispatching(channels)
        news = {user: self.received(socket) for user, socket in self.sockets.items()}
        return {
            user: {name for name, chat in self.chats.items() if chat.name in text}
            for user, text in news.items()
        }

    def received(self, socket):
        """Return as text what a socket receives until it hears that all was sent."""
        texts = []
        while True:
            messages = json.loads(socket.recv())
            texts += [json.dumps(message) for message in messages]
            if any(message["message"]["type"] == _END for message in messages):
                return "".join(texts)

    def test_readers_hear(self):
        for chat in self.chats.values():
            self.happenings(chat)
        heard = self.heard(*self.chats.values())
        expected = {
            user: {name for name, letters in row.items() if "r" in letters}
            for user, row in self.grid.items()
        }
        self.assertEqual(
            {user.login: names for user, names in heard.items()},
            {user.login: names for user, names in expected.items()},
        )

    def test_who_lost_the_chat_hears_nothing_more(self):
        users, held = self.users, self.chats["held"]
        self.happenings(held)
        before = {user for user, names in self.heard(held).items() if "held" in names}
        losing = {
            users[name]
            for name in ("agent_team", "viewer", "invited", "salesperson", "order_sales", "holder")
        }
        self.assertLessEqual(losing, before)
        members = self.env["wa.team.member"].search([("team_id", "=", self.teams["sales"].id)])
        members.filtered(lambda m: m.user_id in losing).unlink()
        held.invited_user_ids -= users["invited"]
        held.partner_id.user_id = False
        held.link_ids.sale_order_id.user_id = users["other_sales"]
        self.heard(held)
        self.happenings(held)
        after = {user for user, names in self.heard(held).items() if "held" in names}
        # Nobody has it now, so who sees what nobody has hears of it.
        self.assertEqual(after, before - losing | {users["agent_own"]})

    def test_peeking_over_http(self):
        self.happenings(self.chats["held"])
        self.env.cr.precommit.run()
        last = 0
        for user, chat, rights in self.cells(["held"]):
            login = user.login if user != self.users["public"] else None
            self.authenticate(login, login)
            answer = self.make_jsonrpc_request(
                "/websocket/peek_notifications",
                {
                    "channels": [f"discuss.channel_{chat.discuss_channel_id.id}"],
                    "last": last,
                    "is_first_poll": True,
                },
            )
            with self.subTest(user.login):
                news = str(answer["notifications"])
                self.assertEqual(f"news of {chat.name}" in news, "read" in rights)
