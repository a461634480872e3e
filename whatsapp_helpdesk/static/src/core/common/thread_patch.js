import { WaLine } from "./wa_line";
import { useWaReadReceipts } from "./wa_read_receipts";

import { Thread } from "@mail/core/common/thread";

import { patch } from "@web/core/utils/patch";

Object.assign(Thread.components, { WaLine });

/**
 * @param {import("models").Message[]} messages
 * @returns {import("models").Message[]} the same messages by the time of WhatsApp, then arrival
 */
export function sortByWaTime(messages) {
    // read once: the time of a pending message is "now" each time it is asked for
    const keys = new Map(messages.map((message) => [message, message.datetime.ts]));
    return messages.sort((m1, m2) => keys.get(m1) - keys.get(m2) || m1.id - m2.id);
}

patch(Thread.prototype, {
    setup() {
        super.setup(...arguments);
        this.waReadReceipts = useWaReadReceipts(this);
    },
    onScroll() {
        super.onScroll(...arguments);
        this.waReadReceipts.check();
    },
    /** Core tells by the id that older messages came above; here they may have arrived later. */
    applyScrollContextually(thread) {
        const [before, now] = [this.oldestPersistentMessage, thread.oldestPersistentMessage];
        if (
            this.snapshot &&
            before &&
            now &&
            thread.isWaConversation &&
            this.props.order === "asc" &&
            now.id > before.id &&
            now.datetime < before.datetime
        ) {
            const { scrollHeight, scrollTop } = this.snapshot;
            this.setScroll(scrollTop + this.scrollableRef.el.scrollHeight - scrollHeight);
            return;
        }
        super.applyScrollContextually(...arguments);
    },
    get orderedMessages() {
        const messages = super.orderedMessages;
        if (!this.props.thread.isWaConversation) {
            return messages;
        }
        sortByWaTime(messages);
        return this.props.order === "asc" ? messages : messages.reverse();
    },
    /** A message to the customer never hides under the heading of a note. */
    isSquashed(msg, prevMsg) {
        if (
            this.props.thread.isWaConversation &&
            (prevMsg?.isWaLine ||
                Boolean(msg.isNote) !== Boolean(prevMsg?.isNote) ||
                msg.wa_direction !== prevMsg?.wa_direction)
        ) {
            return false;
        }
        return super.isSquashed(...arguments);
    },
});
