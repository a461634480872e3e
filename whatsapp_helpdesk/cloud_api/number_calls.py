"""Calls about one business number: profile, blocked customers, phone app.

Source: Meta Cloud API: business profiles, block users, SMB app.
"""

from collections.abc import Iterable
from typing import Any

from . import payloads, phones
from .errors import InvalidRequest
from .graph_calls import field_list
from .lenient import mapping, uid
from .number_answers import BlockResult, block_result
from .profile import PROFILE_FIELDS, BusinessProfile, business_profile, check_picture
from .upload_calls import UploadCalls

SYNC_TYPES = ("smb_app_state_sync", "history")


class NumberCalls(UploadCalls):
    """What can be asked and changed of a number besides its messages."""

    # Profile

    def business_profile(self, phone_number_uid: str) -> BusinessProfile:
        """Read what customers see of the business."""
        path = self._path(phone_number_uid, "whatsapp_business_profile")
        rows = self._request("GET", path, params=field_list(PROFILE_FIELDS)).get("data")
        return business_profile(mapping(rows[0]) if isinstance(rows, list) and rows else {})

    def set_business_profile(
        self, phone_number_uid: str, profile: BusinessProfile, picture_handle: str = ""
    ) -> None:
        """Change what customers see of the business; empty texts are emptied there.

        :param picture_handle: of `upload_picture`, '' leaves the picture as it is
        :raise InvalidRequest: names the limit that was broken, before anything is sent
        """
        payload = {"messaging_product": "whatsapp", **profile.as_json()}
        if picture_handle:
            payload["profile_picture_handle"] = picture_handle
        self._post(self._path(phone_number_uid, "whatsapp_business_profile"), payload)

    def upload_picture(self, app_uid: str, content: bytes, mime_type: str) -> str:
        """Upload a profile picture to the app and return the handle that names it."""
        check_picture(content, mime_type)
        return self._upload_to_app(app_uid, content, mime_type, "profile")

    # Blocked customers

    def block_users(
        self, phone_number_uid: str, users: Iterable[payloads.Recipient]
    ) -> BlockResult:
        """Keep customers from writing to this number. Some may fail, see the result."""
        return self._change_blocks("POST", phone_number_uid, users, "added_users")

    def unblock_users(
        self, phone_number_uid: str, users: Iterable[payloads.Recipient]
    ) -> BlockResult:
        """Let customers write to this number again."""
        return self._change_blocks("DELETE", phone_number_uid, users, "removed_users")

    def _change_blocks(
        self,
        method: str,
        phone_number_uid: str,
        users: Iterable[payloads.Recipient],
        done_key: str,
    ) -> BlockResult:
        payload = {
            "messaging_product": "whatsapp",
            "block_users": [_blocked_user(user) for user in users],
        }
        path = self._path(phone_number_uid, "block_users")
        return block_result(self._exchange(method, path, payload, "block_users"), done_key)

    # WhatsApp Business app

    def request_app_sync(self, phone_number_uid: str, sync_type: str) -> str:
        """Ask for contacts or history of the WhatsApp Business app; once, within its first day.

        :param sync_type: one of `SYNC_TYPES`
        :return: Meta's id of the request
        """
        if sync_type not in SYNC_TYPES:
            raise InvalidRequest(f"There is nothing to synchronise named {sync_type!r}.")
        payload: dict[str, Any] = {"messaging_product": "whatsapp", "sync_type": sync_type}
        answer = self._post(self._path(phone_number_uid, "smb_app_data"), payload, repeatable=False)
        return uid(answer.get("request_id"))


def _blocked_user(user: payloads.Recipient) -> dict[str, str]:
    if phone := phones.to_e164(user.phone):
        return {"user": phone}
    if user.bsuid:
        return {"user_id": user.bsuid}
    raise InvalidRequest("The customer has neither phone number nor user id.", limit="recipient")
