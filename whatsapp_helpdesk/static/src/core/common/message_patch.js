import { WaMessageMarks } from "./wa_message_marks";
import { WaMessagePlaceholder } from "./wa_message_placeholder";
import { WaMessageStatus } from "./wa_message_status";
import { WaReferral } from "./wa_referral";
import { WaRevoked } from "./wa_revoked";
import { WaTicks } from "./wa_ticks";

import { Message } from "@mail/core/common/message";

import { _t } from "@web/core/l10n/translation";
import { patch } from "@web/core/utils/patch";

Object.assign(Message.components, {
    WaMessageMarks,
    WaMessagePlaceholder,
    WaMessageStatus,
    WaReferral,
    WaRevoked,
    WaTicks,
});

patch(Message.prototype, {
    get isWaNote() {
        return Boolean(this.message.thread?.isWaConversation && this.message.isNote);
    },
    get waTextDirection() {
        return this.message.thread?.isWaConversation ? "auto" : undefined;
    },
    get showWaPlaceholder() {
        return Boolean(this.message.waMediaState || this.message.waPlaceholder);
    },
    get showWaAttachments() {
        return (
            this.message.attachment_ids.length > 0 &&
            !this.message.wa_revoked &&
            !this.message.waKind?.isWhole
        );
    },
    get showWaStatus() {
        return (
            this.message.isWaOutbound && ["failed", "unconfirmed"].includes(this.message.wa_state)
        );
    },
    get attClass() {
        return {
            ...super.attClass,
            "o-wa": Boolean(this.message.thread?.isWaConversation),
            "o-wa-note": this.isWaNote,
            "o-wa-outbound": this.message.isWaOutbound,
            "o-wa-sticker": this.message.wa_type === "sticker",
            "o-wa-whole": Boolean(this.message.waKind?.isWhole),
        };
    },
    get messageTypeText() {
        return this.isWaNote ? _t("Internal note") : super.messageTypeText;
    },
});
