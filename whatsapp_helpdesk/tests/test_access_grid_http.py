import json
import re
from urllib.parse import urlsplit

from odoo.http import Request
from odoo.tests import tagged
from odoo.tools import mute_logger

from .access_case import SECRET_WORD, AccessCase
from .common import PNG


@tagged("post_install", "-at_install")
class TestAccessGridHttp(AccessCase):
    """Who reaches a chat over HTTP: the routes of Discuss, of files, of the web client."""

    def visitors(self):
        """Yield each user, logged in, with the rights in the chat; there is one per company."""
        for name in ("held", "branch"):
            self.chat = self.chats[name]
            self.channel = self.chat.discuss_channel_id
            self.mail = self.chat.wa_message_ids.mail_message_id
            self.file = self.mail.attachment_ids
            for user, _chat, rights in self.cells([name]):
                login = user.login if user.login != "public" else None
                self.authenticate(login, login)
                yield user, rights

    def ask(self, route, **params):
        """Call a JSON route as who is logged in; the answer as text, nothing if refused."""
        with mute_logger("odoo.http"):
            answer = self.opener.post(
                self.base_url() + route, json={"jsonrpc": "2.0", "method": "call", "params": params}
            )
        return "" if "error" in answer.json() else str(answer.json().get("result"))

    def ask_method(self, model, method, *args, **kwargs):
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        return self.ask(f"/web/dataset/call_kw/{model}/{method}", **params)

    def assertTold(self, answers, word, is_allowed):
        """Check that all answers hold the secret, or that none does."""
        told = {name for name, answer in answers.items() if word in answer}
        self.assertEqual(told, set(answers) if is_allowed else set())

    def test_reading_the_conversation(self):
        chat = "wa.conversation"
        for user, rights in self.visitors():
            name, this = self.chat.name, [("id", "in", self.chat.ids)]
            answers = {
                "list": self.ask_method(chat, "web_search_read", this, {"name": {}}),
                "form": self.ask_method(chat, "web_read", self.chat.ids, {"name": {}}),
                "read": self.ask_method(chat, "read", self.chat.ids, ["name"]),
                "names": self.ask_method(chat, "name_search", name),
                "groups": self.ask_method(chat, "web_read_group", this, ["name"], ["__count"]),
                "chats": self.ask_method(
                    "discuss.channel", "search_read", [("name", "=", name)], ["name"]
                ),
                "data": self.ask(
                    "/mail/data", fetch_params=[["discuss.channel", [self.channel.id]]]
                ),
                "join": self.ask("/discuss/channel/join", channel_id=self.channel.id),
            }
            count = self.ask_method(chat, "search_count", this)
            with self.subTest(user.login, chat=name):
                self.assertTold(answers, name, "read" in rights)
                self.assertEqual(count == "1", "read" in rights)

    def test_reading_the_chat(self):
        search = {"search_term": SECRET_WORD}
        words = [("body", "like", SECRET_WORD)]
        for user, rights in self.visitors():
            thread = {"thread_model": "discuss.channel", "thread_id": self.channel.id}
            channel = {"channel_id": self.channel.id}
            in_chat = [*words, ("model", "=", "discuss.channel"), ("res_id", "=", self.channel.id)]
            sent = [*words, ("conversation_id", "=", self.chat.id)]
            answers = {
                "messages": self.ask("/discuss/channel/messages", **channel),
                "search": self.ask("/discuss/channel/messages", **channel, fetch_params=search),
                "pins": self.ask("/discuss/channel/pinned_messages", **channel),
                "search_read": self.ask_method("mail.message", "search_read", in_chat, ["body"]),
                "sent": self.ask_method("wa.message", "search_read", sent, ["body"]),
            }
            marks = {
                "files": self.ask("/discuss/channel/attachments", **channel),
                "members": self.ask("/discuss/channel/members", **channel, known_member_ids=[]),
            }
            in_thread = self.ask("/mail/thread/messages", **thread)
            with self.subTest(user.login, chat=self.chat.name):
                self.assertTold(answers, SECRET_WORD, "read" in rights)
                self.assertEqual(self.file.name in marks["files"], "read" in rights)
                self.assertEqual("member_count" in marks["members"], "read" in rights)
                ids = f"'id': {self.mail.id},"
                self.assertEqual(ids in in_thread, "read" in rights)

    def test_downloading(self):
        for user, rights in self.visitors():
            file = self.file.id
            routes = (
                f"/web/content/{file}",
                f"/web/content/ir.attachment/{file}/raw",
                f"/web/content?model=ir.attachment&id={file}&field=raw",
                f"/web/image/{file}",
                f"/web/image/ir.attachment/{file}/raw/32x32",
            )
            told = {route for route in routes if self._is_our_file(self.url_open(route))}
            with self.subTest(user.login, chat=self.chat.name):
                self.assertEqual(told, set(routes) if "read" in rights else set())

    def _is_our_file(self, found):
        return found.status_code == 200 and self.file.name in found.headers["Content-Disposition"]

    def test_opening_by_address(self):
        """Who may not open it ends elsewhere, whether there is such a chat or not."""
        for user, rights in self.visitors():
            chat, message = self.channel.id, self.mail.id
            with mute_logger("odoo.http", "werkzeug"):
                answers = {
                    page: self.follow(page)
                    for page in (
                        f"/mail/view?model=discuss.channel&res_id={chat}",
                        f"/mail/view?model=wa.conversation&res_id={self.chat.id}",
                        f"/mail/message/{message}",
                        f"/discuss/channel/{chat}",
                    )
                }
            opened = {page for page, answer in answers.items() if self._opens(answer)}
            with self.subTest(user.login, chat=self.chat.name):
                self.assertEqual(opened, set(answers) if "read" in rights else set())

    def follow(self, page):
        """Return what an address ends in before the web client is loaded."""
        answer = self.url_open(page, allow_redirects=False)
        way = urlsplit(answer.headers.get("Location", "")).path
        return self.follow(way) if way.startswith("/discuss/channel/") else answer

    def _opens(self, answer):
        where = answer.headers.get("Location", "")
        numbers = set(re.findall(r"\d+", urlsplit(where).path + urlsplit(where).query))
        is_page = answer.status_code == 200 and self.channel.uuid in answer.text
        is_way = "/login" not in where and bool(
            numbers & {str(self.channel.id), str(self.chat.id), str(self.mail.id)}
        )
        return is_page or is_way

    @mute_logger("odoo.addons.web.controllers.export")
    def test_exporting(self):
        for user, rights in self.visitors():
            data = {
                "import_compat": False,
                "context": {},
                "domain": [("id", "in", self.chat.ids)],
                "fields": [{"name": "name", "label": "Name"}],
                "groupby": [],
                "ids": False,
                "model": "wa.conversation",
            }
            form = {"data": json.dumps(data), "csrf_token": Request.csrf_token(self)}
            found = self.url_open("/web/export/csv", data=form)
            with self.subTest(user.login, chat=self.chat.name):
                self.assertEqual(self.chat.name in found.text, "read" in rights)

    # === WRITING === #

    def test_writing(self):
        attempts = {
            "reply": ("reply", lambda: self.post("comment", "mail.mt_comment")),
            "note": ("note", lambda: self.post("comment", "mail.mt_note")),
            "notice": ("note", lambda: self.post("notification", None)),
            "react": ("reply", lambda: self.react(self.mail)),
            "react to note": ("note", lambda: self.react(self.channel.message_ids - self.mail)),
            "upload": ("note", self.upload),
            "pin": ("note", lambda: self.do("set_message_pin", self.channel, self.mail.id, True)),
            "take": ("handle", lambda: self.do("action_take", self.chat)),
            "release": ("handle", lambda: self.do("action_release", self.chat)),
            "close": ("handle", lambda: self.do("action_close", self.chat)),
            "hand over": ("assign", self.hand_over),
            "unblock": ("manage", lambda: self.do("action_unblock", self.chat)),
        }
        for user, rights in self.visitors():
            done = set()
            for name, (_right, attempt) in attempts.items():
                with self.cr.savepoint() as savepoint:
                    if attempt():
                        done.add(name)
                    savepoint.rollback()
                self.env.invalidate_all()
            allowed = {name for name, (right, _attempt) in attempts.items() if right in rights}
            with self.subTest(user.login, chat=self.chat.name):
                self.assertEqual(done, allowed)

    def post(self, message_type, subtype):
        data = {"body": "x", "message_type": message_type, "subtype_xmlid": subtype}
        thread = {"thread_model": "discuss.channel", "thread_id": self.channel.id}
        return self.ask("/mail/message/post", **thread, post_data=data)

    def react(self, message):
        values = {"message_id": message[0].id, "content": "\N{THUMBS UP SIGN}", "action": "add"}
        return self.ask("/mail/message/reaction", **values)

    def upload(self):
        found = self.url_open(
            "/mail/attachment/upload",
            data={
                "thread_id": self.channel.id,
                "thread_model": "discuss.channel",
                "csrf_token": Request.csrf_token(self),
            },
            files={"ufile": ("new.png", PNG, "image/png")},
        )
        return found.status_code == 200 and "attachment_id" in found.text

    def hand_over(self):
        team = self.teams["support" if self.chat == self.chats["held"] else "branch"]
        taker = (
            self.users["branch_agent"] if team == self.teams["branch"] else self.env["res.users"]
        )
        values = {
            "conversation_ids": [[6, 0, self.chat.ids]],
            "reason": "x",
            "team_id": team.id,
            "user_id": taker.id,
        }
        made = self.ask_method("wa.conversation.transfer", "create", [values])
        return made and self.ask_method(
            "wa.conversation.transfer", "action_apply", json.loads(made)
        )

    def do(self, method, record, *args):
        return self.ask_method(record._name, method, record.ids, *args)
