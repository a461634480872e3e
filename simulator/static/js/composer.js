/** Where the phone's owner writes: text, files, everything of the attach menu, replies, edits. */

import { api } from "./api.js";
import { openAttachMenu } from "./attach_menu.js";
import { summary } from "./contents.js";
import { el, icon } from "./dom.js";
import { readFile } from "./files.js";
import { complain } from "./toast.js";

export class Composer {
    /**
     * @param {string} phone  digits of the customer
     * @param {string} number  uid of the business number
     * @param {Object} words  of the phone's language
     */
    constructor(phone, number, words) {
        Object.assign(this, { phone, number, words, sending: false });
        Object.assign(this, { quoted: null, file: null, edited: null });
        this.preview = el("div", { class: "preview", hidden: true });
        this.input = this._makeInput();
        this.pickers = [
            this._makePicker("attach", words.photo, "image/*,video/*", ""),
            this._makePicker("attach-document", words.document, "", "document"),
        ];
        this.attachButton = this._makeAttachButton();
        this.sendButton = this._makeSendButton();
        this.node = el(
            "form",
            { class: "composer", on: { submit: (event) => this._submit(event) } },
            this.preview,
            el("div", { class: "row" }, this.attachButton, this.input, this.sendButton),
            // Kept here, so that they exist while the menu is closed.
            el("div", { hidden: true }, ...this.pickers.map((picker) => picker.input))
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
            const file = event.clipboardData.files[0];
            if (file) {
                event.preventDefault();
                this._attach(file, "");
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

    _makePicker(role, label, accept, kind) {
        const onChange = () => {
            if (input.files[0]) {
                this._attach(input.files[0], kind);
            }
            input.value = "";
        };
        const input = el("input", {
            type: "file",
            accept,
            data: { role },
            on: { change: onChange },
        });
        return { label, input };
    }

    _makeAttachButton() {
        const onClick = () => openAttachMenu(this.node, this, this._pickerButtons());
        const properties = { type: "button", class: "round", title: "+", "aria-label": "Attach" };
        const data = { role: "open-attach-menu" };
        return el("button", { ...properties, data, on: { click: onClick } }, icon("attach"));
    }

    _pickerButtons() {
        return this.pickers.map(({ label, input }) => {
            const onClick = (event) => {
                event.currentTarget.closest(".sheet-room").remove();
                input.click();
            };
            const properties = { type: "button", class: "line-button", on: { click: onClick } };
            return el("button", properties, el("span", { class: "mark" }, "📁"), `${label}…`);
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
        const inputs = this.pickers.map((picker) => picker.input);
        for (const control of [this.input, this.attachButton, this.sendButton, ...inputs]) {
            control.disabled = !enabled;
        }
    }

    /** Answer `message`; `author` is who wrote it. */
    replyTo(message, author) {
        this.quoted = { message, author };
        this._showPreview();
    }

    /** Change the text of an own `message`. */
    edit(message) {
        this._clearPreview();
        this.edited = message;
        this.quoted = { message, author: this.words.edit };
        this.input.value = message.type === "text" ? message.text : (message.caption ?? "");
        this._showPreview();
        this._fit();
    }

    async _attach(file, kind) {
        try {
            this.file = await readFile(file, kind);
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
        if (this.file) {
            const isImage = this.file.kind === "image";
            parts.push(
                isImage
                    ? el("img", { src: this.file.url, alt: "" })
                    : el("span", { dir: "auto" }, this.file.filename)
            );
        }
        const onClick = () => this._clearPreview();
        const properties = { type: "button", "aria-label": "Remove", on: { click: onClick } };
        this.preview.replaceChildren(...parts, el("button", properties, icon("close")));
        this.preview.hidden = false;
        this.input.focus();
    }

    _clearPreview() {
        this.quoted = this.file = this.edited = null;
        this.preview.replaceChildren();
        this.preview.hidden = true;
    }

    _message() {
        const text = this.input.value.trim();
        if (this.file) {
            const { kind, mime_type, data, filename } = this.file;
            const content = { mime_type, data };
            if (kind === "document") {
                content.filename = filename;
            }
            if (text && kind !== "audio") {
                content.caption = text;
            }
            return { type: kind, [kind]: content };
        }
        return text ? { type: "text", text: { body: text } } : null;
    }

    /** Send a message of any kind, as the answer to what is quoted. */
    async send(message) {
        const context = this.quoted ? { context: { wamid: this.quoted.message.wamid } } : {};
        await api.write(this.phone, { phone_number_uid: this.number, ...message, ...context });
        this._clearPreview();
    }

    async _submit(event) {
        event.preventDefault();
        const message = this._message();
        if (!message || this.sending) {
            return;
        }
        this.sending = true;
        try {
            if (this.edited) {
                const text = this.input.value.trim();
                await api.act(this.phone, "edit", { wamid: this.edited.wamid, text });
                this._clearPreview();
            } else {
                await this.send(message);
            }
            this.input.value = "";
            this._fit();
        } catch (error) {
            complain(error);
        } finally {
            this.sending = false;
        }
    }
}
