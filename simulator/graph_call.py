"""The frame of every Graph call: parameters, bearer, scripted trouble, errors, log."""

import asyncio
import hashlib
import hmac
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response

from .checks import AsciiJSON, json_object
from .clock import as_iso
from .connections import CutResponse
from .engine import Simulator
from .graph_errors import GraphError, bad_token, expired_token, invalid, unknown_object
from .rules import NOTHING, Then
from .world import Account, Number

SECRET_PARAMETERS = frozenset({"access_token", "appsecret_proof", "input_token", "verify_token"})


@dataclass(slots=True)
class Upload:
    """A file of a multipart body."""

    filename: str
    mime_type: str
    content: bytes


@dataclass(slots=True)
class Call:
    """One Graph call after its parameters were read."""

    sim: Simulator
    request: Request
    params: dict
    files: dict[str, Upload]
    token: str
    accounts: list[Account] = field(default_factory=list)
    raw: bytes = b""

    @property
    def uid(self) -> str:
        return self.request.path_params["uid"]

    def own_account(self) -> Account:
        """Return the WABA in the path, or refuse as Meta does for a stranger's."""
        for account in self.accounts:
            if account.uid == self.uid:
                return account
        raise unknown_object(self.uid, self.request.method.lower())

    def own_number(self, uid: str = "") -> Number:
        """Return the number in the path (or ``uid``), or refuse as Meta does for a stranger's."""
        number = self.sim.world.numbers.get(uid or self.uid)
        if number and any(number.account_uid == account.uid for account in self.accounts):
            return number
        raise unknown_object(uid or self.uid, self.request.method.lower())

    def require_scope(self, scope: str) -> None:
        """Refuse a token that lacks ``scope`` (Meta Cloud API: error codes, 200 to 299)."""
        if not any(scope in account.scopes for account in self.accounts):
            raise GraphError(
                200,
                http_status=403,
                message=f"(#200) You do not have the necessary permission {scope}",
            )

    async def trouble(self, then: Then) -> None:
        """Do what a rule wants before the call is accepted."""
        if then.delay_s:
            await asyncio.sleep(then.delay_s)
        if then.reset_before_accept:
            raise ConnectionCut
        if then.http_500:
            raise GraphError(131000, "Scripted failure.", http_status=500)
        if then.error:
            raise _scripted(then.error)


class ConnectionCut(Exception):
    """The caller gets no answer: its connection is reset."""


Handler = Callable[[Call], Awaitable[dict | Response]]


def graph_endpoint(handler: Handler, *, public: bool = False) -> Callable:
    """Wrap ``handler`` into a route.

    :param public: the handler checks its own kind of token (app token)
    """

    async def endpoint(request: Request) -> Response:
        sim: Simulator = request.app.state.simulator
        record = {
            "at": as_iso(sim.clock.now()),
            "method": request.method,
            "path": request.url.path,
        }
        sim.calls.append(record)
        if sim.settings.latency_s:
            await asyncio.sleep(sim.settings.latency_s)
        try:
            call = await _read_call(sim, request)
            record["payload"] = loggable(call)
            if not public:
                _authorize(call)
            await call.trouble(_scripted_call(call))
            answer = await handler(call)
        except GraphError as error:
            answer = AsciiJSON(error.body(sim.ids.fbtrace()), error.http_status)
        except ConnectionCut:
            record["status"] = 0
            return CutResponse()
        if not isinstance(answer, Response):
            answer = AsciiJSON(answer)
        record["status"] = answer.status_code
        return answer

    return endpoint


async def _read_call(sim: Simulator, request: Request) -> Call:
    params: dict = dict(request.query_params)
    files: dict[str, Upload] = {}
    raw = b""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind in ("multipart/form-data", "application/x-www-form-urlencoded"):
        async with request.form() as form:
            for key, value in form.multi_items():
                if isinstance(value, UploadFile):
                    files[key] = await _upload(value)
                else:
                    params[key] = value
    elif "file_offset" in request.headers:
        raw = await request.body()
    else:
        params |= _json_object(await request.body())
    scheme, _space, token = request.headers.get("authorization", "").partition(" ")
    token = token.strip() if scheme.lower() in ("bearer", "oauth") else ""
    token = token or str(params.get("access_token", ""))
    return Call(sim, request, params, files, token, raw=raw)


async def _upload(file: UploadFile) -> Upload:
    return Upload(file.filename or "", file.content_type or "", await file.read())


def _json_object(body: bytes) -> dict:
    try:
        return json_object(body)
    except ValueError as error:
        raise invalid(str(error)) from error


def _authorize(call: Call) -> None:
    call.accounts = call.sim.world.account_of_token(call.token)
    if not call.accounts:
        raise bad_token()
    now = call.sim.clock.now()
    if any(0 < account.token_expires_at < now for account in call.accounts):
        raise expired_token()
    proof = call.params.pop("appsecret_proof", None)
    if proof is not None and not any(_proof_fits(call, a, str(proof)) for a in call.accounts):
        raise GraphError(
            100,
            kind="GraphMethodException",
            message="Invalid appsecret_proof provided in the API argument",
        )


def _scripted_call(call: Call) -> Then:
    """Rules on any Graph call: `contains` looks into "METHOD /path"."""
    if not call.sim.script.rules:
        return NOTHING
    request = call.request
    return call.sim.script.take("graph", text=f"{request.method} {request.url.path}")


def _proof_fits(call: Call, account: Account, proof: str) -> bool:
    secret = call.sim.world.apps[account.app_uid].secret
    wanted = hmac.new(secret.encode(), call.token.encode(), hashlib.sha256).hexdigest()
    return hmac.compare_digest(wanted, proof)


def loggable(call: Call) -> dict:
    """Return the parameters for `GET /sim/calls`: no secrets, files by name and size."""
    payload = {key: value for key, value in call.params.items() if key not in SECRET_PARAMETERS}
    configuration = payload.get("webhook_configuration")
    if isinstance(configuration, dict):
        payload["webhook_configuration"] = {
            key: value for key, value in configuration.items() if key not in SECRET_PARAMETERS
        }
    for name, upload in call.files.items():
        payload[name] = {
            "filename": upload.filename,
            "mime_type": upload.mime_type,
            "bytes": len(upload.content),
        }
    return payload


def _scripted(error: dict) -> GraphError:
    return GraphError(
        error["code"],
        error.get("details", ""),
        http_status=error.get("http_status", 400),
        subcode=error.get("subcode"),
        message=error.get("message", ""),
    )
