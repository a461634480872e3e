from collections import Counter

from odoo import api, fields, models
from odoo.fields import Domain

from ..work.items import Outcome

_DONE = Outcome("done")
_TIME_FIELDS = {
    "sent": "sent_at",
    "delivered": "delivered_at",
    "read": "read_at",
    "played": "played_at",
}
# What a status asks of a message that did not fail: contents are long, and nobody needs them here
_FIELDS = (
    "has_warning",
    "mail_message_id",
    "message_type",
    "pricing_type",
    "state",
    "superseded_by_id",
    "target_id",
    "uuid",
    "wamid",
)


class WaInboundStatus(models.AbstractModel):
    """What became of the messages that we sent, as Meta tells it: late, twice, out of order."""

    _name = "wa.inbound.status"
    _description = "WhatsApp Inbound Statuses"

    @api.model
    def _apply_statuses(self, wa_channel, items, outcomes):
        """Move our messages forward; a status of an unknown message waits in the journal."""
        found = self._find_messages(wa_channel, items)
        known = []
        for item in items:
            event = item.event
            message = found.get(event.wamid) or found.get(event.callback_data)
            if not message:
                outcomes[id(item)] = Outcome(
                    "waiting", f"{event.path}: status {event.status} of an unknown message"
                )
                continue
            if not message.wamid:
                # Meta's answer to the sending got lost; our own id brought the status here.
                message.wamid = event.wamid
            known.append((message, event))
            outcomes[id(item)] = _DONE
        for news in _in_turns(known):
            self._apply_news(news)

    @api.model
    def _apply_news(self, news):
        """Apply statuses of different messages, those that say the same together.

        :param list news: a message and its `StatusUpdate`, each message once
        """
        by_price, by_fate = {}, {}
        for message, event in news:
            values = self._prepare_status_values(event)
            fate = (event.status, *values.items())
            by_price.setdefault(tuple(event.pricing.items()), []).append(message.id)
            by_fate.setdefault(fate, []).append(message.id)
        messages = self.env["wa.message"]
        for pricing, ids in by_price.items():
            messages.browse(ids)._note_price(dict(pricing))
        for (status, *values), ids in by_fate.items():
            messages.browse(ids)._merge_state(status, **dict(values))._follow_refusals()

    @api.model
    def _find_messages(self, wa_channel, items):
        """Return our messages by wamid and by our own id.

        :rtype: dict[str, wa.message]
        """
        wamids = {item.event.wamid for item in items if item.event.wamid}
        uuids = {item.event.callback_data for item in items if item.event.callback_data}
        messages = self.env["wa.message"].search_fetch(
            Domain("wa_channel_id", "=", wa_channel.id)
            & Domain("direction", "=", "outbound")
            & (Domain("wamid", "in", list(wamids)) | Domain("uuid", "in", list(uuids))),
            _FIELDS,
        )
        found = {message.uuid: message for message in messages}
        found.update({message.wamid: message for message in messages if message.wamid})
        return found

    @api.model
    def _prepare_status_values(self, event):
        at = event.occurred_at.replace(tzinfo=None) if event.occurred_at else fields.Datetime.now()
        values = {}
        if event.status in _TIME_FIELDS:
            values[_TIME_FIELDS[event.status]] = at
        if event.notices:
            notice = event.notices[0]
            values |= {
                "error_code": notice.code,
                "error_message": notice.details or notice.title,
            }
        return values


def _in_turns(news):
    """Divide news so that those of one message stay in their order, one per turn.

    :param list news: a message and what is new of it
    """
    turns, seen = [], Counter()
    for message, event in news:
        if seen[message] == len(turns):
            turns.append([])
        turns[seen[message]].append((message, event))
        seen[message] += 1
    return turns
