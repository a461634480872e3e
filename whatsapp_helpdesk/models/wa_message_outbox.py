import random
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ..cloud_api import backoff, errors, payloads, payloads_media
from ..const import LEASE_SECONDS, UNCONFIRMED_HOLD_SECONDS
from ..work import send
from ..work.calls import Outgoing, Upload

_MAX_ATTEMPTS = 12


class WaMessageOutbox(models.AbstractModel):
    """The way out: which messages may leave, and what the answer means for them.

    `work/send.py` makes the calls; here are the rules and the rows.
    """

    _name = "wa.message.outbox"
    _description = "WhatsApp Outbox"

    attempts = fields.Integer(readonly=True, aggregator=False)
    next_attempt_at = fields.Datetime(readonly=True)
    lease_until = fields.Datetime(readonly=True)
    unconfirmed_at = fields.Datetime(readonly=True)
    media_uid = fields.Char(readonly=True, copy=False, help="Meta's id of the uploaded file.")

    _queue_idx = models.Index("(wa_channel_id, id) WHERE state = 'queued'")
    _unsettled_idx = models.Index(
        "(conversation_id, id) WHERE state IN ('queued', 'sending', 'unconfirmed')"
    )

    # === CLAIMING === #

    @api.model
    def _claim(self, limit):
        """Lease the next messages that may leave, at most one per conversation.

        Within a conversation messages leave in order: one that is queued, under way or freshly
        doubtful holds back the later ones.

        :param int limit: how many at most
        :rtype: list[Outgoing]
        """
        now = fields.Datetime.now()
        self.env.cr.execute(
            SQL(
                """
                SELECT m.id
                  FROM wa_message m
                  JOIN wa_channel c ON c.id = m.wa_channel_id
                  JOIN wa_account a ON a.id = c.account_id
                 WHERE m.state = 'queued'
                   AND m.direction = 'outbound'
                   AND (m.next_attempt_at IS NULL OR m.next_attempt_at <= %(now)s)
                   AND c.active AND a.active
                   AND c.is_stopped IS NOT TRUE AND a.is_stopped IS NOT TRUE
                   AND (c.paused_until IS NULL OR c.paused_until <= %(now)s)
                   AND NOT EXISTS (
                       SELECT FROM wa_message earlier
                        WHERE earlier.conversation_id = m.conversation_id
                          AND earlier.id < m.id
                          AND earlier.direction = 'outbound'
                          AND (earlier.state IN ('queued', 'sending')
                               OR earlier.state = 'unconfirmed'
                              AND earlier.unconfirmed_at > %(hold)s))
              ORDER BY m.id
                 LIMIT %(limit)s
                   FOR UPDATE OF m SKIP LOCKED
                """,
                now=now,
                hold=now - timedelta(seconds=UNCONFIRMED_HOLD_SECONDS),
                limit=limit,
            )
        )
        claimed = self.browse([row[0] for row in self.env.cr.fetchall()])
        ready = claimed._fail_outside_window()
        ready._merge_state(
            "sending", lease_until=now + timedelta(seconds=LEASE_SECONDS), next_attempt_at=False
        )
        return [outgoing for message in ready if (outgoing := message._prepare_outgoing())]

    def _fail_outside_window(self):
        """Fail what waited too long for its window, and return the rest."""
        late = self.filtered(lambda message: not message._window_is_open())
        late._fail(131047, self.env._("The 24-hour window closed before the message left."))
        return self - late

    def _prepare_outgoing(self):
        """Return the call that sends this message; None if it cannot be built, and fail it.

        :rtype: Outgoing | None
        """
        self.ensure_one()
        try:
            payload = self._prepare_payload()
        except errors.InvalidRequest as error:
            self._fail(error.code, error.message)
            return None
        channel = self.wa_channel_id
        return Outgoing(
            message_id=self.id,
            connect=channel.account_id._client_factory(),
            channel_id=channel.id,
            conversation_id=self.conversation_id.id,
            phone_number_uid=channel.phone_number_uid,
            message_type=self.message_type,
            payload=payload,
            upload=self._prepare_upload(),
        )

    def _prepare_payload(self):
        """Return Meta's JSON of this message.

        :rtype: dict
        """
        self.ensure_one()
        contact = self.conversation_id.contact_id
        recipient = payloads.Recipient(phone=contact.phone or "", bsuid=contact.bsuid or "")
        options = {"reply_to": self.reply_to_id.wamid or "", "callback_data": self.uuid}
        if self.message_type == "image":
            return payloads_media.media_message(
                recipient,
                "image",
                self.media_uid or "uploading",
                caption=self.body or "",
                **options,
            )
        return payloads.text_message(recipient, self.body, **options)

    def _prepare_upload(self):
        self.ensure_one()
        if not self.attachment_id or self.media_uid:
            return None
        attachment = self.attachment_id
        return Upload(attachment.raw or b"", attachment.mimetype, attachment.name)

    @api.model
    def _expire_leases(self):
        """Call doubtful what a worker took and never reported: it may or may not have left."""
        abandoned = self.search(
            [("state", "=", "sending"), ("lease_until", "<", fields.Datetime.now())]
        )
        abandoned._doubt(self.env._("The server stopped while sending."))

    @api.model
    def _seconds_until_due(self):
        """Return how long until a message may leave; None if none waits.

        :rtype: float | None
        """
        self.env.cr.execute(
            """
            SELECT EXTRACT(EPOCH FROM MIN(GREATEST(
                       COALESCE(m.next_attempt_at, m.create_date), c.paused_until))
                       - (now() AT TIME ZONE 'UTC'))
              FROM wa_message m
              JOIN wa_channel c ON c.id = m.wa_channel_id AND c.active
              JOIN wa_account a ON a.id = c.account_id AND a.active
             WHERE m.state = 'queued' AND c.is_stopped IS NOT TRUE AND a.is_stopped IS NOT TRUE
            """
        )
        (seconds,) = self.env.cr.fetchone()
        return None if seconds is None else max(float(seconds), 0.0)

    @api.model
    def _cron_send(self):
        send.run(self.env.registry)

    # === RESULTS === #

    @api.model
    def _store_results(self, results):
        """Write what became of claimed messages.

        :param list[Sent] results: one per message
        """
        messages = self.browse([result.message_id for result in results])
        # Wait for a drainer that writes statuses of the same messages, instead of giving up.
        self.env.cr.execute(
            SQL("SELECT FROM wa_message WHERE id IN %s ORDER BY id FOR UPDATE", messages._ids)
        )
        for message, result in zip(messages, results, strict=True):
            if result.media_uid and not message.media_uid:
                message.media_uid = result.media_uid
            if result.error:
                message._handle_error(result.error)
            else:
                message._accept(result.answer)

    def _accept(self, answer):
        """Meta took the message."""
        self.ensure_one()
        if not self.wamid:
            self.wamid = answer.wamid
        self._merge_state("sent", sent_at=fields.Datetime.now(), lease_until=False)

    def _handle_error(self, error):
        """Decide by the class of the error; see `cloud_api.error_classes`."""
        self.ensure_one()
        if isinstance(error, errors.OutcomeUnknown):
            self._doubt(error.message, error.code)
        elif isinstance(error, errors.AuthError):
            self._requeue(0)
            channel = self.wa_channel_id
            stopped = channel if error.scope == "channel" else channel.account_id
            stopped._stop_sending(error.details or error.message)
        elif isinstance(error, (errors.RateLimited, errors.TransientError)):
            self._try_later(error)
        else:
            if isinstance(error, errors.PolicyError) and error.code == 131047:
                self.conversation_id._close_window()
            self._fail(error.code, error.details or error.message)

    def _try_later(self, error):
        if self.attempts + 1 >= _MAX_ATTEMPTS:
            self._fail(error.code, error.details or error.message)
            return
        seconds = error.retry_after or self._retry_delay(error)
        if isinstance(error, errors.RateLimited) and error.scope in ("channel", "account"):
            self.wa_channel_id._pause(seconds)
        self._requeue(seconds)

    def _retry_delay(self, error):
        if isinstance(error, errors.RateLimited) and error.scope == "recipient":
            return backoff.pair_rate_delay(self.attempts + 1)
        jitter = random.random()  # noqa: S311 - spreading
        return backoff.delay(self.attempts, base=4.0, cap=900.0, jitter=jitter)

    def _requeue(self, seconds):
        """Put back what provably did not leave; the one step backwards that there is."""
        for message in self.filtered(lambda m: m.state == "sending"):
            message.write(
                {
                    "state": "queued",
                    "attempts": message.attempts + 1,
                    "next_attempt_at": fields.Datetime.now() + timedelta(seconds=seconds),
                    "lease_until": False,
                }
            )
        self._tell_browsers()

    def _doubt(self, reason, code=0):
        self._merge_state(
            "unconfirmed",
            unconfirmed_at=fields.Datetime.now(),
            error_code=code,
            error_message=reason,
            lease_until=False,
        )

    def _fail(self, code, reason):
        self._merge_state("failed", error_code=code, error_message=reason, lease_until=False)
