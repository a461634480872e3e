/** Waiting for what becomes true elsewhere, and never longer than it takes. */

import { setTimeout as sleep } from "node:timers/promises";

const PATIENCE_MS = 30_000;
const PAUSE_MS = 100;

/**
 * Ask until the answer is truthy, and return it.
 *
 * @param {string} what completes "waited in vain for …"
 * @param {() => Promise<any>} question
 * @param {number} patience milliseconds
 */
export async function eventually(what, question, patience = PATIENCE_MS) {
    const deadline = Date.now() + patience;
    for (;;) {
        const answer = await question();
        if (answer) {
            return answer;
        }
        if (Date.now() > deadline) {
            throw new Error(`Waited ${patience / 1000} s in vain for ${what}.`);
        }
        await sleep(PAUSE_MS);
    }
}

export { sleep };
