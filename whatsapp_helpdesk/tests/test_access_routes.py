import inspect
import json

from odoo.http import Request
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..const import INBOX_REQUEST
from .access_case import SECRET_WORD, AccessCase
from .common import PNG

_RECORDS = {
    "attachment_id",
    "channel_id",
    "file_ids",
    "follower_id",
    "message_id",
    "message_link_preview_ids",
    "parent_channel_id",
    "res_id",
    "sub_channel_id",
    "thread_id",
}
"""Parameters of core's routes that name a chat, or what is in one."""

_ELSEWHERE = {
    "/mail/attachment/upload",
    "/mail/unfollow",
    "/web/content",
    "/web/image",
    "/websocket/peek_notifications",
}
"""Routes that other tests call, or that know no chats."""


@tagged("post_install", "-at_install")
class TestAccessRoutes(AccessCase):
    """Every route of core that takes the id of a chat, of a message or of a file."""

    def setUp(self):
        super().setUp()
        self.chat = self.chats["held"]
        self.channel = self.chat.discuss_channel_id
        self.mail = self.chat.wa_message_ids.mail_message_id
        self.file = self.mail.attachment_ids
        self.guest = self.env["mail.guest"].create([{"name": "Guest"}])

    def json_routes(self):
        """Return routes with parameters that name the chat."""
        channel, message = {"channel_id": self.channel.id}, {"message_id": self.mail.id}
        thread = {"thread_model": "discuss.channel", "thread_id": self.channel.id}
        requests = ["messages", "attachments", "followers", "scheduledMessages", "activities"]
        wanted = thread | {"request_list": requests}
        data = ["channels_as_member", "init_messaging", "failures", INBOX_REQUEST]
        data += [["discuss.channel", [self.channel.id]], ["mail.thread", wanted]]
        return [
            ("/mail/data", {"fetch_params": data}),
            ("/mail/action", {"fetch_params": data}),
            ("/mail/link_preview", message),
            ("/mail/link_preview/hide", {"message_link_preview_ids": [1]}),
            ("/mail/message/translate", message),
            ("/mail/message/update_content", message | {"update_data": {"body": "forged"}}),
            ("/mail/message/reaction", message | {"content": "x", "action": "add"}),
            ("/mail/message/post", thread | {"post_data": {"body": "forged"}}),
            ("/mail/thread/messages", thread),
            ("/mail/thread/recipients", thread),
            ("/mail/thread/recipients", thread | message),
            ("/mail/thread/recipients/get_suggested_recipients", thread | {"partner_ids": []}),
            ("/mail/partner/from_email", thread | {"emails": []}),
            ("/mail/read_subscription_data", {"follower_id": 1}),
            (
                "/mail/thread/subscribe",
                {"res_model": "discuss.channel", "res_id": self.channel.id, "partner_ids": [1]},
            ),
            (
                "/mail/thread/unsubscribe",
                {"res_model": "discuss.channel", "res_id": self.channel.id, "partner_ids": [1]},
            ),
            ("/mail/inbox/messages", {}),
            ("/mail/history/messages", {}),
            ("/mail/starred/messages", {}),
            ("/mail/attachment/delete", {"attachment_id": self.file.id}),
            ("/mail/attachment/update_thumbnail", {"attachment_id": self.file.id}),
            ("/mail/chatter_fetch", thread),
            ("/mail/update_is_internal", message | {"is_internal": False}),
            ("/portal/chatter_init", thread),
            ("/portal/attachment/remove", {"attachment_id": self.file.id}),
            ("/discuss/search", {"term": SECRET_WORD}),
            ("/discuss/channel/members", channel | {"known_member_ids": []}),
            ("/discuss/channel/messages", channel),
            ("/discuss/channel/pinned_messages", channel),
            ("/discuss/channel/attachments", channel),
            ("/discuss/channel/mark_as_read", channel | {"last_message_id": self.mail.id}),
            ("/discuss/channel/set_new_message_separator", channel | message),
            ("/discuss/channel/notify_typing", channel | {"is_typing": True}),
            ("/discuss/channel/join", channel),
            ("/discuss/channel/ping", channel),
            ("/discuss/channel/update_avatar", channel | {"data": "x"}),
            ("/discuss/channel/sub_channel/create", {"parent_channel_id": self.channel.id}),
            ("/discuss/channel/sub_channel/fetch", {"parent_channel_id": self.channel.id}),
            ("/discuss/channel/sub_channel/delete", {"sub_channel_id": self.channel.id}),
            ("/discuss/settings/mute", channel | {"minutes": 5}),
            ("/discuss/settings/custom_notifications", channel | {"custom_notifications": "all"}),
            ("/mail/rtc/channel/join_call", channel),
            ("/mail/rtc/channel/leave_call", channel),
            ("/mail/rtc/channel/upgrade_connection", channel),
            ("/mail/rtc/channel/cancel_call_invitation", channel),
        ]

    def pages(self):
        """Return addresses of pages and files that name the chat."""
        channel, message, file, uuid = self.channel, self.mail.id, self.file.id, self.channel.uuid
        return [
            f"/chat/{channel.id}/{uuid}",
            f"/chat/{uuid}",
            f"/meet/{uuid}",
            f"/discuss/channel/{channel.id}",
            f"/mail/view?model=discuss.channel&res_id={channel.id}",
            f"/mail/view?message_id={message}",
            f"/mail/message/{message}",
            f"/mail/avatar/mail.message/{message}/author_avatar/50x50",
            f"/mail/attachment/pdf_first_page/{file}",
            f"/web/image/discuss.channel/{channel.id}/avatar_128",
            f"/web/image/ir.attachment/{file}/thumbnail",
            f"/web/content/{file}?download=true",
            f"/web/content?model=wa.message&id={self.chat.wa_message_ids.id}&field=attachment_id",
            f"/whatsapp_helpdesk/stretch/{self.chat.link_ids[0].id}/file/{file}",
        ]

    def outsiders(self):
        """Yield who may not reach the chat, logged in."""
        for name in ("other_team", "employee", "portal", "customer", "system", "branch_manager"):
            self.authenticate(self.users[name].login, self.users[name].login)
            yield name
        self.authenticate(None, None)
        yield "public"
        token = self.guest._format_auth_cookie()
        self.opener.cookies.set(self.guest._cookie_name, token, domain="127.0.0.1")
        yield "guest"

    def call(self, route, params):
        """Return the status or the error's name, and the text of an answer."""
        body = {"jsonrpc": "2.0", "method": "call", "params": params}
        with mute_logger("odoo.http", "odoo.sql_db"):
            answer = self.opener.post(self.base_url() + route, json=body)
        if answer.status_code != 200:
            return str(answer.status_code), answer.text
        error = answer.json().get("error")
        return error["data"]["name"] if error else "ok", answer.text

    def state(self):
        """Return all that somebody could change from outside."""
        self.env.invalidate_all()
        channel = self.channel
        return {
            "messages": channel.message_ids.mapped("body"),
            "files": self.env["ir.attachment"].search_count([("res_id", "=", channel.id)]),
            "members": channel.channel_member_ids.ids,
            "reactions": channel.message_ids.reaction_ids.ids,
            "internal": channel.message_ids.mapped("is_internal"),
            "thumbnail": self.file.thumbnail,
            "threads": channel.sub_channel_ids.ids,
            "followers": channel.message_follower_ids.ids,
            "name": channel.name,
        }

    def test_nobody_outside_learns_or_changes_anything(self):
        before = self.state()
        mistakes = ("builtins.TypeError", "builtins.KeyError", "404")
        for who in self.outsiders():
            for route, params in self.json_routes():
                with self.subTest(who, route=route):
                    outcome, text = self.call(route, params)
                    self.assertNotIn(outcome, mistakes)
                    self.assertNotIn(self.chat.name, text)
                    self.assertNotIn("held.png", text)
            for page in self.pages():
                with self.subTest(who, page=page), mute_logger("odoo.http", "werkzeug"):
                    found = self.url_open(page)
                    self.assertNotIn(self.chat.name, found.text)
                    self.assertNotIn("held.png", str(found.headers))
                    self.assertNotEqual(found.content, PNG)
            form = {"file_ids": str(self.file.id), "zip_name": "all.zip"}
            form["csrf_token"] = Request.csrf_token(self)
            with self.subTest(who, page="zip"), mute_logger("odoo.http"):
                self.assertNotIn(b"held.png", self.url_open("/mail/attachment/zip", form).content)
            with self.subTest(who):
                self.assertEqual(self.state(), before)

    def test_the_routes_work_for_who_may(self):
        """Else the test above would prove nothing."""
        holder = self.users["holder"]
        self.authenticate(holder.login, holder.login)
        told = {
            route
            for route, params in self.json_routes()
            if self.chat.name in self.call(route, params)[1]
        }
        for route in (
            "/mail/data",
            "/mail/thread/messages",
            "/discuss/search",
            "/discuss/channel/messages",
            "/discuss/channel/pinned_messages",
            "/discuss/channel/join",
        ):
            self.assertIn(route, told)

    def test_no_route_is_forgotten(self):
        modules = ["base", "bus", "mail", "portal", "web"]
        rules = self.env["ir.http"]._generate_routing_rules(modules, {})
        known = {route for route, _params in self.json_routes()}
        known |= {page.partition("?")[0] for page in self.pages()}
        known |= {"/mail/attachment/zip"}
        forgotten = set()
        for url, endpoint in rules:
            taken = set(inspect.signature(endpoint.original_endpoint).parameters)
            fixed = url.partition("<")[0].rstrip("/")
            names = {route[: len(fixed)] for route in known} | _ELSEWHERE
            if taken & _RECORDS and not any(fixed.startswith(name) for name in names if name):
                forgotten.add(url)
        self.assertFalse(forgotten)

    def test_signs_on_a_message_open_nothing(self):
        """Who stars a message, or notes being notified of it, still does not see it."""
        for name in ("other_team", "employee"):
            user = self.users[name]
            with self.subTest(name):
                self.assertFalse(self.can(self.mail.with_user(user).toggle_message_starred))
                self.mail.starred_partner_ids |= user.partner_id
                self.mail.partner_ids |= user.partner_id
                values = {
                    "mail_message_id": self.mail.id,
                    "res_partner_id": user.partner_id.id,
                    "notification_type": "inbox",
                }
                notifications = self.env["mail.notification"]
                mine = notifications.with_user(user)
                self.assertFalse(self.can(lambda n=mine, v=values: n.create([v])))
                notifications.create([values])
                self.authenticate(user.login, user.login)
                for route in ("/mail/starred/messages", "/mail/inbox/messages", "/mail/data"):
                    params = {"fetch_params": ["init_messaging", "failures"]}
                    _outcome, text = self.call(route, params if route == "/mail/data" else {})
                    self.assertNotIn(self.chat.name, text)
                self.assertFalse(self.found_by(user, self.mail))
                reads = self.mail.with_user(user)
                self.assertFalse(self.can(lambda m=reads: m.read(["body"])))

    def test_mentions_and_suggestions(self):
        """Who may not read the chat is neither suggested nor notified."""
        agent, outsider = self.users["holder"], self.users["other_team"].partner_id
        customer = self.users["customer"].partner_id
        channel = self.channel.with_user(agent)
        note = channel.message_post(
            body="look",
            message_type="comment",
            subtype_xmlid="mail.mt_note",
            partner_ids=(outsider | customer).ids,
        )
        self.assertFalse(note.sudo().partner_ids)
        self.assertFalse(note.sudo().notification_ids)
        for name in ("other_team", "employee", "system"):
            partners = self.env["res.partner"].with_user(self.users[name])
            with self.subTest(name):
                for suggest in (
                    lambda p=partners: p.get_mention_suggestions_from_channel(
                        self.channel.id, "grid"
                    ),
                    lambda p=partners: p.search_for_channel_invite("grid", self.channel.id),
                ):
                    if self.can(suggest):
                        self.assertNotIn("member", json.dumps(suggest(), default=str))
