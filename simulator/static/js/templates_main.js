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
    let reads = 0;
    const read = async () => {
        const number = ++reads;
        const { templates } = await api.templates();
        if (number === reads) {
            shelf.take(templates);
        }
    };
    await goLive((live) => toolbar.setLive(live));
    // Another list after every change, and after the clock or the whole world moved.
    store.addEventListener("templates", () => read().catch(complain));
    store.addEventListener("directory", () => read().catch(complain));
    await store.loadDirectory();
    setInterval(() => {
        toolbar.tick();
        desk.tick();
    }, 1000);
}

start().catch(complain);
