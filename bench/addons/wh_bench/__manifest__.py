{
    "name": "WhatsApp Helpdesk Bench",
    "summary": "The floor that a webhook is measured against",
    "version": "19.0.1.0.0",
    "license": "AGPL-3",
    "author": "whatsapp_helpdesk contributors",
    "category": "Hidden",
    "depends": ["web"],
    "installable": True,
}
