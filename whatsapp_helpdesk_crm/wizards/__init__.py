from . import wa_conversation_link_document
