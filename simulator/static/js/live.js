/** The live stream: EventSource reconnects by itself; what was missed is read again. */

import { store } from "./store.js";

/**
 * Listen, and only then read: what happens after the reading and before the stream is there would
 * never be shown.
 * @param {(live: boolean) => void} onConnection
 * @returns {Promise<void>} settled once the stream is there, or could not be had for now
 */
export function goLive(onConnection) {
    const source = new EventSource("/sim/events");
    const settled = new Promise((resolve) => {
        for (const outcome of ["open", "error"]) {
            source.addEventListener(outcome, resolve, { once: true });
        }
    });
    let interrupted = false;
    source.addEventListener("open", () => {
        onConnection(true);
        if (interrupted) {
            interrupted = false;
            store.reload();
        }
    });
    source.addEventListener("error", () => {
        interrupted = true;
        onConnection(false);
    });
    source.addEventListener("message", (event) => store.receive(JSON.parse(event.data)));
    return settled;
}
