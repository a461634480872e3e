"""Calls about templates. Source: Meta Cloud API: message_templates, resumable upload."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from .. import limits
from ..errors import AuthError, CloudApiError, InvalidRequest, OutcomeUnknown, TemplateError
from ..graph_calls import field_list
from ..lenient import uid
from ..upload_calls import UploadCalls
from . import read
from .model import CATEGORIES, STATUSES, Template

PAGE_SIZE = 100
SAMPLE_KINDS = {
    "image/jpeg": "image",
    "image/png": "image",
    "video/mp4": "video",
    "application/pdf": "document",
}
"""Media types that examples of headers may have, and the kind of header that they are for."""

_GONE = (100, 33)


@dataclass(frozen=True, slots=True)
class CreatedTemplate:
    """What became of a new template. Meta may approve it at once or change its category.

    :param status: one of `STATUSES`
    :param category: one of `CATEGORIES`
    """

    uid: str
    status: str
    category: str


class TemplateCalls(UploadCalls):
    """Templates of an account."""

    def templates(self, waba_uid: str) -> list[Template]:
        """Read all templates of an account, every language a row."""
        path = self._path(waba_uid, "message_templates")
        return list(map(read.template, self._all_pages(path, field_list(read.TEMPLATE_FIELDS))))

    def template_page(
        self, waba_uid: str, after: str = "", *, name: str = "", limit: int = PAGE_SIZE
    ) -> read.TemplatePage:
        """Read one page of them.

        :param after: of the page before, '' for the first
        :param name: only those whose name has this in it
        """
        params = {**field_list(read.TEMPLATE_FIELDS), "limit": str(limit)}
        params |= {key: value for key, value in (("after", after), ("name", name)) if value}
        answer = self._request("GET", self._path(waba_uid, "message_templates"), params=params)
        return read.template_page(answer)

    def template(self, template_uid: str) -> Template:
        """Read one template; `TemplateError` when it does not exist (any more)."""
        with _missing_is_of_the_template():
            answer = self._request(
                "GET", self._path(template_uid), params=field_list(read.TEMPLATE_FIELDS)
            )
        return read.template(answer)

    def template_named(self, waba_uid: str, name: str, language: str) -> Template | None:
        """Read the variant of a template by its name, None if Meta does not list it."""
        seen, after = {""}, ""
        while True:
            page = self.template_page(waba_uid, after, name=name)
            for found in page.templates:
                if (found.name, found.language) == (name, language):
                    return found
            after = page.after
            if after in seen:
                return None
            seen.add(after)

    def template_or_none(self, template_uid: str) -> Template | None:
        """Read one template, None if Meta does not have it (any more)."""
        try:
            return self.template(template_uid)
        except TemplateError as error:
            if (error.code, error.subcode) != _GONE:
                raise
            return None

    def create_template(self, waba_uid: str, payload: dict[str, Any]) -> CreatedTemplate:
        """Submit a new template, or another language of one, for review.

        `TemplateError` when Meta does not take it, with its words in ``details``. After an
        `OutcomeUnknown` look for it by name before trying again.

        :param payload: of `write.create_payload`
        """
        path = self._path(waba_uid, "message_templates")
        answer = self._post(path, payload, repeatable=False)
        found = uid(answer.get("id"))
        if not found:
            raise OutcomeUnknown("Meta's answer names no template.", http_status=200)
        category = read.word(answer.get("category"), CATEGORIES, "other")
        return CreatedTemplate(
            found, read.word(answer.get("status"), STATUSES, "unknown"), category
        )

    def edit_template(self, template_uid: str, payload: dict[str, Any]) -> None:
        """Change a template, which goes back into review. Every edit counts, see `editing`.

        :param payload: of `write.edit_payload`
        """
        with _missing_is_of_the_template():
            _check(self._post(self._path(template_uid), payload, repeatable=False))

    def delete_template(self, waba_uid: str, name: str, template_uid: str = "") -> None:
        """Delete a template in all languages, or only the variant ``template_uid``."""
        if not name:
            raise InvalidRequest("The template has no name.", limit="id")
        params = {"name": name} | ({"hsm_id": template_uid} if template_uid else {})
        path = self._path(waba_uid, "message_templates")
        _check(self._request("DELETE", path, params=params))

    def unpause_template(self, template_uid: str) -> None:
        """Take back the pause of a template that customers reported."""
        with _missing_is_of_the_template():
            _check(self._request("POST", self._path(template_uid, "unpause")))

    def upload_sample(self, app_uid: str, content: bytes, mime_type: str, filename: str) -> str:
        """Upload the example of a header and return the handle that names it in a template.

        :param mime_type: one of `SAMPLE_KINDS`
        :raises InvalidRequest: for other files and those that are too large
        """
        kind = SAMPLE_KINDS.get(mime_type)
        if not kind:
            raise InvalidRequest(
                f"An example of a header is no {mime_type}; it is a JPEG, PNG, MP4 or PDF file.",
                limit="SAMPLE_KINDS",
            )
        limits.check_media(kind, mime_type, len(content))
        return self._upload_to_app(app_uid, content, mime_type, filename or "sample")


@contextmanager
def _missing_is_of_the_template() -> Iterator[None]:
    """Elsewhere an unknown object means that the number is gone; here only a template is."""
    try:
        yield
    except AuthError as error:
        if (error.code, error.subcode) != _GONE:
            raise
        raise TemplateError(
            "Meta does not have this template: synchronise the templates.",
            code=error.code,
            subcode=error.subcode,
            details=error.details,
            fbtrace_id=error.fbtrace_id,
            http_status=error.http_status,
        ) from error


def _check(answer: dict[str, Any]) -> None:
    if answer.get("success") is False:
        raise CloudApiError("Meta did not do it and gave no reason.", http_status=200)
