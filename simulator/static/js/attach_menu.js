/** What a phone can send beside text: files, samples of them, places, people, orders, calls. */

import { api } from "./api.js";
import { el } from "./dom.js";
import { askInSheet, menuLine, openSheet } from "./sheet.js";

const SAMPLES = {
    image: ["image", "photo"],
    video: ["video", "video"],
    document: ["document", "document"],
    voice: ["audio", "voice"],
    audio: ["audio", "audio"],
    sticker: ["sticker", "sticker"],
    animated_sticker: ["sticker", "sticker"],
};
const MARKS = {
    image: "🖼",
    video: "🎬",
    document: "📄",
    voice: "🎙",
    audio: "🎵",
    sticker: "🙂",
    animated_sticker: "🤹",
    location: "📍",
    contacts: "👤",
    order: "🛒",
    missed: "📵",
    call: "📞",
    unsupported: "❔",
};

/**
 * Open the menu.
 * @param {Element} near  any node of the phone
 * @param {Object} composer  with `phone`, `number`, `words` and `send(message)`
 * @param {Node[]} pickers  labels with a file input
 */
export function openAttachMenu(near, composer, pickers) {
    const { words } = composer;
    const samples = Object.entries(SAMPLES).map(([name, [type, word]]) =>
        line(name, words[word], () => composer.send({ type, [type]: { sample: name } }))
    );
    openSheet(
        near,
        el("div", { class: "tiles" }, ...pickers),
        el(
            "div",
            { class: "tiles", data: { role: "attach-menu" } },
            ...samples,
            line("location", words.location, () => askForPlace(near, composer)),
            line("contacts", words.contact, () => askForCard(near, composer)),
            line("order", words.order, () => askForOrder(near, composer)),
            line("missed", words.missed, () => call(composer, 0)),
            line("call", words.call, () => call(composer, 75)),
            line("unsupported", "?", () =>
                composer.send({ type: "unsupported", unsupported: { type: "poll_creation" } })
            )
        )
    );
}

function line(kind, label, action) {
    const node = menuLine(label, { role: "send-kind", kind }, action);
    node.prepend(el("span", { class: "mark", "aria-hidden": "true" }, MARKS[kind]));
    return node;
}

function call(composer, seconds) {
    return api.act(composer.phone, "call", { phone_number_uid: composer.number, seconds });
}

/** Ask for a place and send it. */
export function askForPlace(near, composer) {
    const { words } = composer;
    const fields = [
        ["name", words.name, ""],
        ["address", words.address, ""],
        ["latitude", "°N", "30.0444"],
        ["longitude", "°E", "31.2357"],
    ];
    askInSheet(near, words.location, fields, words, (given) => {
        const location = { latitude: Number(given.latitude), longitude: Number(given.longitude) };
        for (const key of ["name", "address"]) {
            if (given[key].trim()) {
                location[key] = given[key].trim();
            }
        }
        return composer.send({ type: "location", location });
    });
}

function askForCard(near, composer) {
    const { words } = composer;
    const fields = [
        ["name", words.name, ""],
        ["phone", words.phone, "+20 100 555 0199"],
        ["email", "E-mail", ""],
    ];
    askInSheet(near, words.contact, fields, words, (given) => {
        const name = given.name.trim() || given.phone;
        const card = { name: { formatted_name: name, first_name: name.split(" ")[0] } };
        card.phones = [{ phone: given.phone, wa_id: given.phone.replace(/\D/g, ""), type: "CELL" }];
        if (given.email.trim()) {
            card.emails = [{ email: given.email.trim(), type: "WORK" }];
        }
        return composer.send({ type: "contacts", contacts: [card] });
    });
}

function askForOrder(near, composer) {
    const { words } = composer;
    const fields = [
        ["sku", "SKU", "TABLE-OAK"],
        ["quantity", "×", "1"],
        ["price", "€", "420"],
        ["note", words.message, ""],
    ];
    askInSheet(near, words.order, fields, words, (given) => {
        const item = {
            product_retailer_id: given.sku,
            quantity: Number(given.quantity),
            item_price: Number(given.price),
            currency: "EUR",
        };
        const order = { catalog_id: "1234567890", product_items: [item] };
        if (given.note.trim()) {
            order.text = given.note.trim();
        }
        return composer.send({ type: "order", order });
    });
}
