import logging

from odoo import api, models

from ..cloud_api.contents import Edit, Reaction, Revoke
from ..cloud_api.events import (
    AccountEvent,
    AppContact,
    CallUpdate,
    EchoedMessage,
    ErrorReport,
    Handover,
    HistoricMessage,
    InboundMessage,
    Preference,
    StatusUpdate,
)
from ..work.items import Outcome
from ..work.transactions import CONFLICTS

_logger = logging.getLogger(__name__)

# In this order within a batch: what speaks of messages comes after the messages.
_STEPS = {
    InboundMessage: "_receive",
    EchoedMessage: "_receive_echoes",
    HistoricMessage: "_import_history",
    AppContact: "_import_app_contacts",
    CallUpdate: "_receive_calls",
    StatusUpdate: "_apply_statuses",
    Handover: "_apply_handovers",
    Preference: "_apply_preferences",
    ErrorReport: "_note_errors",
}
_AMEND = "_amend"


def _step_of(event):
    """Return the method that handles an event, None if its kind is only kept."""
    if isinstance(getattr(event, "content", None), (Edit, Reaction, Revoke)) and not isinstance(
        event, HistoricMessage
    ):
        return _AMEND
    if isinstance(event, ErrorReport) and not event.phone_number_uid:
        return None
    return _STEPS.get(type(event))


class WaInbound(models.AbstractModel):
    """Turns what webhooks tell into records, many at once."""

    _name = "wa.inbound"
    _inherit = [
        "wa.inbound.account",
        "wa.inbound.amendment",
        "wa.inbound.app.contact",
        "wa.inbound.call",
        "wa.inbound.echo",
        "wa.inbound.handover",
        "wa.inbound.history",
        "wa.inbound.message",
        "wa.inbound.status",
    ]
    _description = "WhatsApp Inbound"

    @api.model
    def _handle(self, items):
        """Process items of the journal, together if possible, else in halves.

        A poison item fails alone in the end: its neighbours are processed without it, and among
        thousands that takes few tries.

        :param list items: `work.items.Item`
        :return: one `work.items.Outcome` per item, in order
        """
        try:
            with self.env.cr.savepoint():
                return self._handle_together(items)
        except CONFLICTS:
            raise
        except Exception as error:
            if len(items) == 1:
                (item,) = items
                path = item.event.path
                _logger.warning("event %s: %s failed", item.journal.id, path, exc_info=True)
                return [Outcome("failed", f"{path}: {type(error).__name__}: {error}")]
            _logger.info("processing %s items in halves", len(items), exc_info=True)
        half = len(items) // 2
        return self._handle(items[:half]) + self._handle(items[half:])

    @api.model
    def _handle_together(self, items):
        """Messages first: statuses and reactions of the same batch may be about them."""
        outcomes, by_step = {}, {}
        for item in items:
            by_step.setdefault(_step_of(item.event), []).append(item)
        for step in (*_STEPS.values(), _AMEND):
            for wa_channel, of_channel in self._route(by_step.get(step, ()), outcomes).items():
                # Records are made in the company of the number, whoever drains.
                inbound = self.with_company(wa_channel.company_id)
                getattr(inbound, step)(wa_channel, of_channel, outcomes)
        if account_events := [item for item in items if isinstance(item.event, AccountEvent)]:
            self._apply_account_events(account_events, outcomes)
        return [outcomes.get(id(item)) or self._ignore(item) for item in items]

    @api.model
    def _route(self, items, outcomes):
        """Group items by the number that they are about; those of unknown numbers are ignored.

        :return: items by `wa.channel`
        :rtype: dict
        """
        by_channel, known = {}, {}
        for item in items:
            key = (item.journal.account_id, item.event.phone_number_uid)
            if key not in known:
                known[key] = self.env["wa.channel"]._find_for_event(*key)
            if known[key]:
                by_channel.setdefault(known[key], []).append(item)
            else:
                outcomes[id(item)] = Outcome(
                    "ignored", f"{item.event.path}: unknown number {item.event.phone_number_uid}"
                )
        return by_channel

    @api.model
    def _ignore(self, item):
        """Keep what has no effect here, with the reason."""
        reason = getattr(item.event, "reason", "") or ", ".join(
            f"{notice.code} {notice.title}" for notice in getattr(item.event, "notices", ())
        )
        return Outcome("ignored", f"{item.event.path}: {item.event.field}: {reason}")
