import time

from .common import WhatsappCase

LIST = "/message_templates"
ORDER = "Hello {{name}}, your order {{order}} is packed and ready to be fetched."


class TemplateLifeCase(WhatsappCase):
    """Templates as Meta has them, and what webhooks tell of them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.templates = cls.env["wa.template"].with_user(cls.manager)

    def theirs(self, uid="11", name="order_ready", language="en_US", body=ORDER, **changes):
        """Return a template in Meta's JSON."""
        samples = [
            {"param_name": name, "example": example}
            for name, example in (("name", "Mona"), ("order", "S00042"))
            if f"{{{{{name}}}}}" in body
        ]
        text = {"type": "BODY", "text": body}
        if samples:
            text["example"] = {"body_text_named_params": samples}
        return {
            "id": uid,
            "name": name,
            "language": language,
            "status": "APPROVED",
            "category": "UTILITY",
            "parameter_format": "NAMED",
            "components": [text, {"type": "FOOTER", "text": "Your shop"}],
            "quality_score": {"score": "UNKNOWN"},
        } | changes

    def answer_list(self, *rows, after=""):
        """Let Meta list templates; ``after`` is the cursor of a further page."""
        answer = {"data": list(rows)}
        if after:
            answer["paging"] = {"cursors": {"after": after}, "next": "https://graph.example/next"}
        self.graph.answer_next(200, answer, path=LIST)

    def sync(self, *rows, user=None):
        """Synchronise with what Meta lists, and return the sentence that says what changed."""
        self.answer_list(*rows)
        account = self.account.with_user(user or self.manager)
        return account.action_sync_templates()["params"]["message"]

    def synced(self, *args, **changes):
        """Return the variant of a template that was read from Meta."""
        row = self.theirs(*args, **changes)
        self.sync(row)
        return self.variant(row["name"], row["language"])

    def variant(self, name="order_ready", language="en_US"):
        """Return the row of a variant, newest first, gone ones included."""
        return self.templates.with_context(active_test=False).search(
            [("name", "=", name), ("language", "=", language)], order="id desc", limit=1
        )

    def draft(self, **values):
        """Return a template that was never submitted and to which nothing can be objected."""
        template = self.templates.create(
            {
                "account_id": self.account.id,
                "name": "order_ready",
                "language": "en_US",
                "category": "utility",
                "body": ORDER,
                "footer": "Your shop",
            }
            | values
        )
        for key, sample in (("body.name", "Mona"), ("body.order", "S00042")):
            template.variable_ids.filtered(lambda v, key=key: v.key == key).sample = sample
        return template

    def tell(self, field, *, uid=11, name="order_ready", language="en-US", at=None, **value):
        """Post a webhook about a template and process it; return its row of the journal."""
        value |= {
            "message_template_id": uid,
            "message_template_name": name,
            "message_template_language": language,
        }
        entry = {
            "id": "1000000001",
            "time": at or int(time.time()),
            "changes": [{"field": field, "value": value}],
        }
        payload = {"object": "whatsapp_business_account", "entry": [entry]}
        self.assertEqual(self.post_webhook(payload).status_code, 200)
        self.drain()
        return self.env["wa.webhook.event"].search([], limit=1)

    def tell_status(self, event, **options):
        return self.tell("message_template_status_update", event=event, **options)

    def log_of(self, template):
        """Return what the chatter says, newest first."""
        return " ".join(template.sudo().message_ids.mapped("body"))
