from odoo.addons.mail.controllers.webclient import WebclientController
from odoo.http import request

from ..const import INBOX_REQUEST


class WebClient(WebclientController):
    @classmethod
    def _process_request_for_internal_user(cls, store, name, params):
        """Override of `mail` to load the inbox and the teams' canned replies into Discuss."""
        result = super()._process_request_for_internal_user(store, name, params)
        if name == INBOX_REQUEST:
            request.env["wa.conversation"]._get_inbox()._add_lines(store)
        if name == "mail.canned.response":
            replies = request.env["mail.canned.response"]
            store.add(replies.search(replies._wa_my_teams_domain()))
        return result
