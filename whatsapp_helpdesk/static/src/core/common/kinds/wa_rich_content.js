import { safeUrl } from "./wa_formats";

import { markup } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";

/**
 * One shape for all messages with a header, buttons or choices.
 *
 * @typedef {Object} WaRichPart
 * @property {""|"text"|"image"|"video"|"document"|"location"|string} format of the header
 * @property {string} header text; of a place its lines, of a file its name
 * @property {string} picture its address, of a card
 * @property {ReturnType<typeof markup>|""} html the text
 * @property {string} footer
 * @property {WaRichOffer|undefined} offer
 * @property {WaRichButton[]} buttons
 * @property {WaRichSection[]} sections choices behind `listLabel`
 * @property {string} listLabel
 * @property {WaRichPart[]} cards
 *
 * @typedef {{text: string, code: string, endsAt: luxon.DateTime|undefined}} WaRichOffer
 *
 * @typedef {Object} WaRichButton
 * @property {string} icon
 * @property {string} text
 * @property {string} [url] where it leads, if an agent can go there too
 * @property {string} [hint] what is behind it
 * @property {boolean} [isReply] whether the customer answers with it
 *
 * @typedef {{title: string, rows: {title: string, description: string}[]}} WaRichSection
 */

const { DateTime } = luxon;

const TEMPLATE_ICONS = {
    catalog: "fa fa-shopping-bag",
    copy_code: "fa fa-clone",
    flow: "fa fa-list-alt",
    mpm: "fa fa-shopping-bag",
    otp: "fa fa-clone",
    phone_number: "fa fa-phone",
    quick_reply: "fa fa-reply",
    url: "fa fa-external-link",
    voice_call: "fa fa-phone",
};
// Meta fills in the words of these
const TEMPLATE_WORDS = {
    catalog: _t("View catalog"),
    copy_code: _t("Copy code"),
    mpm: _t("View items"),
    otp: _t("Copy code"),
};

const EMPTY = {
    buttons: [],
    cards: [],
    footer: "",
    format: "",
    header: "",
    html: "",
    listLabel: "",
    offer: undefined,
    picture: "",
    sections: [],
};

const READERS = {
    buttons: ({ buttons }) => ({ buttons: (buttons || []).map(replyButton) }),
    contact_request: () => ({
        buttons: [{ icon: "fa fa-id-card-o", isReply: true, text: _t("Share contact info") }],
    }),
    cta_url: ({ label, url }) => ({
        buttons: [{ icon: "fa fa-external-link", text: label, ...linkTo(url) }],
    }),
    list: ({ button, sections }) => ({
        listLabel: button,
        sections: (sections || []).map(choices),
    }),
    location_request: () => ({
        buttons: [{ icon: "fa fa-map-marker", isReply: true, text: _t("Send location") }],
    }),
    product: ({ product_name: name, retailer_uid: uid }) => ({
        buttons: [{ icon: "fa fa-shopping-bag", text: _t("View product"), hint: uid }],
        header: name || uid,
        format: "text",
    }),
    product_list: ({ sections }) => ({
        listLabel: _t("View items"),
        sections: (sections || []).map(products),
    }),
    template: (content) => ({
        buttons: (content.buttons || []).map(templateButton),
        cards: (content.cards || []).map((card) => richPart({ ...card, kind: "template" })),
        format: content.header_format || "",
        header: content.header || "",
        offer: offerOf(content),
        picture: pictureOf(content),
    }),
};

export const RICH_KINDS = Object.keys(READERS);

/**
 * @param {Object} content of a message, of a kind of `RICH_KINDS`
 * @returns {WaRichPart}
 */
export function richPart(content) {
    return {
        ...EMPTY,
        ...headerOf(content),
        footer: content.footer || "",
        // the server made it of WhatsApp's markup
        html: content.html ? markup(content.html) : "",
        ...READERS[content.kind](content),
    };
}

function headerOf({ header }) {
    if (!header) {
        return {};
    }
    if (typeof header === "string") {
        return { format: "text", header };
    }
    return { format: header.kind, header: header.text || header.filename || "" };
}

/** Twice the width of a card, for screens that show more. */
function pictureOf({ attachment_id: id, header_format: format }) {
    return id && format === "image" ? `/web/image/${id}/416x416` : "";
}

function replyButton({ title }) {
    return { icon: "fa fa-reply", isReply: true, text: title };
}

function templateButton({ kind, target, text }) {
    const button = {
        icon: TEMPLATE_ICONS[kind] ?? "fa fa-hand-pointer-o",
        isReply: kind === "quick_reply",
        text: text || (TEMPLATE_WORDS[kind] ?? kind).toString(),
    };
    if (kind === "url") {
        return { ...button, ...linkTo(target) };
    }
    if (["phone_number", "voice_call"].includes(kind)) {
        const digits = (target || "").replace(/[^\d+]/g, "");
        return { ...button, hint: target || undefined, url: digits ? `tel:${digits}` : undefined };
    }
    return { ...button, hint: target || undefined };
}

/** A link to follow, or only its address when it leads nowhere, as with a gap that was not filled. */
function linkTo(target) {
    const url = target?.includes("{{") ? undefined : safeUrl(target);
    return { hint: target || undefined, url };
}

function choices({ rows, title }) {
    return { title: title || "", rows: rows || [] };
}

function products({ product_names: names, retailer_uids: uids, title }) {
    const rows = (uids || []).map((uid) => ({
        title: names?.[uid] || uid,
        description: names?.[uid] ? uid : "",
    }));
    return { title: title || "", rows };
}

function offerOf({ offer, offer_code: code, offer_ends_at: endsAt }) {
    return offer
        ? {
              text: offer,
              code: code || "",
              endsAt: endsAt ? DateTime.fromMillis(endsAt) : undefined,
          }
        : undefined;
}
