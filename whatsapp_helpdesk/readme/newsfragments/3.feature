Every kind of message in both directions, shown in Discuss: files, voice notes, stickers, places, contact cards,
orders, forms, calls, reactions, edits and deletions. Customers without a phone number, with a new one, or behind
two contacts. Messages, history and contacts of the WhatsApp Business app. Read receipts, the typing sign,
blocking. A guided form that connects numbers, the business profile, a health page, notices of what Meta says.
