import "@mail/discuss/core/common/thread_compare_patch";

import { threadCompareRegistry } from "@mail/core/common/thread_compare";

/** @param {import("models").Thread} thread */
function isUnread(thread) {
    return thread.self_member_id?.message_unread_counter > 0;
}

/**
 * Instead of core's, for which a chat without membership is neither read nor unread: three such
 * comparisons can go in a circle, every sorting gives another order, and the list of chats is drawn
 * again for ever.
 */
threadCompareRegistry.add("mail.unread", compareUnread, { force: true, sequence: 20 });

function compareUnread(thread1, thread2) {
    if (isUnread(thread1) !== isUnread(thread2)) {
        return isUnread(thread1) ? -1 : 1;
    }
}

/** Core compares times only where both are known, which can go in a circle as well. */
threadCompareRegistry.add("whatsapp_helpdesk.known-interest", compareKnownInterest, {
    sequence: 29,
});

function compareKnownInterest({ lastInterestDt: at1 }, { lastInterestDt: at2 }) {
    if (Boolean(at1) !== Boolean(at2)) {
        return at1 ? -1 : 1;
    }
}
