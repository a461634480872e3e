/** The bar on top: add a phone, move WhatsApp's clock, cut the business off. */

import { askForPhone } from "./add_phone.js";
import { api } from "./api.js";
import { el, icon, toggle } from "./dom.js";
import { store } from "./store.js";
import { clockTime, offsetLabel } from "./time.js";
import { complain } from "./toast.js";

const HOUR = 3600;
const JUMPS = [
    ["+1 h", HOUR],
    ["+23 h", 23 * HOUR],
    ["+25 h", 25 * HOUR],
    ["+7 d", 7 * 24 * HOUR],
];

const PAGES = [
    ["Phones", "/"],
    ["Templates", "/templates"],
];

export class Toolbar {
    /**
     * @param {Element} node
     * @param {Object} page  `title`, one of the pages', and `buttons` of its own
     */
    constructor(node, { title, buttons = [] }) {
        this.node = node;
        this.time = el("strong", { class: "clock" });
        this.offset = el("span", { class: "offset" });
        this.business = el("span", { class: "business" });
        this.live = el("span", { class: "live", title: "Live connection to the simulator" });
        node.append(
            el("h1", {}, this.live, el("small", {}, "simulated WhatsApp")),
            pageLinks(title),
            this._clock(),
            this.business,
            ...buttons
        );
        store.addEventListener("directory", () => this.draw());
    }

    _clock() {
        const button = (label, action) =>
            el("button", { type: "button", on: { click: () => action().catch(complain) } }, label);
        const jumps = JUMPS.map(([label, seconds]) =>
            button(label, () => api.advanceClock(seconds))
        );
        return el(
            "details",
            { class: "clock-box", data: { role: "clock" } },
            el("summary", { title: "WhatsApp's clock" }, icon("clock"), this.time, this.offset),
            el(
                "div",
                { class: "menu" },
                el(
                    "p",
                    {},
                    "Move WhatsApp's clock: time stamps, the 24-hour window and media links."
                ),
                el("div", { class: "jumps" }, ...jumps, button("Back to now", api.resetClock))
            )
        );
    }

    draw() {
        const waiting = store.down && store.waiting ? ` (${store.waiting} waiting)` : "";
        const label = store.down ? `Business cut off${waiting}` : "Business reachable";
        this.business.replaceChildren(
            toggle(label, !store.down, "reachable", (reachable) => this._reach(reachable))
        );
        this.business.classList.toggle("down", store.down);
        this.tick();
    }

    /** What waited meanwhile is delivered as soon as the business is back. */
    async _reach(reachable) {
        try {
            await api.cutOff(!reachable);
            if (reachable) {
                await api.deliverWaiting();
                await store.loadDirectory();
            }
        } catch (error) {
            complain(error);
        }
    }

    tick() {
        const offset = store.offsetSeconds;
        this.time.textContent = clockTime(store.now(), "en");
        this.offset.textContent = Math.abs(offset) < 60 ? "" : offsetLabel(offset);
    }

    setLive(live) {
        this.live.classList.toggle("on", live);
    }
}

function pageLinks(title) {
    const links = PAGES.map(([name, href]) =>
        el("a", { href, "aria-current": name === title ? "page" : null }, name)
    );
    return el("nav", { class: "pages", "aria-label": "Pages" }, ...links);
}

/** The button that puts another phone on the table. */
export function addPhoneButton(board) {
    return el(
        "button",
        {
            type: "button",
            class: "primary",
            data: { role: "add-phone" },
            on: { click: () => askForPhone((...pair) => board.add(...pair)) },
        },
        icon("plus"),
        "Add phone"
    );
}
