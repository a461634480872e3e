import { threadCompareRegistry } from "@mail/core/common/thread_compare";

import { describe, expect, test } from "@odoo/hoot";

describe.current.tags("desktop");

const { DateTime } = luxon;

function thread(name, unread, hour) {
    return {
        name,
        lastInterestDt: hour && DateTime.fromISO("2026-11-22T00:00:00").plus({ hours: hour }),
        needactionMessages: [],
        self_member_id: unread === undefined ? undefined : { message_unread_counter: unread },
    };
}

function sorted(threads) {
    const comparisons = threadCompareRegistry.getAll();
    const compare = (thread1, thread2) => {
        const results = comparisons.map((comparison) => comparison(thread1, thread2));
        return results.find((result) => result !== undefined) ?? 0;
    };
    return threads.toSorted(compare).map(({ name }) => name);
}

test("chats have one order, whatever is known of them and however they came", async () => {
    const chats = [
        thread("mine, unread", 2, 1),
        thread("nobody's", undefined, 2),
        thread("mine, read", 0, 3),
        thread("not known yet", 0, undefined),
    ];
    const expected = ["mine, unread", "mine, read", "nobody's", "not known yet"];
    const [a, b, c, d] = chats;
    for (const order of [
        [a, b, c, d],
        [c, a, d, b],
        [b, c, a, d],
        [d, c, b, a],
        [b, d, a, c],
    ]) {
        expect(sorted(order)).toEqual(expected);
    }
});
