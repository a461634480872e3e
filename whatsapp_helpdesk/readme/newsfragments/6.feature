Templates: written, checked, submitted and followed in Odoo, filled in from records in the customer's language, sent
from chats, records, lists and automation rules. Buttons and lists in the chat; what customers tap can confirm an
order. Warnings before the 24-hour window closes, and a report of what messages count as.
