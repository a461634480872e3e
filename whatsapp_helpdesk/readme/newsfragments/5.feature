Chats in the ERP: linked to orders, tickets and leads, shown and answered on their forms, with new quotations,
tickets and orders made from a chat, documents sent as PDF with their link, notifications, and an activity for
whatever did not arrive.
