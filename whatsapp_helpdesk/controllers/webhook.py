"""Meta's webhook: verify, store, acknowledge. Everything else happens after the commit."""

import hashlib

from odoo import http
from odoo.http import request

from ..cloud_api import limits, signature
from ..const import WEBHOOK_ROUTE
from ..work import background, drain

_ROUTE = f"{WEBHOOK_ROUTE}/<string:webhook_key>"


class WhatsappWebhook(http.Controller):
    @http.route(
        _ROUTE, type="http", auth="none", methods=["GET"], readonly=False, save_session=False
    )
    def verify(self, webhook_key, **params):
        """Answer Meta's handshake (Meta Cloud API: webhook verification requests).

        :param str webhook_key: key of the account, part of the callback URL
        :return: the challenge as plain text, or 403
        """
        account = self._account(webhook_key)
        answer = account and signature.challenge_answer(params, account.verify_token)
        if not answer:
            return _plain("The verify token does not match.", 403)
        return _plain(answer, 200)

    @http.route(
        _ROUTE,
        type="http",
        auth="none",
        methods=["POST"],
        csrf=False,
        readonly=False,
        save_session=False,
        max_content_length=limits.WEBHOOK_BYTES,
    )
    def receive(self, webhook_key, **_params):
        """Store a signed event and acknowledge it.

        :param str webhook_key: key of the account, part of the callback URL
        :return: 200 only if the event is committed; 403 unsigned, 404 unknown key, 413 too large,
            415 no JSON, 400 not text
        """
        httprequest = request.httprequest
        if httprequest.mimetype != "application/json" or httprequest.content_encoding:
            return _plain("Only plain application/json is accepted.", 415)
        account = self._account(webhook_key)
        if not account:
            return _plain("No such webhook.", 404)
        body = httprequest.get_data()
        if not signature.verify(
            body, httprequest.headers.get("X-Hub-Signature-256"), account.secrets
        ):
            return _plain("The signature does not match.", 403)
        try:
            text = body.decode()
        except UnicodeDecodeError:
            return _plain("The body is not UTF-8.", 400)
        self._store(account, text, body)
        return _plain("", 200)

    def _account(self, webhook_key):
        return request.env["wa.account"]._webhook_credentials(webhook_key)

    def _store(self, account, text, body):
        cr = request.env.cr
        cr.execute(
            """
            INSERT INTO wa_webhook_event
                        (account_id, body, digest, state, attempts, create_date, write_date)
                 VALUES (%s, %s, %s, 'new', 0, now() at time zone 'UTC', now() at time zone 'UTC')
            ON CONFLICT (account_id, digest) DO NOTHING
            """,
            # PostgreSQL text cannot hold NUL, which is no valid JSON either: with something else in
            # its place the rest can be read. The digest of the real bytes tells repetitions.
            (account.id, text.replace("\0", "\ufffd"), hashlib.sha256(body).hexdigest()),
        )
        if cr.rowcount and account.works_after_commit:
            background.wake_after_commit(request.env, drain.run)


def _plain(text, status):
    return request.make_response(
        text, [("Content-Type", "text/plain; charset=utf-8")], status=status
    )
