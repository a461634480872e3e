from datetime import timedelta

from odoo import api, fields, models


class WaChannel(models.Model):
    """A business number, in Meta's words a business phone number of a WhatsApp account."""

    _name = "wa.channel"
    _inherit = ["wa.sending.stop", "wa.channel.feeds", "wa.channel.probe", "wa.channel.receipts"]
    _description = "WhatsApp Number"
    _order = "name, id"
    _check_company_auto = True

    name = fields.Char(required=True, help="How your team calls this number, e.g. Sales.")
    account_id = fields.Many2one("wa.account", required=True, ondelete="restrict", index=True)
    company_id = fields.Many2one(related="account_id.company_id", store=True, index=True)
    phone_number_uid = fields.Char(
        "Phone Number ID",
        required=True,
        copy=False,
        help="Meta's id of the number, shown in the app dashboard under WhatsApp > API Setup. "
        "It is not the phone number itself.",
    )
    display_phone_number = fields.Char("Phone Number")
    team_id = fields.Many2one(
        "wa.team",
        index=True,
        check_company=True,
        help="Receives the chats of this number. Without a team only managers see them.",
    )
    quality_rating = fields.Selection(
        [("GREEN", "High"), ("YELLOW", "Medium"), ("RED", "Low"), ("UNKNOWN", "Unknown")],
        default="UNKNOWN",
        help="Meta's judgement of the recent messages: blocks and complaints lower it.",
    )
    catalog_uid = fields.Char(
        "Catalogue ID",
        help="Meta's id of the catalogue that is connected to the account, shown in Commerce "
        "Manager. With it agents send products; catalogue items are known by internal references.",
    )
    active = fields.Boolean(default=True)
    color = fields.Integer()
    paused_until = fields.Datetime(
        readonly=True, copy=False, help="Meta asked us to slow down; until then messages wait."
    )
    conversation_count = fields.Integer(compute="_compute_conversation_count")
    queued_count = fields.Integer(compute="_compute_message_counts")
    failed_count = fields.Integer(compute="_compute_message_counts")

    _phone_number_uid_unique = models.UniqueIndex(
        "(account_id, phone_number_uid)", "This account has a number with this id already."
    )

    # === COMPUTE METHODS === #

    def _compute_conversation_count(self):
        counts = dict(
            self.env["wa.conversation"]._read_group(
                [("wa_channel_id", "in", self.ids), ("state", "!=", "closed")],
                ["wa_channel_id"],
                ["__count"],
            )
        )
        for channel in self:
            channel.conversation_count = counts.get(channel, 0)

    def _compute_message_counts(self):
        counts = {
            (channel, state): count
            for channel, state, count in self.env["wa.message"]._read_group(
                [
                    ("wa_channel_id", "in", self.ids),
                    ("direction", "=", "outbound"),
                    ("superseded_by_id", "=", False),
                    ("state", "in", ["queued", "failed"]),
                ],
                ["wa_channel_id", "state"],
                ["__count"],
            )
        }
        for channel in self:
            channel.queued_count = counts.get((channel, "queued"), 0)
            channel.failed_count = counts.get((channel, "failed"), 0)

    # === ACTION METHODS === #

    def action_open_conversations(self):
        self.ensure_one()
        return self.env["wa.conversation"]._prepare_list_action(
            self.name, [("wa_channel_id", "=", self.id)], {"search_default_not_closed": 1}
        )

    # === BUSINESS METHODS === #

    def _title(self):
        """Return how people tell this number from others."""
        self.ensure_one()
        if not self.display_phone_number:
            return self.name
        # Digits and plus keep their order between words of any direction.
        return f"{self.name} (\u2066{self.display_phone_number}\u2069)"

    @api.model
    def _find_for_event(self, account, phone_number_uid):
        """Return the number that an event is about, if its sender may speak for that number.

        Meta has one callback URL per app, so the events of all accounts of an app may arrive under
        one account's key. They are believed for exactly those accounts whose secret signed them,
        and never for those of another company.

        :param account: `wa.account` whose webhook key received the event
        :param str phone_number_uid: ``metadata.phone_number_id``
        :rtype: `wa.channel`, empty if there is none
        """
        if not phone_number_uid:
            return self.browse()
        accounts = account | account._sharing_secret()
        channels = self.search(
            [("account_id", "in", accounts.ids), ("phone_number_uid", "=", phone_number_uid)]
        )
        return channels.sorted(lambda channel: channel.account_id != account)[:1]

    def _update_from_meta(self, numbers):
        """Take over what Meta says of this number.

        :param list[NumberInfo] numbers: Graph's description of the account's phone numbers
        """
        self.ensure_one()
        known = next((n for n in numbers if n.uid == self.phone_number_uid), None)
        if not known:
            return
        ratings = dict(self._fields["quality_rating"].selection)
        self.write(
            {
                "display_phone_number": known.display_phone_number or self.display_phone_number,
                "quality_rating": known.quality_rating
                if known.quality_rating in ratings
                else "UNKNOWN",
            }
        )

    def _pause(self, seconds):
        """Let the queue of these numbers rest, because Meta said that it is too fast."""
        self.paused_until = fields.Datetime.now() + timedelta(seconds=seconds)
