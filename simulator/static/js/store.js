/** What the page knows: people, business numbers, clock and the chats that are shown. */

import { api } from "./api.js";

export const chatKey = (phone, number) => `${phone}/${number}`;

class Store extends EventTarget {
    customers = new Map();
    numbers = new Map();
    chats = new Map();
    offsetSeconds = 0;
    down = false;
    waiting = 0;
    chatLines = [];

    /** Read people, numbers and clock again. */
    async loadDirectory() {
        const state = await api.state();
        this.customers = new Map(state.customers.map((customer) => [customer.phone, customer]));
        const numbers = state.accounts.flatMap((account) => account.numbers);
        this.numbers = new Map(numbers.map((number) => [number.phone_number_uid, number]));
        this.offsetSeconds = state.clock.offset_seconds;
        this.down = state.webhooks.down;
        this.waiting = state.webhooks.waiting_for_retry;
        this.chatLines = state.chats;
        this.dispatchEvent(new Event("directory"));
    }

    /** Read one chat from the server and keep it live from then on. */
    async loadChat(phone, number) {
        const found = await api.chat(phone, number);
        const chat = {
            messages: new Map(found.messages.map((message) => [message.wamid, message])),
            windowExpiresAt: found.window_expires_at,
            open: found.open,
            typingUntil: 0,
        };
        this.chats.set(chatKey(phone, number), chat);
        this._announce(phone, number);
        return chat;
    }

    /** WhatsApp's time now. */
    now() {
        return new Date(Date.now() + this.offsetSeconds * 1000);
    }

    /** Take one event of the live stream. */
    receive(event) {
        if (event.kind === "directory") {
            return this.loadDirectory();
        }
        if (event.kind === "templates") {
            this.dispatchEvent(new Event("templates"));
            return null;
        }
        if (event.kind === "reload") {
            return this.reload();
        }
        const chat = this.chats.get(chatKey(event.phone, event.phone_number_uid));
        if (!chat) {
            return null;
        }
        if (event.kind === "message") {
            this._takeMessage(chat, event.message);
        } else if (event.kind === "chat") {
            chat.open = event.open;
            chat.windowExpiresAt = event.window_expires_at;
            chat.typingUntil = Date.now() + event.typing_seconds * 1000;
        }
        this._announce(event.phone, event.phone_number_uid);
        return null;
    }

    _takeMessage(chat, message) {
        const arrives = message.direction === "outbound" && message.status === "delivered";
        if (arrives) {
            chat.typingUntil = 0;
        }
        chat.messages.set(message.wamid, message);
    }

    /** Read everything again, after the stream was interrupted or the world was reset. */
    async reload() {
        await this.loadDirectory();
        const shown = [...this.chats.keys()];
        this.chats.clear();
        for (const key of shown) {
            const [phone, number] = key.split("/");
            if (this.customers.has(phone) && this.numbers.has(number)) {
                await this.loadChat(phone, number);
            }
        }
        this.dispatchEvent(new Event("directory"));
    }

    _announce(phone, number) {
        this.dispatchEvent(new CustomEvent("chat", { detail: chatKey(phone, number) }));
    }
}

export const store = new Store();
