"""Customers whom the business knows, so that measures see an ordinary day and not a first one."""

import traffic


def main(env, customers: int) -> dict:
    """Give the demo's Sales number ``customers`` customers; tell what Meta knows of it."""
    channel = env["wa.channel"].search([("name", "=", "Sales")], limit=1)
    numbers = [traffic.phone_of(number) for number in range(customers)]
    env["res.partner"].create(
        [
            {
                "name": f"Customer {number}",
                "phone": f"+{phone}",
                "country_id": env.ref("base.eg").id,
            }
            for number, phone in enumerate(numbers)
        ]
    )
    account = channel.account_id
    env.cr.commit()
    return {
        "business": {
            "waba_uid": account.waba_uid,
            "number_uid": channel.phone_number_uid,
            "secret": account.app_secret,
            "webhook_path": f"/whatsapp_helpdesk/webhook/{account.webhook_key}",
        },
        "at_meta": {
            "app_uid": account.app_uid,
            "app_secret": account.app_secret,
            "access_token": account.access_token,
            "verify_token": account.verify_token,
            "portfolio_uid": account.portfolio_uid,
            "callback_url": account.webhook_url,
            "numbers": [
                {
                    "phone_number_uid": channel.phone_number_uid,
                    "display_phone_number": channel.display_phone_number,
                }
            ],
        },
    }
