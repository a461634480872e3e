/** Where the phone's owner writes: text, picture, reply. */

import { api } from "./api.js";
import { summary } from "./bubble.js";
import { el, icon } from "./dom.js";
import { readPicture } from "./pictures.js";
import { complain } from "./toast.js";

export class Composer {
    /**
     * @param {string} phone  digits of the customer
     * @param {string} number  uid of the business number
     * @param {Object} words  of the phone's language
     */
    constructor(phone, number, words) {
        Object.assign(this, { phone, number, words, quoted: null, picture: null, sending: false });
        this.preview = el("div", { class: "preview", hidden: true });
        this.input = this._makeInput();
        this.file = this._makeFile();
        this.sendButton = this._makeSendButton();
        this.node = el(
            "form",
            { class: "composer", on: { submit: (event) => this._submit(event) } },
            this.preview,
            el(
                "div",
                { class: "row" },
                el("label", { class: "round", title: words.photo }, icon("attach"), this.file),
                this.input,
                this.sendButton
            )
        );
    }

    _makeInput() {
        const onKey = (event) => {
            if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
                event.preventDefault();
                this.node.requestSubmit();
            }
            if (event.key === "Escape") {
                this._clearPreview();
            }
        };
        const onPaste = (event) => {
            const file = [...event.clipboardData.files].find((f) => f.type.startsWith("image/"));
            if (file) {
                event.preventDefault();
                this._attach(file);
            }
        };
        const onInput = () => this._fit();
        return el("textarea", {
            rows: "1",
            dir: "auto",
            placeholder: this.words.message,
            "aria-label": this.words.message,
            data: { role: "composer" },
            on: { keydown: onKey, paste: onPaste, input: onInput },
        });
    }

    _makeFile() {
        const onChange = () => {
            if (this.file.files[0]) {
                this._attach(this.file.files[0]);
            }
            this.file.value = "";
        };
        return el("input", {
            type: "file",
            accept: "image/*",
            data: { role: "attach" },
            on: { change: onChange },
        });
    }

    _makeSendButton() {
        const properties = { class: "round send", "aria-label": "Send", data: { role: "send" } };
        return el("button", properties, icon("send"));
    }

    /** Grow with the text, up to the height that the style sheet allows. */
    _fit() {
        this.input.style.height = "auto";
        this.input.style.height = `${this.input.scrollHeight}px`;
    }

    setEnabled(enabled) {
        for (const control of [this.input, this.file, this.sendButton]) {
            control.disabled = !enabled;
        }
    }

    /** Answer `message`; `author` is who wrote it. */
    replyTo(message, author) {
        this.quoted = { message, author };
        this._showPreview();
    }

    async _attach(file) {
        try {
            this.picture = await readPicture(file);
            this._showPreview();
        } catch (error) {
            complain(error);
        }
    }

    _showPreview() {
        const parts = [];
        if (this.quoted) {
            const { message, author } = this.quoted;
            const line = el("span", { dir: "auto" }, summary(message, this.words));
            parts.push(el("div", { class: "quoted" }, el("strong", { dir: "auto" }, author), line));
        }
        if (this.picture) {
            parts.push(el("img", { src: this.picture.url, alt: "" }));
        }
        const onClick = () => this._clearPreview();
        const properties = { type: "button", "aria-label": "Remove", on: { click: onClick } };
        this.preview.replaceChildren(...parts, el("button", properties, icon("close")));
        this.preview.hidden = false;
        this.input.focus();
    }

    _clearPreview() {
        this.quoted = this.picture = null;
        this.preview.replaceChildren();
        this.preview.hidden = true;
    }

    _message() {
        const text = this.input.value.trim();
        const message = { phone_number_uid: this.number };
        if (this.picture) {
            const { mime_type, data } = this.picture;
            message.type = "image";
            message.image = text ? { mime_type, data, caption: text } : { mime_type, data };
        } else if (text) {
            message.type = "text";
            message.text = { body: text };
        } else {
            return null;
        }
        if (this.quoted) {
            message.context = { wamid: this.quoted.message.wamid };
        }
        return message;
    }

    async _submit(event) {
        event.preventDefault();
        const message = this._message();
        if (!message || this.sending) {
            return;
        }
        this.sending = true;
        try {
            await api.write(this.phone, message);
            this.input.value = "";
            this._clearPreview();
            this._fit();
        } catch (error) {
            complain(error);
        } finally {
            this.sending = false;
        }
    }
}
