import mimetypes
import random
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ..cloud_api import backoff, errors
from ..const import LEASE_SECONDS
from ..work import background, fetch
from ..work.calls import Wanted


class WaMedia(models.Model):
    """A customer's file, a work item of its own: the message is there before the file is."""

    _name = "wa.media"
    _description = "WhatsApp Media"
    _order = "id desc"

    message_id = fields.Many2one(
        "wa.message", required=True, readonly=True, ondelete="cascade", index=True
    )
    media_uid = fields.Char("Media ID", required=True, readonly=True)
    mime_type = fields.Char(readonly=True)
    sha256 = fields.Char(readonly=True)
    file_name = fields.Char(readonly=True)
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
    error = fields.Char(readonly=True)
    attachment_id = fields.Many2one("ir.attachment", readonly=True)

    _due_idx = models.Index("(next_attempt_at) WHERE state IN ('pending', 'fetching')")

    # === ACTION METHODS === #

    def action_retry(self):
        self.message_id.conversation_id._check_can_reply()
        # sudo: wa.media - checked above
        failed = self.sudo().filtered(lambda media: media.state == "failed")
        failed.write({"state": "pending", "attempts": 0, "next_attempt_at": False})
        failed.message_id._tell_browsers()
        self._wake_fetcher()

    # === BUSINESS METHODS === #

    @api.model
    def _wake_fetcher(self):
        if self.env["wa.account"]._work_after_commit():
            background.wake_after_commit(self.env, fetch.run)

    @api.model
    def _cron_fetch(self):
        fetch.run(self.env.registry)

    @api.model
    def _claim(self, limit):
        """Lease due downloads; a lease that ran out is due again, fetching twice does no harm.

        :rtype: list[Wanted]
        """
        now = fields.Datetime.now()
        self.env.cr.execute(
            SQL(
                """
                SELECT id FROM wa_media
                 WHERE state IN ('pending', 'fetching')
                   AND (next_attempt_at IS NULL OR next_attempt_at <= %(now)s)
              ORDER BY id LIMIT %(limit)s
                   FOR UPDATE SKIP LOCKED
                """,
                now=now,
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
        return Wanted(
            media_id=self.id,
            connect=channel.account_id._client_factory(),
            media_uid=self.media_uid,
            phone_number_uid=channel.phone_number_uid,
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

    @api.model
    def _store_result(self, fetched):
        """Write what became of a download.

        :param fetched: `work.calls.Fetched`
        """
        media = self.browse(fetched.media_id)
        if media.state == "done":
            return
        if fetched.error:
            media._handle_error(fetched.error)
        else:
            media._attach(fetched.content, fetched.mime_type)
        media.message_id._tell_browsers()

    def _handle_error(self, error):
        self.ensure_one()
        too_old = fields.Datetime.now() - self.create_date > backoff.MEDIA_MAX_AGE
        # What Meta no longer has does not come back. An expired address (404) was asked anew.
        final = isinstance(error, errors.MediaError) and error.http_status != 404
        if final or too_old:
            self.write({"state": "failed", "error": error.details or error.message})
            return
        seconds = backoff.media_delay(self.attempts, random.random())  # noqa: S311 - spreading
        self.write(
            {
                "state": "pending",
                "attempts": self.attempts + 1,
                "next_attempt_at": fields.Datetime.now() + timedelta(seconds=seconds),
                "error": error.details or error.message,
            }
        )

    def _attach(self, content, mime_type):
        """Add the file to the chat message; only who may read the chat may read the file."""
        self.ensure_one()
        message = self.message_id.mail_message_id
        attachment = self.env["ir.attachment"].create(
            {
                "name": self._file_name(mime_type),
                "raw": content,
                "res_model": message.model,
                "res_id": message.res_id,
            }
        )
        message.attachment_ids = [fields.Command.link(attachment.id)]
        message._wa_broadcast_files()
        self.write({"state": "done", "attachment_id": attachment.id, "error": False})

    def _file_name(self, mime_type):
        if self.file_name:
            return self.file_name
        plain_type = (mime_type or self.mime_type or "").partition(";")[0].strip()
        extension = mimetypes.guess_extension(plain_type) or ""
        return f"{self.message_id.message_type}-{self.message_id.id}{extension}"
