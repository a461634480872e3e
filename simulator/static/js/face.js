/** How templates and interactive messages look: header, text, footer, cards and buttons. */

import { el, icon } from "./dom.js";
import { body, file, film, picture, place } from "./parts.js";
import { clockTime } from "./time.js";

// More buttons than this hide behind one that shows all.
const BUTTONS_SHOWN = 3;
// Each phone shows these in its own language.
const WRITTEN_BY_META = new Set(["copy_code", "otp", "request_contact_info"]);
const ICONS = {
    reply: "reply",
    list: "list",
    url: "link",
    phone: "call",
    call: "call",
    code: "copy",
    form: "form",
    place: "pin",
    contact: "person",
    products: "bag",
};

/**
 * Return the nodes above the time.
 * @param {Object} face  of a message, as `GET /sim/chats` gives it
 * @param {Object} context  as `bubble` gets it
 */
export function faceContent(face, context) {
    return [
        face.header ? header(face.header, context) : null,
        face.offer ? offer(face.offer, context) : null,
        face.text ? body(face.text) : null,
        products(face),
        face.footer ? el("small", { class: "footer", dir: "auto" }, face.footer) : null,
    ];
}

function header(given, context) {
    if (given.type === "text") {
        return el("strong", { class: "headline", dir: "auto" }, given.text);
    }
    if (given.type === "location") {
        return place(given.location, context);
    }
    if (given.type === "image") {
        return picture(given.url, "", context);
    }
    return given.type === "document" ? file(given.url, given.filename) : film(given.url);
}

function offer(given, context) {
    const ends = given.expires_ms ? new Date(given.expires_ms) : null;
    const day = ends?.toLocaleDateString(context.language, { day: "numeric", month: "short" });
    const until = ends && `${context.words.ends} ${day}, ${clockTime(ends, context.language)}`;
    return el(
        "div",
        { class: "offer" },
        el("span", { class: "mark", "aria-hidden": "true" }, "🎁"),
        el("strong", { dir: "auto" }, given.text),
        until ? el("small", {}, until) : null
    );
}

/** The first product stands in the bubble, the others behind its button. */
function products(face) {
    const sections = face.buttons?.find((button) => button.kind === "products")?.sections ?? [];
    const rows = sections.flatMap((section) => section.rows ?? []);
    if (!rows.length) {
        return null;
    }
    const more = rows.length > 1 ? ` +${rows.length - 1}` : "";
    return el(
        "div",
        { class: "product" },
        el("span", { class: "mark", "aria-hidden": "true" }, "🛍"),
        el("strong", { dir: "auto" }, (rows[0].name ?? rows[0].retailer_id) + more),
        el("span", { dir: "ltr" }, price(rows[0]))
    );
}

/** A price as the catalogue tells it. */
export function price(product) {
    return product.price === undefined ? "" : `${product.price} ${product.currency ?? ""}`;
}

/** Return the buttons below the time, and the cards of a carousel; null when there are none. */
export function faceButtons(message, context) {
    const face = message.face;
    if (!face?.buttons && !face?.cards) {
        return null;
    }
    return el(
        "div",
        { class: "face-foot" },
        face.buttons ? buttons(message, face.buttons, context) : null,
        face.cards ? cards(message, context) : null
    );
}

function buttons(message, given, context) {
    const tooMany = given.length > BUTTONS_SHOWN;
    const shown = tooMany ? given.slice(0, BUTTONS_SHOWN - 1) : given;
    const nodes = shown.map((button) => faceButton(message, button, context));
    if (tooMany) {
        const all = { kind: "list", text: context.words.all, buttons: given };
        nodes.push(faceButton(message, all, context));
    }
    return el("div", { class: "options" }, ...nodes);
}

/** What a button says where WhatsApp itself writes it. */
export function labelOf(button, words) {
    const { location: place, share: contact, items: products, copy: code } = words;
    const own = { place, contact, products, code }[button.kind];
    return (WRITTEN_BY_META.has(button.type) && own) || button.text || own || button.kind;
}

/** What names a button when it is tapped: its id, or what it opens. */
export function choiceOf(button) {
    return button.id ?? button.url ?? button.phone ?? button.code ?? button.text;
}

function faceButton(message, button, context) {
    const label = labelOf(button, context.words);
    const tapped = message.tapped?.includes(choiceOf(button));
    const said = button.kind === "code" ? context.words.copied : context.words.opened;
    return el(
        "button",
        {
            type: "button",
            class: tapped ? "tapped" : "",
            data: { role: "option", option: button.id ?? button.text, kind: button.kind },
            on: { click: (event) => context.onButton(message, button, event.currentTarget) },
        },
        icon(ICONS[button.kind] ?? "reply"),
        el("span", { dir: "auto" }, label),
        tapped ? el("small", {}, `✓ ${said}`) : null
    );
}

function cards(message, context) {
    const nodes = message.face.cards.map((card) =>
        el(
            "li",
            {},
            ...faceContent(card, context).filter(Boolean),
            card.buttons
                ? el(
                      "div",
                      { class: "options" },
                      ...card.buttons.map((button) => faceButton(message, button, context))
                  )
                : null
        )
    );
    return el("ul", { class: "cards", tabindex: "0" }, ...nodes);
}
