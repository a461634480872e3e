"""The resumable upload: open a session, send the bytes, get a handle."""

from .graph_accounts import own_app_account
from .graph_call import Call
from .graph_errors import GraphError, invalid, unknown_object
from .graph_values import required_text
from .media_kinds import LIMITS, plain_mime
from .world import ResumableUpload

PREFIX = "upload:"
TYPES = (*LIMITS["image"], *LIMITS["video"], "application/pdf")
LARGEST_BYTES = max(LIMITS["document"].values())


async def open_session(call: Call) -> dict:
    """`POST /{APP}/uploads?file_name&file_length&file_type`."""
    own_app_account(call)
    mime_type = plain_mime(required_text(call.params, "file_type", "file_type"))
    length = str(call.params.get("file_length", ""))
    if mime_type not in TYPES:
        raise invalid(f"Param file_type must be one of {', '.join(TYPES)}.")
    if not length.isdigit() or not 0 < int(length) <= LARGEST_BYTES:
        raise invalid(f"Param file_length must be a number from 1 to {LARGEST_BYTES}.")
    uid = PREFIX + call.sim.ids.token()
    name = str(call.params.get("file_name") or "")
    call.sim.uploads[uid] = ResumableUpload(name, mime_type, int(length))
    return {"id": uid}


def _own_upload(call: Call) -> ResumableUpload:
    found = call.sim.uploads.get(PREFIX + call.request.path_params["upload"])
    if found is None:
        raise unknown_object(call.request.url.path, call.request.method.lower())
    return found


async def send_bytes(call: Call) -> dict:
    """`POST /upload:…` with `Authorization: OAuth`, `file_offset` and raw bytes."""
    upload = _own_upload(call)
    offset = call.request.headers.get("file_offset", "")
    if offset != str(len(upload.content)):
        raise GraphError(100, f"Header file_offset must be {len(upload.content)}.")
    upload.content += call.raw
    if len(upload.content) > upload.length:
        raise invalid("The file is larger than file_length said.")
    if len(upload.content) < upload.length:
        return {"id": PREFIX + call.request.path_params["upload"]}
    upload.handle = f"4::{call.sim.ids.token()}"
    return {"h": upload.handle}


async def progress(call: Call) -> dict:
    """`GET /upload:…`: how many bytes have come."""
    upload = _own_upload(call)
    return {"id": PREFIX + call.request.path_params["upload"], "file_offset": len(upload.content)}
