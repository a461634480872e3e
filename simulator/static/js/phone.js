/** A phone: one customer's chat with one business number, and the strip below to direct it. */

import { api } from "./api.js";
import { bubble, showStatus } from "./bubble.js";
import { Composer } from "./composer.js";
import { el, icon, toggle } from "./dom.js";
import { openImage } from "./lightbox.js";
import { press } from "./press.js";
import { chatKey, store } from "./store.js";
import { clockTime, dayLabel, duration } from "./time.js";
import { complain } from "./toast.js";
import { directionOf, wordsFor } from "./words.js";

const BUBBLES_SHOWN = 300;
const NEAR_BOTTOM_PX = 80;
const NOT_ON_PHONE = new Set(["accepted", "sent", "failed"]);

export class Phone {
    /**
     * @param {string} phone  digits of the customer
     * @param {string} number  uid of the business number
     * @param {Object} actions  `onClose()`, `onNumber(uid)`
     */
    constructor(phone, number, actions) {
        Object.assign(this, { phone, number, actions, atBottom: true, drawn: new Map() });
        this.key = chatKey(phone, number);
        this.customer = store.customers.get(phone);
        this.language = this.customer.language;
        this.words = wordsFor(this.language);
        this.composer = new Composer(phone, number, this.words);
        this.time = el("span", { class: "clock" });
        this.radio = el("span", { class: "radio" });
        this.subtitle = el("small", {});
        this.list = el("ol", { class: "messages", role: "log", tabindex: "0" });
        this.strip = el("div", { class: "strip" });
        this.node = this._frame();
    }

    get business() {
        return store.numbers.get(this.number);
    }

    _frame() {
        const name = this.business.verified_name || this.business.display_phone_number;
        const screen = el(
            "div",
            { class: "screen", dir: directionOf(this.language), lang: this.language },
            el("div", { class: "statusbar" }, this.time, this.radio),
            el(
                "header",
                { class: "chat-head" },
                el("span", { class: "avatar" }, name.trim().slice(0, 1).toUpperCase()),
                el("div", {}, el("strong", { dir: "auto" }, name), this.subtitle)
            ),
            this.list,
            this.composer.node
        );
        // A picture that arrives late, or a growing composer, pushes the newest message out of sight.
        const stay = () => this.atBottom && this._toBottom();
        this.list.addEventListener("load", stay, { capture: true });
        new ResizeObserver(stay).observe(this.list);
        this.list.addEventListener("scroll", () => this._noteScroll(), { passive: true });
        return el(
            "article",
            {
                class: "phone",
                data: { phone: this.phone, number: this.number },
                "aria-label": `${this.customer.name}, ${name}`,
            },
            this._owner(),
            el("div", { class: "device" }, screen),
            this.strip
        );
    }

    _owner() {
        const { name, username, phone_hidden: hidden } = this.customer;
        const about = [`+${this.phone}`, username && `@${username}`, hidden && "number hidden"];
        const close = { type: "button", class: "plain", "aria-label": "Put this phone away" };
        close.on = { click: () => this.actions.onClose() };
        return el(
            "div",
            { class: "owner" },
            el("strong", { dir: "auto" }, name),
            el("span", {}, about.filter(Boolean).join(" · ")),
            el("button", close, icon("close"))
        );
    }

    /** Read the chat and draw everything. */
    async start() {
        if (!store.chats.has(this.key)) {
            await store.loadChat(this.phone, this.number);
        }
        this.draw();
        this._toBottom();
    }

    _noteScroll() {
        const { scrollHeight, scrollTop, clientHeight } = this.list;
        this.atBottom = scrollHeight - scrollTop - clientHeight < NEAR_BOTTOM_PX;
    }

    _toBottom() {
        this.list.scrollTop = this.list.scrollHeight;
        this.atBottom = true;
    }

    /** Draw what the store knows now. */
    draw() {
        const chat = store.chats.get(this.key);
        this.customer = store.customers.get(this.phone) ?? this.customer;
        if (!chat) {
            return;
        }
        this._drawMessages(chat);
        this._drawStrip(chat);
        this.composer.setEnabled(!this.customer.offline);
        this.radio.replaceChildren(icon(this.customer.offline ? "plane" : "signal"));
        this.node.classList.toggle("offline", this.customer.offline);
        this.tick();
    }

    /** Draw what changes with time alone. */
    tick() {
        const chat = store.chats.get(this.key);
        if (!chat) {
            return;
        }
        const typing = chat.typingUntil > Date.now() && !this.customer.offline;
        this.time.textContent = clockTime(store.now(), this.language);
        this.subtitle.textContent = typing ? this.words.typing : this.words.business;
        this.node.classList.toggle("typing", typing);
        this._drawTyping(typing);
        this._drawWindow(chat);
    }

    _drawMessages(chat) {
        const shown = [...chat.messages.values()]
            .filter((m) => m.direction === "inbound" || !NOT_ON_PHONE.has(m.status))
            .sort((a, b) => a.at.localeCompare(b.at))
            .slice(-BUBBLES_SHOWN);
        const newest = shown.at(-1);
        const justSent = newest?.wamid !== this.newest && newest?.direction === "inbound";
        const stay = this.atBottom || justSent;
        this.newest = newest?.wamid;
        const nodes = this._withDays(shown, chat);
        // What is there already stays untouched: moving a player would stop it.
        nodes.forEach((node, index) => {
            if (this.list.children[index] !== node) {
                this.list.insertBefore(node, this.list.children[index] ?? null);
            }
        });
        while (this.list.children.length > nodes.length) {
            this.list.lastChild.remove();
        }
        if (stay) {
            this._toBottom();
        }
    }

    _withDays(messages, chat) {
        const nodes = [];
        let day = "";
        for (const message of messages) {
            const label = dayLabel(new Date(message.at), store.now(), this.language, this.words);
            if (label !== day) {
                nodes.push(
                    this._kept(`day ${label}`, label, () => el("li", { class: "day" }, label))
                );
                day = label;
            }
            nodes.push(this._bubble(message, chat));
        }
        return nodes;
    }

    /** Return the node drawn last time for `key` when it would look the same now. */
    _kept(key, look, draw) {
        const last = this.drawn.get(key);
        if (last?.look === look) {
            return last.node;
        }
        const node = draw();
        this.drawn.set(key, { look, node });
        return node;
    }

    _bubble(message, chat) {
        const quoted = chat.messages.get(message.quoted_wamid);
        const context = this._context(quoted);
        const look = JSON.stringify([
            { ...message, status: "" },
            quoted && { ...quoted, status: "" },
        ]);
        const node = this._kept(message.wamid, look, () => bubble(message, context));
        if (node.dataset.status !== message.status) {
            showStatus(node, message, context);
        }
        return node;
    }

    _context(quoted) {
        const businessName = this.business?.verified_name ?? "";
        const act = (action, body) => api.act(this.phone, action, body).catch(complain);
        return {
            quoted,
            phone: this.phone,
            number: this.number,
            words: this.words,
            language: this.language,
            businessName,
            onOpenImage: openImage,
            onReply: (chosen) => {
                const own = chosen.direction === "inbound";
                this.composer.replyTo(chosen, own ? this.words.you : businessName);
            },
            onEdit: (chosen) => this.composer.edit(chosen),
            onButton: (message, button, near) => press(message, button, near, this.composer),
            onPlay: ({ wamid, direction }) => {
                if (direction === "outbound") {
                    act("play", { wamid });
                }
            },
        };
    }

    _drawTyping(typing) {
        const dots = this.list.querySelector(".dots");
        if (typing && !dots) {
            const parts = [el("i"), el("i"), el("i")];
            this.list.append(el("li", { class: "bubble theirs dots" }, ...parts));
            if (this.atBottom) {
                this._toBottom();
            }
        } else if (!typing && dots) {
            dots.remove();
        }
    }

    _drawStrip(chat) {
        const numbers = [...store.numbers.values()].map((number) => {
            const label = number.verified_name || number.display_phone_number;
            const option = el("option", { value: number.phone_number_uid }, label);
            option.selected = number.phone_number_uid === this.number;
            return option;
        });
        const select = { "aria-label": "Business number", data: { role: "number" } };
        select.on = { change: (event) => this.actions.onNumber(event.target.value) };
        this.window = el("span", { class: "window", data: { role: "window" } });
        const open = toggle("Chat open (read receipts)", chat.open, "open-chat", (checked) =>
            api.look(this.phone, this.number, checked).catch(complain)
        );
        const offline = toggle("Offline", this.customer.offline, "offline", (checked) =>
            api.saveCustomer(this.phone, { offline: checked }).catch(complain)
        );
        const to = el("label", { class: "writes-to" }, "To", el("select", select, ...numbers));
        this.strip.replaceChildren(
            el("div", { class: "strip-row" }, to, this.window),
            el("div", { class: "strip-row" }, open, offline)
        );
    }

    _drawWindow(chat) {
        const expires = chat.windowExpiresAt ? new Date(chat.windowExpiresAt) : null;
        const left = expires ? (expires - store.now()) / 1000 : 0;
        this.window.classList.toggle("closed", left <= 0);
        this.window.textContent = left > 0 ? `Window open ${duration(left)}` : "Window closed";
    }
}
