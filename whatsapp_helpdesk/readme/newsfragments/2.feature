First release: customers' WhatsApp messages become conversations of shared team inboxes in Discuss. Text and
images in both directions, replies with quote, delivery ticks, the 24-hour window, a journal of all deliveries
with replay, and an outbox that sends nothing twice.
