import { waKindOf } from "./kinds/wa_kinds";
import { contentPreview, kindName, previewText } from "./wa_message_kinds";

import { Message } from "@mail/core/common/message_model";
import { fields } from "@mail/core/common/record";
import { htmlToTextContentInline } from "@mail/utils/common/format";

import { patch } from "@web/core/utils/patch";

const { DateTime } = luxon;

/** Age from which nobody waits any longer for WhatsApp to settle an unconfirmed message. */
export const UNCONFIRMED_MINUTES = 10;

/** States of messages that WhatsApp has. */
const KNOWN_STATES = new Set(["received", "sent", "delivered", "read", "played"]);

patch(Message.prototype, {
    setup() {
        super.setup(...arguments);
        /** @type {Object|false|undefined} what is inside besides text and files, with its `kind` */
        this.wa_content = undefined;
        /** @type {"inbound"|"outbound"|undefined} */
        this.wa_direction = undefined;
        /** @type {boolean} whether its sender changed it */
        this.wa_edited = false;
        /** @type {{code: number|string, message: string, hint: string}|false} */
        this.wa_error = false;
        /** @type {false|"once"|"often"} */
        this.wa_forwarded = false;
        /** @type {string|false} why its file could not be fetched */
        this.wa_media_error = false;
        /** @type {false|"pending"|"fetching"|"done"|"failed"} */
        this.wa_media_state = false;
        /** @type {number|undefined} the wa.message to act on */
        this.wa_message_id = undefined;
        /** @type {boolean} whether Odoo sent it by itself, because of a document */
        this.wa_notice = false;
        /** @type {false|"app"|"history"|"standby"} where it was written, if not by us or just now */
        this.wa_origin = false;
        /** @type {Object|false} the ad or post that the customer came from */
        this.wa_referral = false;
        /** @type {boolean} whether its sender deleted it */
        this.wa_revoked = false;
        /**
         * @type {{id: number, type: string, name: string, state: string, error: Object|false}[]|
         * false} what became of each WhatsApp message, if it took several
         */
        this.wa_parts = false;
        /** @type {string|undefined} */
        this.wa_state = undefined;
        /** @type {string|undefined} Meta's word */
        this.wa_type = undefined;
        const { compute } = this.inlineBody;
        this.inlineBody = fields.Html("", {
            compute() {
                return this.waPreview || compute.call(this);
            },
        });
    },
    get isWhatsApp() {
        return this.message_type === "whatsapp_message";
    },
    get isWaOutbound() {
        return this.isWhatsApp && this.wa_direction === "outbound";
    },
    /** Whether it came from the customer and can be reported to them as read. */
    get isWaReadable() {
        return (
            this.isWhatsApp &&
            this.wa_direction === "inbound" &&
            this.wa_origin !== "history" &&
            Number.isInteger(this.id)
        );
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
    /** How to show what is more than text and files, undefined if nothing is. */
    get waKind() {
        return this.isWhatsApp && !this.wa_revoked ? waKindOf(this.wa_content) : undefined;
    },
    /** Whether it stands by itself between the bubbles of both sides. */
    get isWaLine() {
        return Boolean(this.waKind?.isLine);
    },
    /** @returns {string} what stands for content of which nothing can be shown, "" if there is some */
    get waPlaceholder() {
        if (!this.isWhatsApp || !this.wa_type || this.attachment_ids.length > 0) {
            return "";
        }
        return this.isBodyEmpty && !this.waKind && !this.wa_revoked ? kindName(this.wa_type) : "";
    },
    /** @returns {string} the message on one line, "" if its body says all */
    get waPreview() {
        if (!this.isWhatsApp || !this.wa_type) {
            return "";
        }
        if (this.wa_revoked) {
            return previewText("[revoked]");
        }
        return contentPreview({
            content: this.wa_content,
            text: this.isBodyEmpty ? "" : htmlToTextContentInline(this.body),
            type: this.wa_type,
        });
    },
    get hasOnlyAttachments() {
        return !this.waPreview && super.hasOnlyAttachments;
    },
    get hasTextContent() {
        return super.hasTextContent || Boolean(this.waKind) || (this.isWhatsApp && this.wa_revoked);
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
    /** Whether something is there that an answer or a reaction can refer to. */
    get isWaReferable() {
        return !this.isWaLine && !this.wa_revoked;
    },
    /** Whether WhatsApp would hand a reaction over to the customer. */
    get isWaReactable() {
        return (
            this.isWaReferable &&
            KNOWN_STATES.has(this.wa_state) &&
            Boolean(this.thread?.wa_conversation_id?.canSend)
        );
    },
    /** Whether it is in a chat that the user only reads. */
    get isWaReadOnly() {
        const conversation = this.thread?.wa_conversation_id;
        return Boolean(conversation && !conversation.can("note"));
    },
    /** Whether trying again to send or fetch it is offered. */
    get canWaRetry() {
        return Boolean(this.thread?.wa_conversation_id?.can("reply"));
    },
    canAddReaction(thread) {
        return (
            super.canAddReaction(...arguments) &&
            !this.isWaReadOnly &&
            (!this.isWhatsApp || this.isWaReactable)
        );
    },
    canReplyTo(thread) {
        return (
            super.canReplyTo(...arguments) &&
            !this.isWaReadOnly &&
            (!this.isWhatsApp || this.isWaReferable)
        );
    },
    /** Sends again what did not arrive, and only that. */
    waRetry() {
        const parts = this.wa_parts || [];
        const ids = parts.filter(({ state }) => state === this.wa_state).map(({ id }) => id);
        return this.store.env.services.orm.call("wa.message", "action_retry", [
            ids.length > 0 ? ids : [this.wa_message_id],
        ]);
    },
});
