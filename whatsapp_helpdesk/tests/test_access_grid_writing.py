from odoo.tests import tagged

from .access_case import AccessCase


def _acting(method):
    """Return an attempt that calls a method of the conversation, which answers nothing."""

    def attempt(user, chat):
        getattr(chat.with_user(user), method)()
        return True

    return attempt


@tagged("post_install", "-at_install")
class TestAccessGridWriting(AccessCase):
    """Who changes what, asked of the ORM as that user."""

    def test_what_is_written(self):
        def post(user, chat, **values):
            return chat.discuss_channel_id.with_user(user).message_post(body="x", **values)

        def reply(user, chat):
            return post(user, chat, message_type="comment", subtype_xmlid="mail.mt_comment")

        def note(user, chat):
            return post(user, chat, message_type="comment", subtype_xmlid="mail.mt_note")

        def create(user, chat):
            values = {"model": "discuss.channel", "res_id": chat.discuss_channel_id.id}
            return self.env["mail.message"].with_user(user).create([values | {"body": "x"}])

        def pin(user, chat):
            message = chat.wa_message_ids.mail_message_id
            chat.discuss_channel_id.with_user(user).set_message_pin(message.id, True)
            return message.pinned_at

        def schedule(user, chat):
            scheduled = (
                self.env["mail.scheduled.message"]
                .with_user(user)
                .create(
                    [
                        {
                            "model": "discuss.channel",
                            "res_id": chat.discuss_channel_id.id,
                            "body": "x",
                            "is_note": True,
                            "author_id": user.partner_id.id,
                            "scheduled_date": "2100-01-01",
                        }
                    ]
                )
            )
            scheduled.post_message()
            return True

        self.assertGrid(
            {
                "reply": ("reply", reply),
                "note": ("note", note),
                "notice": ("note", post),
                "bare message": ("note", create),
                "pin": ("note", pin),
                "schedule": ("note", schedule),
            },
            ["held", "free"],
        )

    def test_what_is_done_with_it(self):
        def snooze(user, chat):
            wizards = self.env["wa.conversation.snooze"].with_user(user)
            return wizards.create([{"conversation_id": chat.id}]).action_apply()

        def hand_over(user, chat):
            wizards = self.env["wa.conversation.transfer"].with_user(user)
            values = {"conversation_ids": chat.ids, "reason": "x"}
            taker = {"user_id": self.users["agent_team"].id}
            return wizards.create([values | taker]).action_apply()

        def transfer(user, chat):
            wizards = self.env["wa.conversation.transfer"].with_user(user)
            values = {"conversation_ids": chat.ids, "reason": "x"}
            team = {"team_id": self.teams["support"].id, "user_id": False}
            return wizards.create([values | team]).action_apply()

        def override(user, chat):
            return chat.with_user(user).action_override_reply()

        self.assertGrid(
            {
                "take": ("handle", _acting("action_take")),
                "release": ("handle", _acting("action_release")),
                "wait": ("handle", _acting("action_wait")),
                "close": ("handle", _acting("action_close")),
                "reopen": ("handle", _acting("action_reopen")),
                "unblock": ("manage", _acting("action_unblock")),
                "snooze": ("handle", snooze),
                "hand over": ("assign", hand_over),
                "transfer": ("assign", transfer),
                "answer in place": ("manage", override),
            },
            ["held", "free"],
        )

    def test_what_agents_keep_in_order(self):
        """Priority, tags and the customer go with notes, for users of the addon.

        The customer is all conversations' of a contact: who was only invited does not choose it.
        """

        def order(user, chat):
            return chat.with_user(user).write({"priority": "1"})

        def choose(user, chat):
            wizards = self.env["wa.conversation.choose.partner"].with_user(user)
            values = {"conversation_id": chat.id, "partner_id": chat.partner_id.id}
            return wizards.create([values]).action_apply()

        agents = self.env.ref("whatsapp_helpdesk.group_agent")
        for user, chat, rights in self.cells(["held"]):
            is_allowed = "note" in rights and user in agents.all_user_ids
            is_of_team = user != self.users["invited_agent"]
            for attempt, expected in ((order, is_allowed), (choose, is_allowed and is_of_team)):
                with self.subTest(user.login, attempt=attempt.__name__):
                    self.assertEqual(self.succeeds(attempt, user, chat), expected)
