"""Templates and sends that the tests of templates share."""

from business import APP, WABA

from simulator.samples import SAMPLES

ORDER = {
    "name": "order_ready",
    "language": "en_US",
    "category": "UTILITY",
    "components": [
        {
            "type": "header",
            "format": "text",
            "text": "Order {{1}}",
            "example": {"header_text": ["S0042"]},
        },
        {
            "type": "body",
            "text": "Hello {{1}}, your order costs *{{2}}* and is ready.",
            "example": {"body_text": [["Ana", "42 EUR"]]},
        },
        {"type": "footer", "text": "Garden shop"},
        {
            "type": "buttons",
            "buttons": [
                {"type": "quick_reply", "text": "Thanks"},
                {"type": "quick_reply", "text": "Cancel it"},
                {
                    "type": "url",
                    "text": "Open",
                    "url": "https://shop.example.com/{{1}}",
                    "example": ["https://shop.example.com/42"],
                },
                {"type": "phone_number", "text": "Call", "phone_number": "+15550001111"},
            ],
        },
    ],
}
NAMED = {
    "name": "ticket_new",
    "language": "ar",
    "category": "UTILITY",
    "parameter_format": "NAMED",
    "components": [
        {
            "type": "BODY",
            "text": "مرحبًا {{customer}}، استلمنا طلبك {{ticket}} وسنرد عليك قريبًا.",
            "example": {
                "body_text_named_params": [
                    {"param_name": "customer", "example": "منى"},
                    {"param_name": "ticket", "example": "7"},
                ]
            },
        }
    ],
}
CODE = {
    "name": "code",
    "language": "en",
    "category": "AUTHENTICATION",
    "components": [
        {"type": "BODY", "add_security_recommendation": True},
        {"type": "FOOTER", "code_expiration_minutes": 10},
        {"type": "BUTTONS", "buttons": [{"type": "OTP", "otp_type": "COPY_CODE"}]},
    ],
}


def texts(*values: str) -> list[dict]:
    return [{"type": "text", "text": value} for value in values]


def button(index: int, sub_type: str, *parameters: dict) -> dict:
    found = {"type": "button", "sub_type": sub_type, "index": str(index)}
    return found | {"parameters": list(parameters)}


def order_parts() -> list[dict]:
    """Return the components of a send of `ORDER`."""
    return [
        {"type": "header", "parameters": texts("S0042")},
        {"type": "body", "parameters": texts("Ana", "42 EUR")},
        button(0, "quick_reply", {"type": "payload", "payload": "thanks:42"}),
        button(2, "url", *texts("orders/42")),
    ]


def template(name: str, language: str, *components: dict) -> dict:
    """Return the keys of a send of type template."""
    found = {"name": name, "language": {"code": language}}
    return {"type": "template", "template": found | {"components": list(components)}}


def create(client, given: dict = ORDER, **changes):
    return client.graph("POST", f"{WABA}/message_templates", json=given | changes)


def created(client, given: dict = ORDER, **changes) -> str:
    """Create a template, expect acceptance and return its id."""
    response = create(client, given, **changes)
    assert response.status_code == 200, response.text
    return response.json()["id"]


def ready(client, *given: dict) -> list[str]:
    """Put approved templates into the account and return their ids."""
    body = {"templates": list(given)}
    found = client.sim("POST", f"/accounts/{WABA}/templates", body)["templates"]
    return [one["id"] for one in found]


def handle(client, name: str) -> str:
    """Upload a sample file as an app does and return its handle."""
    sample = SAMPLES[name]
    query = {"file_length": len(sample.content), "file_type": sample.mime_type}
    session = client.graph("POST", f"{APP}/uploads", params=query).json()["id"]
    answer = client.http.post(
        f"/v26.0/{session}",
        headers={"Authorization": "OAuth EAA-token", "file_offset": "0"},
        content=sample.content,
    )
    return answer.json()["h"]


def media_header(kind: str, handles: list[str]) -> dict:
    return {"type": "HEADER", "format": kind, "example": {"header_handle": handles}}


def listed(client, **params) -> list[dict]:
    answer = client.graph("GET", f"{WABA}/message_templates", params=params)
    assert answer.status_code == 200, answer.text
    return answer.json()["data"]
