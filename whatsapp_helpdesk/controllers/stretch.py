"""Files of the stretch of a chat that a document shows; the chat may be closed to the user."""

from odoo import http
from odoo.http import request


class WhatsappStretch(http.Controller):
    @http.route(
        "/whatsapp_helpdesk/stretch/<int:link_id>/file/<int:attachment_id>",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def download(self, link_id, attachment_id, download=False):
        """Return a file of a linked stretch, or 404.

        :param int link_id: `wa.conversation.link`
        :param int attachment_id: `ir.attachment`
        :param download: whether to save it instead of showing it
        """
        link = request.env["wa.conversation.link"].browse(link_id)
        file = link._stretch_file(attachment_id)
        if not file:
            return request.not_found()
        # sudo: ir.attachment - `_stretch_file` checked what the user may see
        stream = request.env["ir.binary"].sudo()._get_stream_from(file)
        return stream.get_response(as_attachment=bool(download))
