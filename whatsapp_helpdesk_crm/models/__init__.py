from . import crm_lead, wa_conversation, wa_conversation_link
