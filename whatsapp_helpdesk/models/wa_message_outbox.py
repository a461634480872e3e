import random
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ..cloud_api import backoff, errors
from ..const import LEASE_SECONDS, UNCONFIRMED_HOLD_SECONDS
from ..work import send

_MAX_ATTEMPTS = 12


class WaMessageOutbox(models.AbstractModel):
    """The way out: which messages may leave, and what the answer means for them.

    `work/send.py` makes the calls; here are the rules and the rows.
    """

    _name = "wa.message.outbox"
    _inherit = ["wa.message.payload"]
    _description = "WhatsApp Outbox"

    attempts = fields.Integer(readonly=True, aggregator=False)
    next_attempt_at = fields.Datetime(readonly=True)
    lease_until = fields.Datetime(readonly=True)
    unconfirmed_at = fields.Datetime(readonly=True)
    registers_later = fields.Boolean(
        readonly=True,
        copy=False,
        help="Others wrote in the chat at the same moment, so what this answer means for the "
        "conversation is noted by the sender.",
    )
    media_uid = fields.Char(readonly=True, copy=False, help="Meta's id of the uploaded file.")

    _queue_idx = models.Index("(wa_channel_id, id) WHERE state = 'queued'")
    _unregistered_idx = models.Index("(id) WHERE registers_later")
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
        self._register_waiting()
        while claimed := self._due(limit):
            ready = claimed._fail_outside_window()._fail_refused_templates()
            until = fields.Datetime.now() + timedelta(seconds=LEASE_SECONDS)
            ready._merge_state("sending", lease_until=until, next_attempt_at=False)
            if outgoing := [call for message in ready if (call := message._prepare_outgoing())]:
                return outgoing
            self.flush_model()  # what failed here lets go what stands behind it
        return []

    @api.model
    def _due(self, limit):
        """Lock the next messages that may leave, at most one per conversation, and return them."""
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
        return self.browse([row[0] for row in self.env.cr.fetchall()])

    @api.model
    def _register_waiting(self):
        """Note in the conversations the answers that were given while others wrote there."""
        waiting = self.search([("registers_later", "=", True)], order="id")
        for message in waiting:
            message.conversation_id._register_outbound(message)
            message.conversation_id.discuss_channel_id.last_interest_dt = message.sent_at
        waiting.registers_later = False

    def _fail_outside_window(self):
        """Fail what waited too long for its window, and return the rest."""
        late = self.filtered(
            lambda message: message.message_type != "template" and not message._window_is_open()
        )
        late._fail(131047, self.env._("The 24-hour window closed before the message left."))
        return self - late

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

    def _parts_data(self):
        """Return the fate of each part of a chat message that left as several; else False."""
        if self.direction != "outbound":
            return False
        parts = self.mail_message_id.wa_message_ids.filtered(lambda m: not m.superseded_by_id)
        if len(parts) < 2:
            return False
        return [
            {
                "id": part.id,
                "type": part.message_type,
                "state": part.state,
                "name": part.attachment_id.name or "",
                "error": part._error_data(),
            }
            for part in parts.sorted("id")
        ]

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
            if result.is_plain_audio:
                message.content = message.content | {"voice": False}
                message._tell_browsers()
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
            self._fail(error.code, error.details or error.message)
            self._follow_refusals()

    def _try_later(self, error):
        if self.attempts + 1 >= _MAX_ATTEMPTS:
            self._fail(error.code, error.details or error.message)
            return
        seconds = error.retry_after or self._retry_delay(error)
        if isinstance(error, errors.RateLimited):
            self._channels_of(error.scope)._pause(seconds)
        self._requeue(seconds)

    def _channels_of(self, scope):
        """Return the numbers that have to rest after a rate limit.

        :param str scope: of the error
        """
        channel = self.wa_channel_id
        if scope == "account":
            return channel.search([("account_id", "=", channel.account_id.id)])
        return channel if scope == "channel" else channel.browse()

    def _retry_delay(self, error):
        """Return after how many seconds to try again. Source: Meta Cloud API: rate limits."""
        scope = error.scope if isinstance(error, errors.RateLimited) else ""
        if scope == "recipient":
            return backoff.pair_rate_delay(self.attempts + 1)
        jitter = random.random()  # noqa: S311 - spreading
        if scope == "account":  # counted by the hour
            return backoff.delay(self.attempts, base=120.0, cap=3600.0, jitter=jitter)
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
