"""The sample files of headers: handles of uploads, kept as files that Meta shows again."""

from ..media_kinds import IMAGES
from .components import KnowsHandle
from .model import Template

FITTING = {
    "IMAGE": tuple(IMAGES),
    "VIDEO": ("video/mp4", "video/3gpp"),
    "GIF": ("video/mp4",),
    "DOCUMENT": ("application/pdf",),
}


def handle_check(sim) -> KnowsHandle:
    """Return a function that tells whether a handle is a complete upload for a format."""

    def knows(handle: str, kind: str) -> bool:
        upload = _upload(sim, handle)
        if upload:
            return upload.mime_type in FITTING[kind]
        # Meta gives the file of an existing sample as an address, which editors send back.
        media = sim.world.media.get(handle.rpartition("/")[2])
        return media is not None and media.mime_type in FITTING[kind]

    return knows


def _upload(sim, handle: str):
    return next((one for one in sim.uploads.values() if handle and one.handle == handle), None)


def keep_samples(sim, template: Template) -> None:
    """Keep the files behind the handles, because uploads are forgotten."""
    for header in _headers(template.components):
        handle = header["example"]["header_handle"][0]
        upload = _upload(sim, handle)
        if upload:
            media = sim.store_media(
                "", upload.content, upload.mime_type, uploaded=True, filename=upload.filename
            )
            template.samples[handle] = media.uid
        else:
            template.samples[handle] = handle.rpartition("/")[2]


def _headers(components: list[dict]) -> list[dict]:
    """Return all headers with a file, those of cards too."""
    cards = [
        card["components"]
        for component in components
        if component["type"] == "CAROUSEL"
        for card in component["cards"]
    ]
    return [
        one
        for part in (components, *cards)
        for one in part
        if one["type"] == "HEADER" and "header_handle" in (one.get("example") or {})
    ]


def shown_components(template: Template, base_url) -> list[dict]:
    """Return the components as the API gives them: samples as addresses of files."""
    return [_shown(template, component, str(base_url)) for component in template.components]


def _shown(template: Template, component: dict, base_url: str) -> dict:
    if component["type"] == "CAROUSEL":
        cards = [
            {"components": [_shown(template, one, base_url) for one in card["components"]]}
            for card in component["cards"]
        ]
        return {**component, "cards": cards}
    handles = (component.get("example") or {}).get("header_handle")
    if not handles:
        return component
    address = f"{base_url}sim/media/{template.samples[handles[0]]}"
    return {**component, "example": {**component["example"], "header_handle": [address]}}
