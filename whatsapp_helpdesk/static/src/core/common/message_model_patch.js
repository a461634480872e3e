import { kindName, needsPlaceholder } from "./wa_message_kinds";

import { Message } from "@mail/core/common/message_model";
import { fields } from "@mail/core/common/record";

import { _t } from "@web/core/l10n/translation";
import { patch } from "@web/core/utils/patch";

const { DateTime } = luxon;

/** Age from which nobody waits any longer for WhatsApp to settle an unconfirmed message. */
export const UNCONFIRMED_MINUTES = 10;

patch(Message.prototype, {
    setup() {
        super.setup(...arguments);
        /** @type {"inbound"|"outbound"|undefined} */
        this.wa_direction = undefined;
        /** @type {{code: number|string, message: string, hint: string}|false} */
        this.wa_error = false;
        /** @type {false|"pending"|"fetching"|"done"|"failed"} */
        this.wa_media_state = false;
        /** @type {number|undefined} the wa.message to act on */
        this.wa_message_id = undefined;
        /** @type {string|undefined} */
        this.wa_state = undefined;
        /** @type {string|undefined} Meta's word */
        this.wa_type = undefined;
        const { compute } = this.inlineBody;
        this.inlineBody = fields.Html("", {
            compute() {
                return this.waPlaceholder || compute.call(this);
            },
        });
    },
    get isWhatsApp() {
        return this.message_type === "whatsapp_message";
    },
    get isWaOutbound() {
        return this.isWhatsApp && this.wa_direction === "outbound";
    },
    /** @returns {"loading"|"failed"|false} state of a file that is not there yet */
    get waMediaState() {
        if (!this.isWhatsApp || this.attachment_ids.length > 0) {
            return false;
        }
        if (this.wa_media_state === "failed") {
            return "failed";
        }
        return ["fetching", "pending"].includes(this.wa_media_state) && "loading";
    },
    /** @returns {string} what stands for content that is not shown, "" if all is shown */
    get waPlaceholder() {
        if (!this.isWhatsApp || !this.wa_type || this.attachment_ids.length > 0) {
            return "";
        }
        if (needsPlaceholder(this.wa_type, !this.isBodyEmpty)) {
            return _t("%(kind)s: not shown yet", { kind: kindName(this.wa_type) });
        }
        return this.isBodyEmpty ? kindName(this.wa_type) : "";
    },
    /**
     * @param {luxon.DateTime} [now]
     * @returns {boolean} whether the message waits longer than WhatsApp usually needs
     */
    isWaUnconfirmedLong(now = DateTime.now()) {
        return (
            this.wa_state === "unconfirmed" &&
            now.diff(this.datetime).as("minutes") >= UNCONFIRMED_MINUTES
        );
    },
    get bubbleColor() {
        if (!this.isWhatsApp) {
            return super.bubbleColor;
        }
        return this.wa_direction === "inbound" ? "blue" : "green";
    },
    computeIsEmpty() {
        return !this.isWhatsApp && super.computeIsEmpty();
    },
    /** A reaction would stay in Odoo while the agent believes that the customer sees it. */
    canAddReaction(thread) {
        return !this.isWhatsApp && super.canAddReaction(...arguments);
    },
    waRetry() {
        return this.store.env.services.orm.call("wa.message", "action_retry", [
            [this.wa_message_id],
        ]);
    },
});
