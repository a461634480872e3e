/** Starts the page: read the world, lay out the phones, go live. */

import { Board } from "./board.js";
import { goLive } from "./live.js";
import { store } from "./store.js";
import { complain } from "./toast.js";
import { addPhoneButton, Toolbar } from "./toolbar.js";

const REFRESH_WHILE_DOWN_MS = 2000;

const byId = (id) => document.getElementById(id);

async function start() {
    const board = new Board(byId("board"), byId("tabs"));
    const page = { title: "Phones", buttons: [addPhoneButton(board)] };
    const toolbar = new Toolbar(byId("toolbar"), page);
    await goLive((live) => toolbar.setLive(live));
    await store.loadDirectory();
    await board.start();
    setInterval(() => {
        board.tick();
        toolbar.tick();
    }, 1000);
    setInterval(() => {
        if (store.down) {
            store.loadDirectory().catch(complain);
        }
    }, REFRESH_WHILE_DOWN_MS);
}

start().catch(complain);
