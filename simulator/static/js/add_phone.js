/** The dialog that puts another phone on the table: a known person or a new one. */

import { api } from "./api.js";
import { el } from "./dom.js";
import { store } from "./store.js";
import { LANGUAGES } from "./words.js";

const NEW = "new";

/** Ask for a person and a number, then call `onChosen(phone, number)`. */
export function askForPhone(onChosen) {
    const dialog = el("dialog", { class: "ask" });
    const form = el(
        "form",
        { method: "dialog" },
        el("h2", {}, "Add a phone"),
        field("Person", personSelect()),
        newPersonFields(),
        field("Writes to", numberSelect()),
        el("p", { class: "problem", role: "alert" }),
        el(
            "div",
            { class: "buttons" },
            el("button", { type: "button", on: { click: () => dialog.close() } }, "Cancel"),
            el("button", { class: "primary" }, "Add")
        )
    );
    form.addEventListener("submit", (event) => submit(event, form, dialog, onChosen));
    form.elements.person.addEventListener("change", () => showNewPerson(form));
    dialog.append(form);
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    showNewPerson(form);
    dialog.showModal();
}

const field = (label, control) => el("label", { class: "field" }, el("span", {}, label), control);

function personSelect() {
    const people = [...store.customers.values()].map((customer) =>
        el("option", { value: customer.phone }, `${customer.name} (+${customer.phone})`)
    );
    return el(
        "select",
        { name: "person" },
        el("option", { value: NEW }, "Somebody new"),
        ...people
    );
}

function numberSelect() {
    const options = [...store.numbers.values()].map((number) => {
        const label = `${number.verified_name} (${number.display_phone_number})`;
        return el("option", { value: number.phone_number_uid }, label);
    });
    return el("select", { name: "number", required: true }, ...options);
}

function newPersonFields() {
    const languages = Object.entries(LANGUAGES).map(([code, name]) =>
        el("option", { value: code }, name)
    );
    return el(
        "fieldset",
        { class: "new-person" },
        field("Name", el("input", { name: "name", dir: "auto", autocomplete: "off" })),
        field(
            "Phone, with country code",
            el("input", { name: "phone", inputmode: "tel", placeholder: "+34 600 111 222" })
        ),
        field("Language of the phone", el("select", { name: "language" }, ...languages)),
        el(
            "label",
            { class: "check" },
            el("input", { type: "checkbox", name: "hidden" }),
            "Hides the phone number from businesses"
        )
    );
}

function showNewPerson(form) {
    const fresh = form.elements.person.value === NEW;
    form.querySelector(".new-person").hidden = !fresh;
    form.elements.name.required = fresh;
    form.elements.phone.required = fresh;
}

async function submit(event, form, dialog, onChosen) {
    event.preventDefault();
    try {
        const phone =
            form.elements.person.value === NEW
                ? await createPerson(form)
                : form.elements.person.value;
        dialog.close();
        onChosen(phone, form.elements.number.value);
    } catch (error) {
        form.querySelector(".problem").textContent = error.message;
    }
}

async function createPerson(form) {
    const digits = form.elements.phone.value.replace(/\D/g, "");
    const customer = await api.saveCustomer(digits || "0", {
        name: form.elements.name.value.trim(),
        language: form.elements.language.value,
        phone_hidden: form.elements.hidden.checked,
    });
    await store.loadDirectory();
    return customer.phone;
}
