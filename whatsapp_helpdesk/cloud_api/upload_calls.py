"""Files that are given to an app, not to a number: profile pictures and examples of templates.

Source: Meta Cloud API: resumable upload.
"""

from urllib.parse import parse_qsl

from .errors import TransientError
from .graph_calls import GraphCalls
from .lenient import text


class UploadCalls(GraphCalls):
    """Uploads that end in a handle, which another call then names."""

    def _upload_to_app(self, app_uid: str, content: bytes, mime_type: str, filename: str) -> str:
        session = self._request(
            "POST",
            self._path(app_uid, "uploads"),
            params={
                "file_name": filename,
                "file_length": str(len(content)),
                "file_type": mime_type,
            },
        )
        # The id looks like "upload:abc?sig=def"; its second half belongs into the query.
        name, _question_mark, query = text(session.get("id")).partition("?")
        if not name.startswith("upload:"):
            raise TransientError("Meta's answer names no upload session.", http_status=200)
        answer = self._request(
            "POST",
            self._path(name),
            params=dict(parse_qsl(query)),
            headers={"file_offset": "0", "Content-Type": "application/octet-stream"},
            data=content,
            scheme="OAuth",
        )
        handle = text(answer.get("h"))
        if not handle:
            raise TransientError("Meta's answer to the upload names no file.", http_status=200)
        return handle
