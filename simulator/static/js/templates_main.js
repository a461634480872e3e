/** Starts the page of templates: Meta's side, where a person plays the review. */

import { api } from "./api.js";
import { Desk } from "./template_desk.js";
import { Shelf } from "./template_shelf.js";
import { goLive } from "./live.js";
import { store } from "./store.js";
import { complain } from "./toast.js";
import { Toolbar } from "./toolbar.js";

const byId = (id) => document.getElementById(id);

async function start() {
    const toolbar = new Toolbar(byId("toolbar"), { title: "Templates" });
    const desk = new Desk(byId("desk"));
    const shelf = new Shelf(byId("shelf"), (template) => desk.show(template));
    const read = async () => shelf.take((await api.templates()).templates);
    await store.loadDirectory();
    await read();
    // Another list after every change, and after the clock or the whole world moved.
    store.addEventListener("templates", () => read().catch(complain));
    store.addEventListener("directory", () => read().catch(complain));
    goLive((live) => toolbar.setLive(live));
    setInterval(() => {
        toolbar.tick();
        desk.tick();
    }, 1000);
}

start().catch(complain);
