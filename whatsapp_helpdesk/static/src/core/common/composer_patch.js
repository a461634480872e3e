import { WaComposerHeader } from "./wa_composer_header";

import { Composer } from "@mail/core/common/composer";
import "@mail/discuss/typing/common/composer_patch";

import { toRaw } from "@odoo/owl";

import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { useBus } from "@web/core/utils/hooks";
import { patch } from "@web/core/utils/patch";

Composer.components = { ...Composer.components, WaComposerHeader };

/**
 * @param {string} key
 * @returns {Object} the draft stored under the key, empty if there is none or it is damaged
 */
function readDraft(key) {
    try {
        return JSON.parse(browser.localStorage.getItem(key)) ?? {};
    } catch {
        return {};
    }
}

patch(Composer.prototype, {
    setup() {
        super.setup(...arguments);
        useBus(this.env.bus, "whatsapp_helpdesk:thread_lost", ({ detail: thread }) => {
            if (this.isWaComposer && this.thread.eq(thread)) {
                this.saveContent();
            }
        });
    },
    get isWaComposer() {
        return this.props.composer.isWa;
    },
    get waComposerClass() {
        if (!this.isWaComposer) {
            return "";
        }
        return this.props.composer.isWaNote ? "o-wa-composer o-wa-note" : "o-wa-composer";
    },
    get placeholder() {
        if (!this.isWaComposer) {
            return super.placeholder;
        }
        return this.props.composer.isWaNote
            ? _t("Write an internal note…")
            : _t("Message to %(customer)s…", { customer: this.thread.displayName });
    },
    get SEND_TEXT() {
        if (!this.isWaComposer) {
            return super.SEND_TEXT;
        }
        return this.props.composer.isWaNote ? _t("Save internal note") : _t("Send to the customer");
    },
    get postData() {
        const data = super.postData;
        if (this.isWaComposer) {
            data.isNote = toRaw(this.props.composer).isWaNote;
        }
        return data;
    },
    get extraData() {
        const data = super.extraData;
        if (!this.isWaComposer || !this.props.composer.attachments.some((file) => file.waSticker)) {
            return data;
        }
        return { ...data, context: { ...data.context, whatsapp_sticker: true } };
    },
    /** @param {{name: string, type: string, data: string}} data */
    onWaStickerChosen(data) {
        return this.attachmentUploader.uploadData(data, { waSticker: true });
    },
    /** Called at each key: the customer is told again and again, colleagues only once. */
    detectTyping() {
        super.detectTyping(...arguments);
        const { composerText, isWa, isWaNote } = this.props.composer;
        if (isWa && !isWaNote && composerText.trim()) {
            this.thread.wa_conversation_id?.notifyTyping();
        }
    },
    /** The server would make everyone who types a member of the conversation. */
    notifyIsTyping() {
        if (this.thread?.isWaConversation && !this.thread.self_member_id) {
            return;
        }
        super.notifyIsTyping(...arguments);
    },
    /** A draft of a note must never come back as a draft for the customer. */
    saveContent() {
        if (!this.props.composer.exists()) {
            return; // the draft was kept when the chat was lost
        }
        super.saveContent(...arguments);
        const { localId, waNote } = toRaw(this.props.composer);
        if (waNote && browser.localStorage.getItem(localId)) {
            const draft = { ...readDraft(localId), waNote };
            browser.localStorage.setItem(localId, JSON.stringify(draft));
        }
    },
    restoreContent() {
        if (this.isWaComposer && readDraft(this.props.composer.localId).waNote) {
            this.props.composer.waNote = true;
        }
        super.restoreContent(...arguments);
    },
});
