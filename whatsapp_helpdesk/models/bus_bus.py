import json

from odoo import api, models
from odoo.tools import SQL

from ..const import CHANNEL_TYPE


class BusBus(models.Model):
    _inherit = "bus.bus"

    @api.model
    def _poll(self, channels, last=0, ignore_ids=None):
        """Override of `bus`: what is delivered from WhatsApp chats is checked as it is delivered.

        Core checks once, when a browser subscribes. Whoever lost a chat since then would hear of it
        until the browser subscribes again, which is up to the browser.
        """
        notifications = super()._poll(channels, last, ignore_ids)
        if not notifications or self.env.su or not self._wa_names_chats(channels):
            return notifications
        # Rights are cached; this worker may not have heard that they changed.
        self.env.registry.check_signaling(self.env.cr)
        closed = self._wa_closed_notifications([news["id"] for news in notifications])
        return [news for news in notifications if news["id"] not in closed]

    @api.model
    def _wa_names_chats(self, channels):
        names = {channel[1] for channel in channels if isinstance(channel, tuple)}
        return not names.isdisjoint(("discuss.channel", "wa.team"))

    @api.model
    def _wa_closed_notifications(self, notification_ids):
        """Return the ids of those that are about chats and teams which the user may not read."""
        rows = self.env.execute_query(
            SQL("SELECT id, channel FROM bus_bus WHERE id IN %s", tuple(notification_ids))
        )
        chats, teams = {}, {}
        for notification_id, channel in rows:
            name = json.loads(channel)
            if isinstance(name, list) and name[1] == "discuss.channel":
                chats[notification_id] = name[2]
            elif isinstance(name, list) and name[1] == "wa.team":
                teams[notification_id] = (name[2], bool(name[3:]))
        closed = self._wa_closed_chats(set(chats.values()))
        heard = self._wa_heard_teams() if teams else set()
        return {id_ for id_, chat_id in chats.items() if chat_id in closed} | {
            id_ for id_, team in teams.items() if team not in heard
        }

    @api.model
    def _wa_closed_chats(self, chat_ids):
        # One that is gone has nothing left to hide.
        # sudo: discuss.channel - only which of them are WhatsApp chats
        chats = self.env["discuss.channel"].sudo().browse(chat_ids).exists()
        chats = chats.filtered(lambda chat: chat.channel_type == CHANNEL_TYPE)
        # sudo: discuss.channel - taken away: the question is what the user may
        readable = chats.sudo(False).search([("id", "in", chats.ids)]) if chats else chats
        return set(chats.ids) - set(readable.ids)

    @api.model
    def _wa_heard_teams(self):
        """Return the teams that the user hears, each with whether only of what nobody has."""
        return {(role.team_id, role.scope == "own") for role in self.env.user._wa_team_roles()}
