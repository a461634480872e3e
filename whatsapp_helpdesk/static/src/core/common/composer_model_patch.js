import { Composer } from "@mail/core/common/composer_model";

import { patch } from "@web/core/utils/patch";

patch(Composer.prototype, {
    setup() {
        super.setup(...arguments);
        /** Whether the agent chose to write an internal note. */
        this.waNote = false;
    },
    get isWa() {
        return Boolean(!this.message && this.thread?.isWaConversation);
    },
    /** Whether the text stays in Odoo: chosen, or an answer to a colleague's note. */
    get isWaNote() {
        return Boolean(this.isWa && (this.waNote || this.replyToMessage?.isNote));
    },
    /** @param {boolean} note */
    setWaNote(note) {
        this.waNote = note;
        if (!note && this.replyToMessage?.isNote) {
            this.replyToMessage = undefined;
        }
        this.autofocus++;
    },
});
