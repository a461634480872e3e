/** The live stream: EventSource reconnects by itself; what was missed is read again. */

import { store } from "./store.js";

export function goLive(onConnection) {
    const source = new EventSource("/sim/events");
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
}
