import { _t } from "@web/core/l10n/translation";

/** Kinds that the conversation shows as they are. */
const SHOWN_KINDS = new Set(["text", "image"]);

/** Kinds whose text is only the caption of a file that is not shown yet. */
const FILE_KINDS = new Set(["audio", "document", "sticker", "video"]);

const KIND_NAMES = {
    audio: _t("Voice or audio message"),
    button: _t("Button reply"),
    contacts: _t("Contact card"),
    document: _t("Document"),
    image: _t("Photo"),
    interactive: _t("Interactive message"),
    location: _t("Location"),
    order: _t("Order"),
    reaction: _t("Reaction"),
    sticker: _t("Sticker"),
    system: _t("System message"),
    template: _t("Template message"),
    text: _t("Text"),
    unsupported: _t("Message that WhatsApp does not hand over"),
    video: _t("Video"),
};

/**
 * @param {string} kind Meta's word for the type of the message
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
    return kind ? kindName(kind) : preview || "";
}

/**
 * @param {string} kind Meta's word for the type of the message
 * @param {boolean} hasText whether the message has text to show
 * @returns {boolean} whether a placeholder must stand for the message or its file
 */
export function needsPlaceholder(kind, hasText) {
    return FILE_KINDS.has(kind) || (!SHOWN_KINDS.has(kind) && !hasText);
}
