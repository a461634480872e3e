"""The customers' phones and Meta's side, played by the simulator's control API."""

import base64

from http_json import JsonSession

IMAGE_TYPE = "image/jpeg"


class Phones:
    """Remote control of the simulator.

    :param str url: of the simulator
    """

    def __init__(self, url):
        self._session = JsonSession(url)

    def connect_account(self, account, numbers, with_phone_app=()):
        """Register a business account whose webhooks go to Odoo, and let Meta verify the address.

        :param dict account: of ``wa.account``, credentials included
        :param list[dict] numbers: of ``wa.channel``
        :param with_phone_app: ids of the numbers that are in use in the phone app too
        :return: "ok", or what was wrong with the handshake
        :rtype: str
        """
        keys = ("app_uid", "app_secret", "access_token", "verify_token", "portfolio_uid", "name")
        body = {key: account[key] for key in keys}
        body |= {"callback_url": account["webhook_url"], "handshake": True}
        body["numbers"] = [
            {
                "phone_number_uid": number["phone_number_uid"],
                "display_phone_number": number["display_phone_number"],
                "verified_name": f"{account['name']} {number['name']}",
                "is_on_biz_app": number["phone_number_uid"] in with_phone_app,
            }
            for number in numbers
        ]
        answer = self._session.request("PUT", f"/sim/accounts/{account['waba_uid']}", body)
        return answer["handshake"]

    def add_templates(self, waba_uid):
        """Give the account approved templates in English and Arabic, unless it has them."""
        path = f"/sim/accounts/{waba_uid}/templates"
        self._session.request("POST", path, {"starter": True})

    def add_customer(self, phone, **profile):
        """Give a phone (digits) to somebody: name, country, language, username, phone_hidden."""
        self._session.request("PUT", f"/sim/customers/{phone}", profile)

    def write(self, phone, number, text="", *, picture=None, quoting=None):
        """Let a customer write to a business number and return the wamid.

        :param str phone: digits
        :param str number: phone number id of the business number
        :param pathlib.Path picture: JPEG; ``text`` is its caption then
        :param str quoting: wamid of the message that is answered
        """
        if picture:
            data = base64.b64encode(picture.read_bytes()).decode()
            image = {"data": data, "mime_type": IMAGE_TYPE, "caption": text}
            return self.send(phone, number, "image", image, quoting=quoting)
        return self.send(phone, number, "text", {"body": text}, quoting=quoting)

    def send(self, phone, number, kind, content, *, quoting=None, **keys):
        """Let a customer send any kind of message and return the wamid.

        :param content: as in Meta's webhook; files by ``{"sample": name}``
        :param keys: further parts of the message, such as ``referral``
        """
        body = {"phone_number_uid": number, "type": kind, kind: content, **keys}
        if quoting:
            body["context"] = {"wamid": quoting}
        return self._session.request("POST", f"/sim/customers/{phone}/messages", body)["wamid"]

    def act(self, phone, action, **body):
        """Let a customer react, edit, call, …; return the id of the message or call, if any."""
        answer = self._session.request("POST", f"/sim/customers/{phone}/{action}", body)
        return answer.get("wamid") or answer.get("call_id")

    def answer_from_phone_app(self, number, phone, text):
        """Answer a customer from the phone app of a number, beside Odoo; return the wamid."""
        body = {"phone": phone, "type": "text", "text": {"body": text}}
        return self._session.request("POST", f"/sim/numbers/{number}/echo", body)["wamid"]

    def read(self, phone, number):
        """Open the chat on the phone: what was delivered becomes read."""
        path = f"/sim/customers/{phone}/read"
        self._session.request("POST", path, {"phone_number_uid": number})

    def refuse_next(self, phone, code, title, details):
        """Let WhatsApp accept the next message to ``phone`` and report it as failed later."""
        failure = {"code": code, "title": title, "details": details}
        rule = {"on": "messages", "phone": phone, "times": 1, "then": {"async_failed": failure}}
        self._session.request("POST", "/sim/rules", rule)

    def set_clock(self, hours):
        """Move WhatsApp's clock to ``hours`` from the real time; 0 is now."""
        self._session.request("POST", "/sim/clock", {"offset_seconds": int(hours * 3600)})
