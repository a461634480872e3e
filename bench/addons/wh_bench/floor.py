"""The least that Odoo does for a request: the route does nothing, not even a query of its own."""

from odoo import http
from odoo.http import request


class Floor(http.Controller):
    @http.route(
        "/wh_bench/empty",
        type="http",
        auth="none",
        methods=["POST"],
        csrf=False,
        readonly=False,
        save_session=False,
    )
    def empty(self):
        """Answer 200, with the same options as the webhook."""
        return request.make_response("", [("Content-Type", "text/plain; charset=utf-8")])
