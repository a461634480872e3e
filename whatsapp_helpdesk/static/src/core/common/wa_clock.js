import { onWillDestroy, useState } from "@odoo/owl";

import { browser } from "@web/core/browser/browser";

const { DateTime } = luxon;

export const CLOCK_INTERVAL = 30 * 1000;

/** @returns {{now: luxon.DateTime}} a state that moves with the time while the component lives */
export function useWaClock() {
    const clock = useState({ now: DateTime.now() });
    const timer = browser.setInterval(() => (clock.now = DateTime.now()), CLOCK_INTERVAL);
    onWillDestroy(() => browser.clearInterval(timer));
    return clock;
}
