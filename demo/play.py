"""Play the demo's conversations: customers write on their phones, agents answer in Odoo.

Nothing is put into the database directly: every message takes the same way as a real one. Run when
Odoo and the simulator answer; on a database that has conversations already it only connects them.
"""

import argparse
import base64
import sys
import time

import stories
import stories_kinds
import stories_templates
from cast import CUSTOMERS, IMAGES, WITH_PHONE_APP
from http_json import DemoError
from odoo_user import OdooUser
from phones import Phones

PATIENCE_SECONDS = 30
ACCOUNT_FIELDS = [
    "name",
    "waba_uid",
    "app_uid",
    "app_secret",
    "access_token",
    "verify_token",
    "portfolio_uid",
    "webhook_url",
    "wa_channel_ids",
]
PRODUCT_PICTURES = {"TABLE-OAK": "oak_table.jpg", "SOFA-3": "sofa.jpg"}
STORIES = (*stories.STORIES, *stories_kinds.STORIES, *stories_templates.STORIES)


class Stage:
    """Where the stories happen: the phones, the agents and the way to wait for both.

    :param Phones phones: the simulator
    :param log_in: function from a login to an `OdooUser`
    """

    def __init__(self, phones, log_in):
        self.phones = phones
        self._log_in = log_in
        self._users = {}
        self.admin = self.user("admin")

    def user(self, login):
        """Return the logged-in user; everybody logs in once."""
        if login not in self._users:
            self._users[login] = self._log_in(login)
        return self._users[login]

    def arrived(self, wamid):
        """Wait until Odoo has the message ``wamid`` and return its conversation as a dict."""
        message = self._wait(
            f"message {wamid} in Odoo",
            lambda: self.admin.find(
                "wa.message", [("wamid", "=", wamid)], ["conversation_id", "mail_message_id"]
            ),
        )
        conversation_id = message["conversation_id"][0]
        [conversation] = self.admin.call(
            "wa.conversation", "read", [conversation_id], ["discuss_channel_id"]
        )
        return {
            "id": conversation_id,
            "chat": conversation["discuss_channel_id"][0],
            "message": message["mail_message_id"][0],
        }

    def known(self, wamid):
        """Wait until Odoo has what needs no answer: a reaction, a call, an answer from the app."""
        domain = [("wamid", "=", wamid)]
        self._wait(f"{wamid} in Odoo", lambda: self.admin.find("wa.message", domain, ["id"]))

    def settled(self, mail_message_id, states=("delivered", "read", "failed")):
        """Wait until the message is in one of ``states`` and return its wamid."""
        domain = [("mail_message_id", "=", mail_message_id), ("state", "in", states)]
        return self._wait(
            f"{' or '.join(states)} for message {mail_message_id}",
            lambda: self.admin.find("wa.message", domain, ["wamid"]),
        )["wamid"]

    def sent_about(self, model, record_id):
        """Wait until a message about a document has arrived, and return its wamid."""
        about = [("source_model", "=", model), ("source_id", "=", record_id)]
        domain = [*about, ("state", "in", ("delivered", "read"))]
        return self._wait(
            f"the message about {model} {record_id}",
            lambda: self.admin.find("wa.message", domain, ["wamid"]),
        )["wamid"]

    def reviewed(self, template_ids):
        """Wait until WhatsApp has approved these templates."""
        waiting = [("id", "in", template_ids), ("status", "!=", "approved")]
        self._wait(
            "WhatsApp to approve the templates",
            lambda: not self.admin.call("wa.template", "search_count", waiting),
        )

    def tag(self, case, *names, priority="0"):
        """Give the conversation tags and a priority, as its manager would."""
        tags = [self.admin.find("wa.tag", [("name", "=", name)], ["id"])["id"] for name in names]
        values = {"tag_ids": [(6, 0, tags)], "priority": priority}
        self.admin.call("wa.conversation", "write", [case["id"]], values)

    def _wait(self, what, question):
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            found = question()
            if found:
                return found
            time.sleep(0.1)
        raise DemoError(f"Waited {PATIENCE_SECONDS} s in vain for {what}.")


def connect(stage):
    """Tell the simulator of the account, its numbers and the customers."""
    account = stage.admin.find("wa.account", [], ACCOUNT_FIELDS)
    if not account:
        raise DemoError("The database has no WhatsApp account; run demo/seed.py first.")
    numbers = stage.admin.call(
        "wa.channel",
        "read",
        account["wa_channel_ids"],
        ["name", "phone_number_uid", "display_phone_number"],
    )
    handshake = stage.phones.connect_account(account, numbers, WITH_PHONE_APP)
    if handshake != "ok":
        raise DemoError(f"Odoo did not pass the webhook handshake: {handshake}")
    for phone, profile in CUSTOMERS.items():
        stage.phones.add_customer(phone, **profile)


def play(stage):
    """Play all stories, the oldest first, and print a line for each."""
    show_products(stage)
    for story in STORIES:
        print(f"  {story.__doc__}", flush=True)
        story(stage)


def show_products(stage):
    for reference, name in PRODUCT_PICTURES.items():
        picture = base64.b64encode((IMAGES / name).read_bytes()).decode()
        product = stage.admin.find("product.product", [("default_code", "=", reference)], ["id"])
        stage.admin.call("product.product", "write", [product["id"]], {"image_1920": picture})


def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--simulator", required=True, metavar="URL")
    parser.add_argument("--odoo", required=True, metavar="URL")
    parser.add_argument("--db", required=True, metavar="NAME")
    options = parser.parse_args(arguments)

    stage = Stage(
        Phones(options.simulator), lambda login: OdooUser(options.odoo, options.db, login)
    )
    connect(stage)
    if stage.admin.call("wa.conversation", "search_count", []):
        print("The conversations are there already.")
        return
    play(stage)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except DemoError as error:
        sys.exit(f"The demo could not be played. {error}")
