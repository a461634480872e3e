import random
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..access import NOTE
from ..cloud_api import backoff, errors, file_names, sniff
from ..cloud_api.contents import Media
from ..const import LEASE_SECONDS
from ..work import background, fetch
from ..work.calls import Wanted

_URL_LIFETIME = timedelta(minutes=4)
"""Meta's addresses of files work for five minutes."""

_FINAL_REASONS = ("gone", "too_large", "elsewhere", "damaged")
"""What does not get better by waiting; an expired address was asked for anew."""


class WaMedia(models.Model):
    """A customer's file, a work item of its own: the message is there before the file is."""

    _name = "wa.media"
    _inherit = ["wa.export.recording"]
    _description = "WhatsApp Media"
    _order = "id desc"

    message_id = fields.Many2one(
        "wa.message", required=True, readonly=True, ondelete="cascade", index=True
    )
    media_uid = fields.Char("Media ID", readonly=True)
    url = fields.Char("Address", readonly=True, groups="base.group_system")
    mime_type = fields.Char(readonly=True, help="As announced.")
    sha256 = fields.Char(readonly=True)
    file_name = fields.Char(readonly=True, help="As announced.")
    is_voice = fields.Boolean("Voice Note", readonly=True)
    state = fields.Selection(
        [
            ("pending", "Waiting"),
            ("fetching", "Being Fetched"),
            ("done", "Fetched"),
            ("failed", "Could Not Be Fetched"),
        ],
        required=True,
        default="pending",
        readonly=True,
    )
    attempts = fields.Integer(readonly=True)
    next_attempt_at = fields.Datetime(readonly=True)
    error_reason = fields.Char(readonly=True)
    error = fields.Char(readonly=True)
    attachment_id = fields.Many2one("ir.attachment", readonly=True)

    _due_idx = models.Index("(next_attempt_at) WHERE state IN ('pending', 'fetching')")

    # === ACTION METHODS === #

    def action_retry(self):
        """Fetch again what was given up. Nothing happens to what is under way.

        :raise UserError: if WhatsApp keeps all of it from us, with the reason
        """
        self.message_id.conversation_id._check_can(NOTE)
        if withheld := self.filtered(lambda media: not (media.media_uid or media.url)):
            if withheld == self:
                raise UserError(withheld[0]._describe_error())
        # sudo: wa.media - checked above
        failed = self.sudo().filtered(
            lambda media: media.state == "failed" and (media.media_uid or media.url)
        )
        failed.write({"state": "pending", "attempts": 0, "next_attempt_at": False})
        failed.message_id._tell_browsers()
        self._wake_fetcher()

    # === BUSINESS METHODS === #

    def _exported_conversations(self):
        return self.message_id.conversation_id

    @api.model
    def _order_files(self, messages, events):
        """Have the files of new messages fetched.

        :param messages: `wa.message` records
        :param events: for each the event that it was made from; those without a file do not matter
        """
        vals_list = [
            self._prepare_values(message, event.content, getattr(event, "notices", ()))
            for message, event in zip(messages, events, strict=True)
            if isinstance(event.content, Media)
        ]
        if vals_list:
            self.create(vals_list)
            self._wake_fetcher()

    @api.model
    def _prepare_values(self, message, content, notices=()):
        values = {
            "message_id": message.id,
            "media_uid": content.media_uid,
            "url": content.url,
            "mime_type": content.mime_type,
            "sha256": content.sha256,
            "file_name": content.filename,
            "is_voice": content.voice,
        }
        if content.media_uid or content.url:
            return values
        return values | self._prepare_withheld_values(notices)

    @api.model
    def _prepare_withheld_values(self, notices):
        """Return the state of a file of which WhatsApp only tells that there was one."""
        notice = notices[0] if notices else None
        return {
            "state": "failed",
            "error_reason": "too_large" if notice and notice.code == 131052 else "withheld",
            "error": notice and (notice.details or notice.title) or "no address",
        }

    @api.model
    def _wake_fetcher(self):
        if self.env["wa.account"]._work_after_commit():
            background.wake_after_commit(self.env, fetch.run)

    @api.model
    def _cron_fetch(self):
        fetch.run(self.env.registry)

    @api.model
    def _claim(self, limit, excluded_ids=()):
        """Lease due downloads; a lease that ran out is due again, fetching twice does no harm.

        :param int limit: how many at most
        :param excluded_ids: what the caller has under way, however long that takes
        :rtype: list[Wanted]
        """
        now = fields.Datetime.now()
        self.env.cr.execute(
            SQL(
                """
                SELECT id FROM wa_media
                 WHERE state IN ('pending', 'fetching')
                   AND (next_attempt_at IS NULL OR next_attempt_at <= %(now)s)
                   AND id != ALL(%(excluded)s)
              ORDER BY id LIMIT %(limit)s
                   FOR UPDATE SKIP LOCKED
                """,
                now=now,
                excluded=list(excluded_ids),
                limit=limit,
            )
        )
        claimed = self.browse([row[0] for row in self.env.cr.fetchall()])
        claimed.write(
            {"state": "fetching", "next_attempt_at": now + timedelta(seconds=LEASE_SECONDS)}
        )
        return [media._prepare_wanted() for media in claimed]

    def _prepare_wanted(self):
        self.ensure_one()
        channel = self.message_id.wa_channel_id
        is_fresh = fields.Datetime.now() - self.create_date < _URL_LIFETIME
        return Wanted(
            media_id=self.id,
            connect=channel.account_id._client_factory(),
            media_uid=self.media_uid or "",
            phone_number_uid=channel.phone_number_uid,
            url=self.url or "" if is_fresh or not self.media_uid else "",
            sha256=self.sha256 or "",
            mime_type=self.mime_type or "",
        )

    @api.model
    def _seconds_until_due(self):
        self.env.cr.execute(
            """
            SELECT EXTRACT(EPOCH FROM
                       MIN(COALESCE(next_attempt_at, create_date)) - (now() AT TIME ZONE 'UTC'))
              FROM wa_media WHERE state IN ('pending', 'fetching')
            """
        )
        (seconds,) = self.env.cr.fetchone()
        return None if seconds is None else max(float(seconds), 0.0)

    # === RESULTS === #

    @api.model
    def _store_result(self, fetched):
        """Write what became of a download.

        :param fetched: `work.calls.Fetched`
        """
        media = self.browse(fetched.media_id).exists()
        if not media or media.state == "done":
            return
        if fetched.error:
            media._handle_error(fetched.error)
        else:
            fetched.file.seek(0)
            media._attach(fetched.file.read(), fetched.mime_type)
        media.message_id._tell_browsers()

    def _handle_error(self, error):
        """Try again later, for as long as Meta keeps files, unless that is in vain."""
        self.ensure_one()
        reason = self._reason_of(error)
        values = {"error_reason": reason, "error": error.details or error.message}
        too_old = fields.Datetime.now() - self.create_date > backoff.MEDIA_MAX_AGE
        if reason in _FINAL_REASONS or too_old:
            self.write(values | {"state": "failed"})
            return
        seconds = backoff.media_delay(self.attempts, random.random())  # noqa: S311 - spreading
        self.write(
            values
            | {
                "state": "pending",
                "attempts": self.attempts + 1,
                "next_attempt_at": fields.Datetime.now() + timedelta(seconds=seconds),
            }
        )

    @api.model
    def _reason_of(self, error):
        if isinstance(error, errors.MediaError):
            return error.reason
        return "token" if isinstance(error, errors.AuthError) else ""

    def _describe_error(self):
        """Return what went wrong and what to do, in the user's language; '' if nothing did."""
        if not self.error:
            return ""
        sentences = {
            "damaged": self.env._("The file arrived damaged. Try again."),
            "elsewhere": self.env._(
                "The file is not on WhatsApp's servers. For safety it was not fetched."
            ),
            "gone": self.env._(
                "WhatsApp no longer has the file. Ask the customer to send it again."
            ),
            "token": self.env._(
                "WhatsApp does not accept our access token. An administrator must renew it."
            ),
            "too_large": self.env._(
                "The file is larger than WhatsApp hands over. Ask the customer for a smaller one."
            ),
            "withheld": self.env._("WhatsApp did not hand over the file."),
        }
        fallback = self.env._("The file could not be fetched: %(reason)s", reason=self.error)
        return sentences.get(self.error_reason, fallback)

    def _attach(self, content, announced_type):
        """Add the file to the chat message; only who may read the chat may read the file."""
        self.ensure_one()
        message = self.message_id.mail_message_id
        mime_type = sniff.stored_type(content, announced_type)
        # The customer's own bytes: Odoo would make large pictures smaller.
        attachment = (
            self.env["ir.attachment"]
            .with_context(image_no_postprocess=True)
            .create(
                {
                    "name": self._attachment_name(mime_type),
                    "raw": content,
                    "mimetype": mime_type,
                    "res_model": "discuss.channel",
                    "res_id": self.message_id.conversation_id.discuss_channel_id.id,
                }
            )
        )
        if self.is_voice:
            attachment._set_voice_metadata()
        message.attachment_ids = [fields.Command.link(attachment.id)]
        if self.message_id.revoked_at:
            self.message_id._put_files_away()
        message._wa_broadcast_files()
        self.write(
            {
                "state": "done",
                "attachment_id": attachment.id,
                "error": False,
                "error_reason": False,
            }
        )

    def _attachment_name(self, mime_type):
        if name := file_names.safe_name(self.file_name or "", mime_type):
            return name
        kind = "voice note" if self.is_voice else self.message_id.message_type
        zone = self.message_id.company_id.partner_id.tz or "UTC"
        sent_at = fields.Datetime.context_timestamp(
            self.with_context(tz=zone), self.message_id.sent_at
        )
        return file_names.name_for(kind, sent_at, mime_type)
