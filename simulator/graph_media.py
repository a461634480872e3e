"""Media of the Graph API: upload, URL, download, delete."""

from starlette.responses import Response

from .graph_call import Call
from .graph_errors import GraphError, bad_token, invalid, missing, unknown_object
from .media_kinds import UPLOAD_LIMITS, plain_mime
from .media_urls import download_url, url_works
from .views import media_hash
from .world import Media


async def upload(call: Call) -> dict:
    """`POST /{PNID}/media` (multipart)."""
    number = call.own_number()
    call.require_scope("whatsapp_business_messaging")
    await call.trouble(call.sim.script.take("media_upload", number.uid))
    if call.params.get("messaging_product") != "whatsapp":
        raise GraphError(100, message="(#100) The parameter messaging_product is required.")
    file = call.files.get("file")
    if file is None:
        raise missing("file")
    mime_type = plain_mime(str(call.params.get("type") or file.mime_type))
    if mime_type not in UPLOAD_LIMITS:
        raise invalid(
            f"Param file must be a file with one of the following types: "
            f"{', '.join(UPLOAD_LIMITS)}. Received file of type '{mime_type}'."
        )
    limit = UPLOAD_LIMITS[mime_type]
    if not 0 < len(file.content) <= limit:
        raise invalid(f"Param file must have 1 to {limit} bytes, not {len(file.content)}.")
    media = call.sim.store_media(
        number.uid, file.content, mime_type, uploaded=True, filename=file.filename
    )
    return {"id": media.uid}


def own_media(call: Call) -> Media:
    """Return the media in the path, or refuse: unknown, expired, deleted or a stranger's."""
    media = call.sim.world.media.get(call.uid)
    wanted = str(call.params.get("phone_number_id", ""))
    if media is None or media.expired(call.sim.clock.now()):
        raise unknown_object(call.uid, call.request.method.lower())
    call.own_number(media.number_uid)
    if wanted and wanted != media.number_uid:
        raise unknown_object(call.uid, call.request.method.lower())
    return media


async def info(call: Call) -> dict:
    """`GET /{MEDIA}`: a download URL that lives five minutes of WhatsApp's clock."""
    media = own_media(call)
    await call.trouble(call.sim.script.take("media_info", media.number_uid))
    return {
        "messaging_product": "whatsapp",
        "url": download_url(call.request.base_url, media, call.sim.clock.now()),
        "mime_type": media.mime_type,
        "sha256": media_hash(media),
        "file_size": str(len(media.content)),
        "id": media.uid,
    }


async def download(call: Call) -> Response:
    """The URL of `info`: needs the bearer too; 404 when it or the media has expired."""
    media = call.sim.world.media.get(str(call.params.get("mid", "")))
    if media is None or not url_works(media, call.params, call.sim.clock.now()):
        return Response("Not found", 404)
    try:
        call.own_number(media.number_uid)
    except GraphError as error:
        raise bad_token() from error
    await call.trouble(call.sim.script.take("media_download", media.number_uid))
    return Response(media.content, media_type=media.mime_type)


async def delete(call: Call) -> dict:
    """`DELETE /{MEDIA}`."""
    del call.sim.world.media[own_media(call).uid]
    call.sim.on_save()
    return {"success": True}
