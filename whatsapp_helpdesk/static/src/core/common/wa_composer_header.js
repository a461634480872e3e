import { useWaClock } from "./wa_clock";

import { Component } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";

/** Longest text of one WhatsApp message, in the units of JavaScript's `length`. */
export const TEXT_LENGTH = 4096;

/** Above the text: who will read it, and how long the customer can still be written to. */
export class WaComposerHeader extends Component {
    static template = "whatsapp_helpdesk.WaComposerHeader";
    static props = ["composer"];

    setup() {
        super.setup();
        this.clock = useWaClock();
    }

    get conversation() {
        return this.props.composer.thread.wa_conversation_id;
    }

    get isNote() {
        return this.props.composer.isWaNote;
    }

    get showCountdown() {
        return this.conversation?.isClosing(this.clock.now);
    }

    get countdown() {
        const minutes = this.conversation.minutesLeft(this.clock.now);
        if (minutes < 60) {
            return _t("%(minutes)s min left", { minutes });
        }
        return _t("%(hours)s h %(minutes)s min left", {
            hours: Math.floor(minutes / 60),
            minutes: minutes % 60,
        });
    }

    /** @returns {string} what becomes of a text that is too long for one message */
    get lengthHint() {
        const count = this.props.composer.composerText.length;
        if (this.isNote || count <= TEXT_LENGTH) {
            return "";
        }
        return _t("%(count)s characters: will be sent as %(messages)s or more messages", {
            count,
            messages: Math.ceil(count / TEXT_LENGTH),
        });
    }

    /** @param {boolean} note */
    setNote(note) {
        this.props.composer.setWaNote(note);
    }
}
