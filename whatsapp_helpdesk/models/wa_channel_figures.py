"""What the health page counts: three queries for any quantity of numbers."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from odoo import fields
from odoo.tools import SQL

from ..const import SILENCE_HOURS

_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)


@dataclass
class Figures:
    """Figures of one number; times in naive UTC.

    :param usual: messages that customers wrote in these hours of the last weeks, newest first
    :param failures: failed messages of the last 24 hours by Meta's error code
    :param journal_ignored: deliveries of the last 24 hours that meant nothing to us
    """

    last_inbound_at: datetime | None = None
    last_sent_at: datetime | None = None
    usual: tuple[int, ...] = (0, 0)
    queued: int = 0
    sending: int = 0
    unconfirmed: int = 0
    oldest_queued_at: datetime | None = None
    failures: Counter = field(default_factory=Counter)
    last_webhook_at: datetime | None = None
    oldest_due_at: datetime | None = None
    journal_failed: int = 0
    journal_ignored: int = 0


def figures_of(channels):
    """Return the figures of numbers.

    :param channels: `wa.channel`; the caller checked that the user may know
    :rtype: dict[int, Figures]
    """
    found = {channel.id: Figures() for channel in channels}
    if not found:
        return found
    channels.env["wa.message"].flush_model()
    channels.env["wa.webhook.event"].flush_model()
    now = fields.Datetime.now()
    for row in channels.env.execute_query_dict(_traffic(channels.ids, now)):
        figures = found[row.pop("id")]
        figures.usual = (row.pop("last_week"), row.pop("week_before"))
        vars(figures).update(row)
    for channel_id, code, count in channels.env.execute_query(_failures(channels.ids, now)):
        found[channel_id].failures[code or 0] = count
    journals = {
        row.pop("id"): row
        for row in channels.env.execute_query_dict(_journal(channels.account_id.ids, now))
    }
    for channel in channels:
        vars(found[channel.id]).update(journals[channel.account_id.id])
    return found


def _traffic(channel_ids, now):
    # Each sub-select reads one end of an index; grouping would read all messages.
    return SQL(
        """
        SELECT c.id,
               (SELECT max(sent_at) FROM wa_message
                 WHERE wa_channel_id = c.id AND direction = 'inbound') AS last_inbound_at,
               (SELECT sent_at FROM wa_message
                 WHERE wa_channel_id = c.id AND direction = 'outbound'
                   AND state IN ('sent', 'delivered', 'read', 'played')
                 ORDER BY sent_at DESC LIMIT 1) AS last_sent_at,
               %(last_week)s AS last_week,
               %(week_before)s AS week_before,
               count(m.id) FILTER (WHERE m.state = 'queued') AS queued,
               count(m.id) FILTER (WHERE m.state = 'sending') AS sending,
               count(m.id) FILTER (WHERE m.state = 'unconfirmed') AS unconfirmed,
               min(m.create_date) FILTER (WHERE m.state = 'queued') AS oldest_queued_at
          FROM wa_channel c
     LEFT JOIN wa_message m ON m.wa_channel_id = c.id
           AND m.state IN ('queued', 'sending', 'unconfirmed')
           AND m.superseded_by_id IS NULL
         WHERE c.id IN %(channels)s
      GROUP BY c.id
        """,
        channels=tuple(channel_ids),
        last_week=_messages_before(now - _WEEK),
        week_before=_messages_before(now - 2 * _WEEK),
    )


def _messages_before(moment):
    return SQL(
        """
        (SELECT count(*) FROM wa_message
          WHERE wa_channel_id = c.id AND direction = 'inbound' AND sent_at > %s AND sent_at <= %s)
        """,
        moment - timedelta(hours=SILENCE_HOURS),
        moment,
    )


def _failures(channel_ids, now):
    return SQL(
        """
        SELECT wa_channel_id, error_code, count(*)
          FROM wa_message
         WHERE state = 'failed' AND superseded_by_id IS NULL
           AND wa_channel_id IN %s AND create_date > %s
      GROUP BY 1, 2
        """,
        tuple(channel_ids),
        now - _DAY,
    )


def _journal(account_ids, now):
    return SQL(
        """
        SELECT a.id,
               (SELECT max(create_date) FROM wa_webhook_event
                 WHERE account_id = a.id) AS last_webhook_at,
               (SELECT min(coalesce(next_attempt_at, create_date)) FROM wa_webhook_event
                 WHERE account_id = a.id AND state = 'new'
                   AND coalesce(next_attempt_at, create_date) <= %(now)s) AS oldest_due_at,
               (SELECT count(*) FROM wa_webhook_event
                 WHERE account_id = a.id AND state = 'failed') AS journal_failed,
               (SELECT count(*) FROM wa_webhook_event
                 WHERE account_id = a.id AND state = 'ignored'
                   AND create_date > %(yesterday)s) AS journal_ignored
          FROM wa_account a
         WHERE a.id IN %(accounts)s
        """,
        accounts=tuple(account_ids),
        now=now,
        yesterday=now - _DAY,
    )
