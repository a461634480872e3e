import { waKindOf } from "./kinds/wa_kinds";

import { _t } from "@web/core/l10n/translation";

const KIND_NAMES = {
    audio: _t("Audio"),
    buttons: _t("Message with buttons"),
    call: _t("Call"),
    call_missed: _t("Missed call"),
    call_permission: _t("Answer about calls"),
    contact_request: _t("Request for the phone number"),
    contacts: _t("Contact card"),
    cta_url: _t("Message with a link"),
    document: _t("Document"),
    form: _t("Answers"),
    image: _t("Photo"),
    interactive: _t("Interactive message"),
    list: _t("Message with a list"),
    location: _t("Location"),
    location_request: _t("Request for the location"),
    order: _t("Order"),
    product: _t("Product"),
    product_list: _t("Products"),
    reaction: _t("Reaction"),
    reply: _t("Button reply"),
    revoked: _t("This message was deleted"),
    sticker: _t("Sticker"),
    system: _t("News of the customer's account"),
    template: _t("Template message"),
    text: _t("Text"),
    unknown: _t("Message that could not be read"),
    unsupported: _t("Message that WhatsApp does not hand over"),
    video: _t("Video"),
    voice: _t("Voice note"),
};

/** Tells kinds at a glance in lists. The server begins previews with the same. */
const KIND_EMOJI = {
    audio: "🎧",
    call: "📞",
    call_missed: "📞",
    call_permission: "📞",
    contacts: "👤",
    document: "📄",
    form: "📋",
    image: "📷",
    location: "📍",
    order: "🛒",
    revoked: "🚫",
    sticker: "🖼️",
    system: "ℹ️",
    unknown: "⚠️",
    unsupported: "⚠️",
    video: "🎥",
    voice: "🎤",
};

/**
 * @param {string} kind Meta's word for the type of the message, or ours for what is inside
 * @returns {string} its name in the user's language
 */
export function kindName(kind) {
    return (KIND_NAMES[kind] ?? _t("Message of the type “%(kind)s”", { kind })).toString();
}

const R_KIND = /^\[(\w+)\]$/;

/**
 * @param {string|false} preview text of a message, or "[kind]" if it has none
 * @returns {string} the text as an agent should see it in a list
 */
export function previewText(preview) {
    const kind = R_KIND.exec(preview || "")?.[1];
    return kind ? withEmoji(kind, kindName(kind)) : preview || "";
}

/**
 * @param {Object} message
 * @param {string} message.type Meta's word
 * @param {Object|false} [message.content] see `kinds/wa_kinds.js`
 * @param {string} message.text what it says besides, on one line
 * @returns {string} the message on one line, "" if its text says all
 */
export function contentPreview({ type, content, text }) {
    const kind = content?.kind === "audio" && content.voice ? "voice" : (content?.kind ?? type);
    const shown = waKindOf(content);
    const words = shown?.preview ? shown.preview(content) : text;
    if (!shown && words && !(kind in KIND_EMOJI)) {
        return "";
    }
    return withEmoji(kind, words || kindName(kind));
}

function withEmoji(kind, words) {
    return [KIND_EMOJI[kind], words].filter(Boolean).join(" ");
}
