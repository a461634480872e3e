"""All routes in one place: the page, the control API and the Graph API beside each other."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.convertors import Convertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from . import (
    control,
    control_accounts,
    control_actions,
    control_numbers,
    control_phones,
    control_templates,
    control_webhooks,
    control_writing,
    graph_accounts,
    graph_media,
    graph_numbers,
    graph_templates,
    graph_uploads,
)
from .control import control_endpoint
from .engine import Simulator
from .graph_call import graph_endpoint
from .graph_messages import messages
from .storage import Storage

STATIC = Path(__file__).with_name("static")


class VersionConvertor(Convertor):
    """The first part of a versioned Graph path: ``v26.0``."""

    regex = r"v\d+\.\d+"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("graph_version", VersionConvertor())


async def page(request: Request) -> Response:
    return FileResponse(STATIC / "index.html", headers={"Cache-Control": "no-cache"})


async def templates_page(request: Request) -> Response:
    return FileResponse(STATIC / "templates.html", headers={"Cache-Control": "no-cache"})


async def healthz(request: Request) -> Response:
    return JSONResponse({"status": "ok"})


def _control_routes() -> list[Route]:
    table = (
        ("POST", "/sim/reset", control.reset),
        ("GET", "/sim/state", control.state),
        ("PUT", "/sim/accounts/{waba_uid}", control_accounts.put_account),
        ("POST", "/sim/accounts/{waba_uid}/events", control_accounts.tell),
        ("PUT", "/sim/customers/{phone}", control_phones.put_customer),
        ("POST", "/sim/customers/{phone}/messages", control_writing.write),
        ("POST", "/sim/customers/{phone}/read", control_phones.read),
        *(
            ("POST", f"/sim/customers/{{phone}}/{name}", run)
            for name, run in control_actions.ACTIONS.items()
        ),
        *(
            ("POST", f"/sim/numbers/{{number_uid}}/{name}", run)
            for name, run in control_numbers.ACTIONS.items()
        ),
        ("GET", "/sim/templates", control_templates.templates),
        ("POST", "/sim/accounts/{waba_uid}/templates", control_templates.add),
        *(
            ("POST", f"/sim/templates/{{template_uid}}/{name}", run)
            for name, run in control_templates.ACTIONS.items()
        ),
        ("GET", "/sim/chats", control_phones.chat),
        ("GET", "/sim/media/{uid}", control_phones.media),
        ("GET", "/sim/clock", control.get_clock),
        ("POST", "/sim/clock", control.set_clock),
        ("POST", "/sim/rules", control.add_rule),
        ("DELETE", "/sim/rules", control.clear_rules),
        ("POST", "/sim/settings", control.change_settings),
        ("GET", "/sim/webhooks", control_webhooks.log),
        ("POST", "/sim/webhooks/deliver", control_webhooks.deliver),
        ("POST", "/sim/webhooks/fast-forward", control_webhooks.fast_forward),
        ("POST", "/sim/webhooks/down", control_webhooks.down),
        ("POST", "/sim/webhooks/release", control_webhooks.release),
        ("GET", "/sim/calls", control.calls),
        ("DELETE", "/sim/calls", control.clear_calls),
        ("GET", "/sim/events", control.events),
    )
    return [Route(path, control_endpoint(run), methods=[method]) for method, path, run in table]


def _number_routes() -> list[Route]:
    own = graph_numbers
    table = (
        ("whatsapp_business_profile", own.business_profile, ["GET", "POST"]),
        ("whatsapp_commerce_settings", own.commerce_settings, ["GET", "POST"]),
        ("block_users", own.block_users, ["GET", "POST", "DELETE"]),
        ("message_history", own.message_history, ["GET"]),
        ("smb_app_data", own.smb_app_data, ["POST"]),
    )
    return [Route(f"/{{uid}}/{edge}", graph_endpoint(run), methods=m) for edge, run, m in table]


def _graph_routes() -> list[Route]:
    own = graph_accounts
    three = ["GET", "POST", "DELETE"]
    return [
        Route("/debug_token", graph_endpoint(own.debug_token, public=True), methods=["GET"]),
        Route("/{uid}/messages", graph_endpoint(messages), methods=["POST"]),
        Route("/{uid}/media", graph_endpoint(graph_media.upload), methods=["POST"]),
        Route("/{uid}/uploads", graph_endpoint(graph_uploads.open_session), methods=["POST"]),
        Route("/upload:{upload}", graph_endpoint(graph_uploads.send_bytes), methods=["POST"]),
        Route("/upload:{upload}", graph_endpoint(graph_uploads.progress), methods=["GET"]),
        *_number_routes(),
        Route("/{uid}/phone_numbers", graph_endpoint(own.phone_numbers), methods=["GET"]),
        Route(
            "/{uid}/message_templates",
            graph_endpoint(graph_templates.message_templates),
            methods=three,
        ),
        Route("/{uid}/unpause", graph_endpoint(graph_templates.unpause), methods=["POST"]),
        Route("/{uid}/subscribed_apps", graph_endpoint(own.subscribed_apps), methods=three),
        Route(
            "/{uid}/subscriptions",
            graph_endpoint(own.subscriptions, public=True),
            methods=three,
        ),
        Route("/{uid}", graph_endpoint(own.read_object), methods=["GET"]),
        Route("/{uid}", graph_endpoint(own.write_object), methods=["POST"]),
        Route("/{uid}", graph_endpoint(own.delete_object), methods=["DELETE"]),
    ]


def create_app(data: Path | None = None) -> Starlette:
    """Return the ASGI app.

    :param data: folder that keeps the chats over a restart; None keeps them in memory only
    """

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        sim = app.state.simulator = Simulator()
        storage = Storage(sim, data) if data else None
        if storage:
            storage.start()
        yield
        if storage:
            storage.save()
        await sim.close()

    download = graph_endpoint(graph_media.download)
    routes = [
        Route("/", page),
        Route("/templates", templates_page),
        Route("/healthz", healthz),
        Mount("/static", StaticFiles(directory=STATIC)),
        *_control_routes(),
        Route("/whatsapp_business/attachments/", download, methods=["GET"]),
        Mount("/{version:graph_version}", routes=_graph_routes()),
        *_graph_routes(),
    ]
    return Starlette(routes=routes, lifespan=lifespan)
