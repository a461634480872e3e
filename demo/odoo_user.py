"""An Odoo user who works through the same routes as the web client."""

import json
import re
import uuid

from http_json import DemoError, JsonSession

CSRF_TOKEN = re.compile(r'csrf_token:\s*"([^"]+)"')


class OdooUser:
    """A logged-in user.

    :param str url: of the Odoo server
    :param str database: name of the database
    :param str login: also the password, as in the whole demo
    """

    def __init__(self, url, database, login):
        self.login = login
        self._session = JsonSession(url)
        params = {"db": database, "login": login, "password": login}
        self._rpc("/web/session/authenticate", params)

    def call(self, model, method, *args, **kwargs):
        """Call a public method of ``model`` and return its result."""
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        return self._rpc(f"/web/dataset/call_kw/{model}/{method}", params)

    def find(self, model, domain, fields):
        """Return the first record of ``domain`` as a dict, None if there is none."""
        found = self.call(model, "search_read", domain, fields=fields, limit=1)
        return found[0] if found else None

    def post(self, chat_id, body, *, reply_to=None, picture=None, note=False):
        """Write into a chat as the composer does and return the id of the ``mail.message``.

        :param int chat_id: ``discuss.channel``
        :param str body: HTML
        :param int reply_to: ``mail.message`` that is quoted
        :param pathlib.Path picture: JPEG to attach
        :param bool note: internal note instead of a message to the customer
        """
        data = {
            "body": body,
            "message_type": "comment",
            "subtype_xmlid": "mail.mt_note" if note else "mail.mt_comment",
        }
        if reply_to:
            data["parent_id"] = reply_to
        if picture:
            attachment = self._upload(chat_id, picture)
            data["attachment_ids"] = [attachment["id"]]
            data["attachment_tokens"] = [attachment["ownership_token"]]
        thread = {"thread_model": "discuss.channel", "thread_id": chat_id}
        return self._rpc("/mail/message/post", {**thread, "post_data": data})["message_id"]

    def react(self, mail_message_id, emoji):
        """Put an emoji on a message, as a click below it does."""
        params = {"message_id": mail_message_id, "content": emoji, "action": "add"}
        self._rpc("/mail/message/reaction", params)

    def send_place(self, conversation_id, **place):
        """Send a place (name, address, latitude, longitude) by the dialog for it."""
        model = "wa.conversation.send.location"
        values = {"conversation_id": conversation_id, **place}
        created = self.call(model, "create", [values])
        self.call(model, "action_send", created)

    def _rpc(self, route, params):
        body = {"jsonrpc": "2.0", "method": "call", "params": params}
        answer = self._session.request("POST", route, body)
        if "error" in answer:
            details = answer["error"].get("data") or {}
            reason = details.get("message") or answer["error"].get("message")
            raise DemoError(f"Odoo refused {route} to {self.login}: {reason}")
        return answer.get("result")

    def _upload(self, chat_id, picture):
        page = self._session.send("GET", "/odoo").decode()
        token = CSRF_TOKEN.search(page)
        if not token:
            raise DemoError(f"Odoo's web client did not open for {self.login}.")
        fields = {
            "csrf_token": token.group(1),
            "is_pending": "true",
            "thread_id": str(chat_id),
            "thread_model": "discuss.channel",
        }
        body, content_type = _form_data(fields, picture)
        answer = json.loads(
            self._session.send("POST", "/mail/attachment/upload", body, content_type)
        )
        store = answer["data"]["store_data"]
        return store["ir.attachment"][0]


def _form_data(fields, picture):
    boundary = uuid.uuid4().hex
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    head = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="ufile"; filename="{picture.name}"'
    )
    parts += [f"{head}\r\nContent-Type: image/jpeg\r\n\r\n".encode(), picture.read_bytes()]
    parts.append(f"\r\n--{boundary}--\r\n".encode())
    return b"".join(parts), f"multipart/form-data; boundary={boundary}"
