/** A sheet that rises over the phone's screen: menus and small forms, as phones show them. */

import { el } from "./dom.js";
import { complain } from "./toast.js";

/**
 * Show a sheet on the screen that `near` belongs to.
 * @param {Element} near  any node of the phone
 * @param {...Node} children
 * @returns {() => void} closes it
 */
export function openSheet(near, ...children) {
    const screen = near.closest(".screen");
    screen.querySelector(".sheet-room")?.remove();
    const room = el("div", { class: "sheet-room" }, el("div", { class: "sheet" }, ...children));
    const close = () => room.remove();
    room.addEventListener("click", (event) => event.target === room && close());
    room.addEventListener("keydown", (event) => event.key === "Escape" && close());
    screen.append(room);
    room.querySelector("input, button")?.focus();
    return close;
}

/**
 * Make one line of a menu.
 * @param {string} label
 * @param {Object} data  for tests
 * @param {() => Promise} action
 */
export function menuLine(label, data, action) {
    const onClick = (event) => {
        event.currentTarget.closest(".sheet-room")?.remove();
        Promise.resolve(action()).catch(complain);
    };
    return el(
        "button",
        { type: "button", class: "line-button", data, on: { click: onClick } },
        label
    );
}

/**
 * Ask for a few values in a sheet.
 * @param {Element} near  any node of the phone
 * @param {string} title
 * @param {Array<[string, string, string]>} fields  name, label, value
 * @param {Object} words  of the phone's language
 * @param {(values: Object) => Promise} onSend
 */
export function askInSheet(near, title, fields, words, onSend) {
    const inputs = fields.map(([name, label, value]) =>
        el("label", {}, el("span", {}, label), el("input", { name, value, dir: "auto" }))
    );
    const form = el(
        "form",
        { class: "ask-sheet" },
        el("strong", {}, title),
        ...inputs,
        el("button", { class: "primary", data: { role: "sheet-send" } }, words.send)
    );
    const close = openSheet(near, form);
    form.addEventListener("submit", (event) => {
        event.preventDefault();
        const values = Object.fromEntries(new FormData(form));
        onSend(values).then(close).catch(complain);
    });
}
