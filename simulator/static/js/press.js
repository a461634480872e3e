/** What happens when the phone's owner presses a button of a message. */

import { api } from "./api.js";
import { askForPlace } from "./attach_menu.js";
import { el } from "./dom.js";
import { choiceOf, labelOf, price } from "./face.js";
import { askInSheet, menuLine, openSheet } from "./sheet.js";
import { complain } from "./toast.js";

/**
 * Press a button.
 * @param {Object} message
 * @param {Object} button  of the message's face
 * @param {Element} near  any node of the phone
 * @param {Object} composer  of the phone
 */
export function press(message, button, near, composer) {
    const pressed = { message, button, near, composer };
    (PRESSED[button.kind] ?? tap)(pressed);
}

function act({ message, composer }, action, body) {
    return api.act(composer.phone, action, { wamid: message.wamid, ...body });
}

function tap(pressed) {
    act(pressed, "tap", { choice: choiceOf(pressed.button) }).catch(complain);
}

const PRESSED = {
    list: openList,
    form: askForAnswer,
    products: openProducts,
    place: ({ near, composer }) => askForPlace(near, composer),
    contact: (pressed) =>
        act(pressed, "share-contact", { phone_number_uid: pressed.composer.number }).catch(
            complain
        ),
};

/** The rows of a list, or all buttons of a template that has many. */
function openList(pressed) {
    const { message, button, near, composer } = pressed;
    if (button.buttons) {
        const lines = button.buttons.map((one) =>
            menuLine(labelOf(one, composer.words), dataOf(one), () =>
                press(message, one, near, composer)
            )
        );
        openSheet(near, title(button.text), ...lines);
        return;
    }
    const nodes = button.sections.flatMap((section) => [
        section.title ? el("h4", { dir: "auto" }, section.title) : null,
        ...section.rows.map((row) => rowLine(row, () => act(pressed, "tap", { choice: row.id }))),
    ]);
    openSheet(near, title(button.text), ...nodes.filter(Boolean));
}

const title = (text) => el("strong", { class: "sheet-title", dir: "auto" }, text);
const dataOf = (one) => ({ role: "option", option: one.id ?? one.text, kind: one.kind });

function rowLine(row, action) {
    const line = menuLine("", { role: "option", option: row.id }, action);
    const description = row.description && el("small", { dir: "auto" }, row.description);
    line.classList.add("row-line");
    line.append(
        el("span", {}, el("span", { dir: "auto" }, row.title), description || null),
        el("i", { class: "choice", "aria-hidden": "true" })
    );
    return line;
}

/** A form's contents are known to the business only: one answer stands for all. */
function askForAnswer(pressed) {
    const { button, near, composer } = pressed;
    const { words, number } = composer;
    askInSheet(near, button.text, [["answer", words.answer, ""]], words, (given) => {
        const answers = { flow_token: button.token, ...given };
        return act(pressed, "form", { phone_number_uid: number, answers });
    });
}

function openProducts({ button, near, composer }) {
    const lines = (button.sections ?? []).flatMap((section) => [
        section.title ? el("h4", { dir: "auto" }, section.title) : null,
        ...section.rows.map((product) => {
            const named = { id: product.retailer_id, title: product.name ?? product.retailer_id };
            const row = { ...named, description: price(product) };
            return rowLine(row, () => order(composer, button.catalog, product));
        }),
    ]);
    openSheet(near, title(labelOf(button, composer.words)), ...lines.filter(Boolean));
}

function order(composer, catalog, product) {
    const item = {
        product_retailer_id: product.retailer_id,
        quantity: 1,
        item_price: product.price ?? 0,
        currency: product.currency ?? "EUR",
    };
    const content = { catalog_id: catalog, product_items: [item] };
    return composer.send({ type: "order", order: content });
}
