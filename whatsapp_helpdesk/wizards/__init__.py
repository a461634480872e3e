from . import wa_contact_merge, wa_conversation_choose_partner, wa_conversation_snooze
