import base64
import json
import time
from pathlib import Path

from markupsafe import Markup

from odoo.addons.mail.tests.common import mail_new_test_user
from odoo.addons.mail.tools.discuss import Store
from odoo.addons.whatsapp_helpdesk.cloud_api import signature
from odoo.addons.whatsapp_helpdesk.const import WEBHOOK_ROUTE
from odoo.addons.whatsapp_helpdesk.work import answers, drain, fetch, send
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, JsonRpcException, tagged
from odoo.tools import mute_logger

from .graph import FakeGraph

SAMPLES = Path(__file__).parent / "samples" / "webhooks"
SECRET = "test_app_secret"
CUSTOMER = "201001234567"
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
WEBP = base64.b64decode("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==")
MOVING_WEBP = b"RIFF\x1a\0\0\0WEBPVP8X\x0a\0\0\0\x02\0\0\0"


def load_sample(name):
    """Return a captured webhook body as a dict."""
    return json.loads((SAMPLES / f"{name}.json").read_text())


@tagged("post_install", "-at_install")
class WhatsappCase(HttpCase):
    """Two teams with their people, two numbers, and a Graph on loopback.

    The background jobs run when a test says so: `drain`, `send`, `fetch`.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._keep_routes()
        # Nobody else waits for the processor
        cls.classPatch(drain, "LONGEST_REST_SECONDS", 0)
        cls.graph = FakeGraph()
        cls.addClassCleanup(cls.graph.stop)
        cls.agent = cls._new_user("agent", "group_agent")
        cls.colleague = cls._new_user("colleague", "group_agent")
        cls.outsider = cls._new_user("outsider", "group_agent")
        cls.supervisor = cls._new_user("supervisor", "group_supervisor")
        cls.manager = cls._new_user("manager", "group_manager")
        cls.employee = mail_new_test_user(cls.env, login="employee", groups="base.group_user")
        cls.sales = cls.env["wa.team"].create(
            {"name": "Sales", "user_ids": (cls.agent | cls.colleague | cls.supervisor).ids}
        )
        cls.support = cls.env["wa.team"].create({"name": "Support", "user_ids": cls.outsider.ids})
        cls.account = cls.env["wa.account"].create(
            {
                "name": "Test account",
                "waba_uid": "1000000001",
                "app_uid": "900",
                "app_secret": SECRET,
                "access_token": "EAAtesttoken",
                "verify_token": "handshake",
                "webhook_key": "test-key",
                "api_url": cls.graph.url,
            }
        )
        cls.number, cls.other_number = cls.env["wa.channel"].create(
            [
                {
                    "name": name,
                    "account_id": cls.account.id,
                    "phone_number_uid": uid,
                    "team_id": team.id,
                }
                for name, uid, team in (
                    ("Sales", "2000000001", cls.sales),
                    ("Support", "2000000002", cls.support),
                )
            ]
        )

    @classmethod
    def _keep_routes(cls):
        """Keep the map of routes when Odoo forgets all caches after each test of the class.

        Routes depend on the installed addons alone; making their map takes longer than many a test.
        """
        others = [name for name in cls.registry.cache_sequences if name != "routing"]
        cls.classPatch(cls.registry, "clear_all_caches", lambda: cls.registry.clear_cache(*others))

    def setUp(self):
        super().setUp()
        self.graph.forget()
        self._wamids = 0

    @classmethod
    def _request_handler(cls, session, request, /, **kw):
        """Override: Odoo's guard takes the timeout for one number, the client passes two."""
        if isinstance(kw.get("timeout"), tuple):
            kw["timeout"] = max(kw["timeout"])
        return super()._request_handler(session, request, **kw)

    @classmethod
    def _new_user(cls, login, group):
        return mail_new_test_user(cls.env, login=login, groups=f"whatsapp_helpdesk.{group}")

    # === WHAT META SENDS === #

    def message(self, body="Hello", sender=CUSTOMER, **changes):
        """Return one inbound text message in Meta's JSON."""
        self._wamids += 1
        return {
            "from": sender,
            "id": f"wamid.IN{self._wamids}",
            "timestamp": str(int(time.time())),
            "type": "text",
            "text": {"body": body},
        } | changes

    def webhook(self, *messages, statuses=(), number=None, names=None):
        """Return a webhook body with these messages and statuses."""
        senders = dict.fromkeys(message["from"] for message in messages if "from" in message)
        contacts = [
            {"profile": {"name": (names or {}).get(sender, f"Customer {sender}")}, "wa_id": sender}
            for sender in senders
        ]
        value = {
            "messaging_product": "whatsapp",
            "metadata": {"phone_number_id": (number or self.number).phone_number_uid},
        }
        if messages:
            value |= {"contacts": contacts, "messages": list(messages)}
        if statuses:
            value["statuses"] = list(statuses)
        return {
            "object": "whatsapp_business_account",
            "entry": [{"id": "1000000001", "changes": [{"field": "messages", "value": value}]}],
        }

    def status(self, message, word, **changes):
        """Return a status of one of our messages in Meta's JSON."""
        return {
            "id": message.wamid,
            "status": word,
            "timestamp": str(int(time.time())),
            "recipient_id": CUSTOMER,
        } | changes

    def post_webhook(self, payload, *, secret=SECRET, key="test-key", headers=None, **options):
        """Post a webhook as Meta does, signed over the very bytes."""
        body = payload if isinstance(payload, bytes) else signature.escape_like_meta(payload)
        all_headers = {
            "Content-Type": "application/json",
            "X-Hub-Signature-256": signature.sign(body, secret),
        } | (headers or {})
        return self.url_open(
            f"{WEBHOOK_ROUTE}/{key}",
            data=body,
            headers={name: value for name, value in all_headers.items() if value is not None},
            **options,
        )

    def receive(self, *messages, statuses=(), number=None, names=None):
        """Post a webhook, check that it is acknowledged, and process the journal."""
        payload = self.webhook(*messages, statuses=statuses, number=number, names=names)
        response = self.post_webhook(payload)
        self.assertEqual(response.status_code, 200)
        self.drain()

    # === THE BACKGROUND JOBS === #

    def drain(self):
        self._run(drain)

    def follow_answers(self):
        self._run(answers)

    def send(self):
        self._run(send)

    def fetch(self):
        self._run(fetch)

    def _run(self, job):
        self.env.flush_all()
        job.run(self.env.registry)
        self.env.invalidate_all()

    # === RIGHTS === #

    def found_by(self, user, records):
        """Return those of the records that a user finds; none if the model is closed to them."""
        try:
            found = records.with_user(user).search([("id", "in", records.ids)])
        except AccessError:
            found = records.browse()
        return found.sudo()

    def can(self, action):
        """Tell whether an action is allowed; its effects are undone."""
        try:
            with self.cr.savepoint() as savepoint:
                action()
                savepoint.rollback()
        except AccessError:
            return False
        return True

    def rpc(self, user, route, **params):
        """Call a JSON route over HTTP, as a user or, without one, as a visitor.

        :return: the answer, None if it was refused
        """
        login = user.login if user else None
        self.authenticate(login, login)
        with mute_logger("odoo.http"):
            try:
                return self.make_jsonrpc_request(route, params)
            except JsonRpcException:
                return None

    def call(self, user, records, method, *args, **kwargs):
        """Call a public method of records over HTTP; see `rpc`."""
        return self.rpc(
            user,
            f"/web/dataset/call_kw/{records._name}/{method}",
            model=records._name,
            method=method,
            args=[records.ids, *args],
            kwargs=kwargs,
        )

    # === RECORDS === #

    def conversation(self, sender=CUSTOMER, number=None):
        """Return the newest conversation of a customer on a number."""
        return self.env["wa.conversation"].search(
            [
                ("contact_id.wa_id", "=", sender),
                ("wa_channel_id", "=", (number or self.number).id),
            ],
            order="id desc",
            limit=1,
        )

    def reply(self, conversation, body="Good morning", user=None, context=None, **kwargs):
        """Answer a customer as the Discuss route does it: sudo, with the agent as user."""
        chat = conversation.discuss_channel_id.with_user(user or self.agent).sudo()
        chat = chat.with_context(**(context or {}))
        return chat.message_post(
            body=Markup(body), message_type="comment", subtype_xmlid="mail.mt_comment", **kwargs
        )

    def attach(self, content=PNG, name="sofa.png", user=None, **values):
        """Return a file that a user put into the composer."""
        values = {"name": name, "raw": content, "res_model": "mail.compose.message"} | values
        return self.env["ir.attachment"].with_user(user or self.agent).create([values])

    def shown(self, message):
        """Return what a browser gets to know of a message in its chat."""
        return Store().add(message.mail_message_id).get_result()["mail.message"][0]

    def our_messages(self, conversation):
        """Return the outbound messages of a conversation, oldest first."""
        return self.env["wa.message"].search(
            [("conversation_id", "=", conversation.id), ("direction", "=", "outbound")], order="id"
        )
