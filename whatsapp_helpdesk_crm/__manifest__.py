{
    "name": "WhatsApp Helpdesk: Leads",
    "summary": "WhatsApp chats are linked to leads and opportunities, whose forms show them",
    "version": "19.0.1.0.0",
    "category": "Services/Helpdesk",
    "author": "whatsapp_helpdesk contributors",
    "license": "AGPL-3",
    "development_status": "Alpha",
    "depends": ["whatsapp_helpdesk", "crm"],
    "auto_install": True,
    "data": [
        "views/crm_lead_views.xml",
        "views/wa_conversation_views.xml",
        "wizards/wa_conversation_link_document_views.xml",
    ],
    "uninstall_hook": "uninstall_hook",
}
