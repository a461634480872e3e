/** Which phones are on the table, beside each other; remembered by this browser. */

import { el } from "./dom.js";
import { Phone } from "./phone.js";
import { store } from "./store.js";
import { complain } from "./toast.js";

const MEMORY = "phones";
const FIRST_PHONES = 4;

export class Board {
    constructor(node, tabs) {
        Object.assign(this, { node, tabs, phones: [] });
        store.addEventListener("directory", () => this._directoryChanged());
        store.addEventListener("chat", (event) => this._drawChat(event.detail));
        this._followScroll();
    }

    /** Put out the phones of the address, else those of last time, else the running chats. */
    async start() {
        await this._layOut(fromAddress() ?? remembered() ?? []);
    }

    async _layOut(wanted) {
        const usable = (pair) => store.customers.has(pair[0]) && store.numbers.has(pair[1]);
        const chosen = wanted.filter(usable);
        const pairs = chosen.length ? chosen : defaultPairs();
        this.phones = pairs.map(([phone, number]) => this._phone(phone, number));
        await this._show();
    }

    _phone(phone, number) {
        const made = new Phone(phone, number, {
            onClose: () => this._replace(made, null),
            onNumber: (uid) => this._replace(made, this._phone(phone, uid)),
        });
        return made;
    }

    async add(phone, number) {
        const present = this.phones.find((p) => p.phone === phone && p.number === number);
        const shown = present ?? this._phone(phone, number);
        if (!present) {
            this.phones.push(shown);
            await this._show();
            this._remember();
        }
        shown.node.scrollIntoView({ behavior: "smooth", inline: "center", block: "nearest" });
    }

    async _replace(old, fresh) {
        this.phones = this.phones.flatMap((p) => (p !== old ? [p] : fresh ? [fresh] : []));
        await this._show();
        this._remember();
    }

    async _show() {
        this.node.replaceChildren(...this.phones.map((phone) => phone.node));
        if (!this.phones.length) {
            this.node.append(emptyHint());
        }
        this._drawTabs();
        await Promise.all(this.phones.map((phone) => phone.start().catch(complain)));
    }

    _remember() {
        const pairs = this.phones.map((phone) => [phone.phone, phone.number]);
        localStorage.setItem(MEMORY, JSON.stringify(pairs));
    }

    async _directoryChanged() {
        const gone = this.phones.some(
            (p) => !store.customers.has(p.phone) || !store.numbers.has(p.number)
        );
        const renamed = this.phones.some((p) => isRenamed(p));
        if (gone || renamed || !this.phones.length) {
            await this._layOut(this.phones.map((p) => [p.phone, p.number]));
        } else {
            this.phones.forEach((phone) => phone.draw());
        }
    }

    _drawChat(key) {
        this.phones.filter((phone) => phone.key === key).forEach((phone) => phone.draw());
    }

    /** Once a second: clocks, windows, typing. */
    tick() {
        this.phones.forEach((phone) => phone.tick());
    }

    _drawTabs() {
        const tabs = this.phones.map((phone) => {
            const onClick = () =>
                phone.node.scrollIntoView({ behavior: "smooth", inline: "center" });
            return el("button", { type: "button", on: { click: onClick } }, phone.customer.name);
        });
        this.tabs.replaceChildren(...tabs);
        this._markTab();
    }

    _followScroll() {
        this.node.addEventListener("scroll", () => this._markTab(), { passive: true });
    }

    _markTab() {
        const middle = this.node.getBoundingClientRect().left + this.node.clientWidth / 2;
        this.phones.forEach((phone, index) => {
            const { left, right } = phone.node.getBoundingClientRect();
            const current = left <= middle && middle < right;
            this.tabs.children[index]?.setAttribute("aria-current", current);
        });
    }
}

const SHOWN_OF_CUSTOMER = ["name", "username", "language", "phone_hidden"];

function isRenamed(phone) {
    const fresh = store.customers.get(phone.phone);
    return fresh && SHOWN_OF_CUSTOMER.some((key) => fresh[key] !== phone.customer[key]);
}

/** `?phones=34600111222:2000000001,…` shows exactly these. */
function fromAddress() {
    const given = new URLSearchParams(location.search).get("phones");
    return given ? given.split(",").map((pair) => pair.split(":")) : null;
}

function remembered() {
    try {
        return JSON.parse(localStorage.getItem(MEMORY));
    } catch {
        return null;
    }
}

function defaultPairs() {
    const running = store.chatLines.filter((line) => line.messages);
    running.sort((a, b) => b.last.at.localeCompare(a.last.at));
    if (running.length) {
        return running.slice(0, FIRST_PHONES).map((line) => [line.phone, line.phone_number_uid]);
    }
    const number = store.numbers.keys().next().value;
    const phones = number ? [...store.customers.keys()] : [];
    return phones.slice(0, FIRST_PHONES).map((phone) => [phone, number]);
}

function emptyHint() {
    const text = store.numbers.size
        ? "No phone on the table yet. Add one to write to the business."
        : "No business number is connected yet. Create one with PUT /sim/accounts/…";
    return el("p", { class: "empty" }, text);
}
