import logging

from odoo.addons.whatsapp_helpdesk.cloud_api import limits, signature
from odoo.addons.whatsapp_helpdesk.const import WEBHOOK_ROUTE, WORK_AFTER_COMMIT
from odoo.tests import tagged

from .common import SECRET, WhatsappCase


@tagged("post_install", "-at_install")
class TestWebhook(WhatsappCase):
    def journal(self):
        return self.env["wa.webhook.event"].search([])

    def assertRefused(self, status, payload=None, **options):
        """Check that a request is answered with ``status`` and leaves no trace."""
        payload = self.webhook(self.message()) if payload is None else payload
        with self.assertNoLogs(level=logging.ERROR):
            response = self.post_webhook(payload, **options)
        self.assertEqual(response.status_code, status)
        self.assertNotIn("Set-Cookie", response.headers)
        self.assertNotIn("Traceback", response.text)
        self.assertFalse(self.journal())

    # === WHAT IS STORED === #

    def test_signed_event_is_stored_and_acknowledged(self):
        payload = self.webhook(self.message())
        response = self.post_webhook(payload)
        self.assertEqual((response.status_code, response.text), (200, ""))
        self.assertNotIn("Set-Cookie", response.headers)
        event = self.journal()
        self.assertEqual(event.state, "new")
        self.assertEqual(event.account_id, self.account)
        self.assertEqual(event.body, signature.escape_like_meta(payload).decode())

    def test_same_body_twice_is_one_row(self):
        payload = self.webhook(self.message())
        for _delivery in range(2):
            self.assertEqual(self.post_webhook(payload).status_code, 200)
        self.assertEqual(len(self.journal()), 1)

    def test_repetition_of_a_processed_body_changes_nothing(self):
        payload = self.webhook(self.message())
        for _delivery in range(2):
            self.assertEqual(self.post_webhook(payload).status_code, 200)
            self.drain()
        self.assertEqual(self.journal().state, "done")
        self.assertEqual(self.conversation().unanswered_count, 1)

    def test_same_message_in_different_bodies_arrives_once(self):
        message = self.message()
        self.receive(message)
        self.receive(message, self.message("A second one"))
        self.assertEqual(self.journal().mapped("state"), ["done", "done"])
        self.assertEqual(len(self.conversation().wa_message_ids), 2)
        self.assertEqual(self.conversation().unanswered_count, 2)

    def test_same_message_twice_in_one_body_arrives_once(self):
        message = self.message()
        self.receive(message, message)
        self.assertEqual(len(self.conversation().wa_message_ids), 1)
        self.assertEqual(self.conversation().unanswered_count, 1)

    def test_signed_nonsense_is_kept_as_failed(self):
        for body in (b"no JSON", b"[]", b'"text"', b"\0", b"{" * 2000):
            with self.subTest(body[:10]):
                self.assertEqual(self.post_webhook(body).status_code, 200)
                self.drain()
                event = self.journal()[:1]
                self.assertEqual(event.state, "failed")
                self.assertIn("JSON", event.error)

    def test_signed_json_without_content_is_kept_as_ignored(self):
        for body in (b"{}", b'{"entry": 3}', b'{"object": "page", "entry": []}'):
            with self.subTest(body):
                self.assertEqual(self.post_webhook(body).status_code, 200)
                self.drain()
                self.assertEqual(self.journal()[:1].state, "ignored")

    def test_nul_byte_does_not_keep_a_message_out(self):
        body = signature.escape_like_meta(self.webhook(self.message("a!b")))
        self.assertEqual(self.post_webhook(body.replace(b"a!b", b"a\0b")).status_code, 200)
        self.drain()
        self.assertEqual(self.conversation().wa_message_ids.body, "a\ufffdb")

    def test_bodies_of_one_batch_have_each_their_own_fate(self):
        status = {"id": "wamid.UNKNOWN", "status": "read", "recipient_id": "1"}
        fates = [("ignored", b"{}"), ("failed", b"[]"), ("ignored", b'{"entry": []}')]
        fates += [
            ("done", self.webhook(self.message())),
            ("new", self.webhook(statuses=[status])),
            ("done", self.webhook(self.message())),
        ]
        for _fate, payload in fates:
            self.assertEqual(self.post_webhook(payload).status_code, 200)
        self.drain()
        rows = self.journal().sorted("id")
        self.assertEqual(rows.mapped("state"), [fate for fate, _payload in fates])
        self.assertEqual(len(set(rows[:3].mapped("error"))), 3)
        self.assertEqual([row.error for row in (rows[3], rows[5])], [False, False])
        self.assertIn("unknown message", rows[4].error)
        self.assertEqual(rows.mapped("attempts"), [0, 0, 0, 0, 1, 0])
        self.assertTrue(all(rows.mapped("processed_at")))

    def test_largest_body_is_stored(self):
        body = b'{"entry": "' + b"x" * (limits.WEBHOOK_BYTES - 13) + b'"}'
        self.assertEqual(self.post_webhook(body).status_code, 200)
        self.assertEqual(len(self.journal().body), limits.WEBHOOK_BYTES)

    def test_large_bodies_are_not_processed_all_at_once(self):
        for number in range(3):
            message = self.message("x" * 1_500_000, id=f"wamid.LARGE{number}")
            self.assertEqual(self.post_webhook(self.webhook(message)).status_code, 200)
        sizes = []
        for _transaction in range(3):
            sizes.append(self.env["wa.webhook.event"]._process_batch())
            self.env.flush_all()
        self.assertEqual(sizes, [2, 1, 0])

    def test_what_the_webhook_remembers_follows_the_system_parameter(self):
        for value in ("0", "1"):
            self.env["ir.config_parameter"].set_param(WORK_AFTER_COMMIT, value)
            account = self.env["wa.account"]._webhook_credentials("test-key")
            self.assertEqual(
                (account.id, account.works_after_commit), (self.account.id, value == "1")
            )

    # === WHAT IS REFUSED === #

    def test_unsigned_events_are_refused(self):
        right = signature.sign(signature.escape_like_meta(self.webhook(self.message())), SECRET)
        for case, options in {
            "wrong secret": {"secret": "other"},
            "other body": {"headers": {"X-Hub-Signature-256": right}},
            "no header": {"headers": {"X-Hub-Signature-256": None}},
            "empty header": {"headers": {"X-Hub-Signature-256": ""}},
            "no hex": {"headers": {"X-Hub-Signature-256": "sha256=zz"}},
            "not ASCII": {"headers": {"X-Hub-Signature-256": "sha256=\xe9".encode()}},
        }.items():
            with self.subTest(case):
                self.assertRefused(403, **options)

    def test_empty_secret_closes_the_webhook(self):
        for empty in (False, ""):
            with self.subTest(empty):
                self.account.app_secret = empty
                self.assertRefused(403, secret="")

    def test_old_secret_closes_with_the_end_of_the_rotation(self):
        self.account.write({"app_secret": "new", "app_secret_previous": SECRET})
        for secret in (SECRET, "new"):
            with self.subTest(secret):
                response = self.post_webhook(self.webhook(self.message()), secret=secret)
                self.assertEqual(response.status_code, 200)
        self.journal().unlink()
        self.account.app_secret_previous = False
        self.assertRefused(403)

    def test_unknown_and_archived_accounts_are_not_found(self):
        self.assertRefused(404, key="another-key")
        self.account.active = False
        self.assertRefused(404)

    def test_other_content_types_are_refused(self):
        for content_type in (
            "text/plain",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            None,
        ):
            with self.subTest(content_type):
                self.assertRefused(415, headers={"Content-Type": content_type})

    def test_compressed_bodies_are_refused(self):
        self.assertRefused(415, headers={"Content-Encoding": "gzip"})

    def test_bodies_that_are_no_text_are_refused(self):
        self.assertRefused(400, b'{"entry": "\xff\xfe"}')

    def test_larger_bodies_are_refused(self):
        self.assertRefused(413, b"x" * (limits.WEBHOOK_BYTES + 1))

    def test_larger_bodies_of_unannounced_length_are_refused(self):
        body = b"x" * (limits.WEBHOOK_BYTES + 1)
        headers = {"Content-Type": "application/json"}
        headers["X-Hub-Signature-256"] = signature.sign(body, SECRET)
        response = self.url_open(f"{WEBHOOK_ROUTE}/test-key", data=iter([body]), headers=headers)
        self.assertNotEqual(response.status_code, 200)
        self.assertFalse(self.journal())

    def test_other_methods_are_refused(self):
        for method in ("PUT", "PATCH", "DELETE"):
            with self.subTest(method):
                self.assertRefused(405, method=method)

    # === HANDSHAKE === #

    def handshake(self, key="test-key", **params):
        query = {"hub.mode": "subscribe", "hub.challenge": "1158", "hub.verify_token": "handshake"}
        return self.url_open(f"{WEBHOOK_ROUTE}/{key}", params=query | params)

    def test_handshake_returns_the_challenge_as_plain_text(self):
        response = self.handshake()
        self.assertEqual((response.status_code, response.text), (200, "1158"))
        self.assertTrue(response.headers["Content-Type"].startswith("text/plain"))
        self.assertNotIn("Set-Cookie", response.headers)

    def test_handshake_with_anything_else_is_refused(self):
        for case, params in {
            "wrong token": {"hub.verify_token": "wrong"},
            "no token": {"hub.verify_token": None},
            "token that is not ASCII": {"hub.verify_token": "é"},
            "wrong mode": {"hub.mode": "unsubscribe"},
            "no challenge": {"hub.challenge": None},
            "unknown key": {"key": "another-key"},
        }.items():
            with self.subTest(case), self.assertNoLogs(level=logging.ERROR):
                self.assertEqual(self.handshake(**params).status_code, 403)

    def test_empty_verify_token_closes_the_handshake(self):
        self.account.verify_token = False
        self.assertEqual(self.handshake(**{"hub.verify_token": ""}).status_code, 403)
