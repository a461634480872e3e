"""Templates of the demo: the starter set at WhatsApp, and a quotation that a customer confirms."""

from cast import AHMED

OFFER = "DEMO-06"


def starter_templates(stage):
    """The starter templates are submitted, and WhatsApp approves them."""
    admin = stage.admin
    account = admin.find("wa.account", [], ["waba_uid"])
    wizard = admin.call("wa.template.start", "create", [{"account_id": account["id"]}])
    admin.call("wa.template.start", "action_add", wizard)
    drafts = admin.call("wa.template", "search", [("status", "=", "draft")])
    admin.call("wa.template", "action_submit", drafts, submit_anyway=True)
    # others, which the account has had for long
    stage.phones.add_templates(account["waba_uid"])
    stage.reviewed(drafts)
    admin.call("wa.account", "action_sync_templates", [account["id"]])


def confirmed_by_tapping(stage):
    """Ahmed gets his quotation as a template, taps Confirm, and the order is confirmed."""
    phones, omar = stage.phones, stage.user("omar")
    order = omar.find("sale.order", [("client_order_ref", "=", OFFER)], ["id"])
    about = {"res_model": "sale.order", "res_ids": [order["id"]]}
    template = [("name", "=", "order_confirmation"), ("language", "=", "en")]
    about["template_id"] = omar.find("wa.template", template, ["id"])["id"]
    composed = omar.call("wa.template.compose", "create", [about])
    omar.call("wa.template.compose", "action_send", composed)
    wamid = stage.sent_about("sale.order", order["id"])
    stage.arrived(phones.act(AHMED, "tap", wamid=wamid, choice="Confirm"))


STORIES = (starter_templates, confirmed_by_tapping)
