import {
    createConversation,
    createWaMessage,
    defineWhatsAppModels,
} from "../../whatsapp_test_helpers";

import { click, contains, openDiscuss, start, startServer } from "@mail/../tests/mail_test_helpers";

import { describe, expect, test } from "@odoo/hoot";
import { queryAllTexts, queryFirst } from "@odoo/hoot-dom";
import {
    asyncStep,
    mockService,
    onRpc,
    patchWithCleanup,
    waitForSteps,
} from "@web/../tests/web_test_helpers";

import { browser } from "@web/core/browser/browser";

describe.current.tags("desktop");
defineWhatsAppModels();

/** Opens a conversation in which the customer sent one message with this content. */
async function openContent(wa_content, values = {}) {
    const pyEnv = await startServer();
    const { channelId, partnerId } = createConversation(pyEnv, { mine: true });
    createWaMessage(pyEnv, channelId, {
        author_id: partnerId,
        body: "",
        wa_content,
        wa_direction: "inbound",
        wa_state: "received",
        wa_type: wa_content.kind,
        ...values,
    });
    await start();
    await openDiscuss(channelId);
}

const PLACE = {
    kind: "location",
    latitude: 52.525084,
    longitude: 13.369402,
    name: "Hauptbahnhof",
    address: "Europaplatz 1",
    url: "https://www.example.com/station",
};

test("a location has name, address, position and a map to open", async () => {
    await openContent(PLACE, { body: "Hauptbahnhof Europaplatz 1 https://maps.google.com" });
    await contains(".o-mail-Message-bubble.o-blue");
    await contains(".o-wa-Location-name bdi", { text: "Hauptbahnhof" });
    await contains(".o-wa-Location-address", { text: "Europaplatz 1" });
    await contains(".o-wa-Location-coordinates[dir='ltr']", { text: "52.525084, 13.369402" });
    const map = queryFirst(".o-wa-Location-map");
    expect(map).toHaveAttribute("href", "https://maps.google.com/?q=52.525084,13.369402");
    expect(map).toHaveAttribute("target", "_blank");
    expect(map).toHaveAttribute("rel", "noopener noreferrer");
    await contains(".o-wa-Location-website", { text: "example.com" });
    expect(".o-mail-Message-richBody").toHaveCount(0);
    expect(".o-wa-Location img").toHaveCount(0);
});

test("a position without a place, and a link that is none, show what there is", async () => {
    await openContent({ ...PLACE, name: "", address: "", url: "javascript:alert(1)" });
    await contains(".o-wa-Location-map");
    expect(".o-wa-Location-name, .o-wa-Location-address, .o-wa-Location-website").toHaveCount(0);
});

const CARD = {
    name: "Lina Haddad",
    phones: [{ number: "+49 30 901820", wa_id: "4930901820", type: "WORK" }],
    emails: ["lina@example.com"],
    organisation: "Oak & Co",
    title: "Buyer",
    urls: ["https://example.com", "javascript:alert(1)"],
    addresses: ["Torstr. 1, Berlin"],
    birthday: "1990-08-18",
};

test("a contact card is readable, its numbers can be called and copied", async () => {
    await openContent({ kind: "contacts", requested: false, cards: [CARD] });
    patchWithCleanup(browser.navigator.clipboard, {
        writeText: async (text) => asyncStep(`copied ${text}`),
    });
    await contains(".o-wa-Contacts-name", { text: "Lina Haddad" });
    await contains(".o-wa-Contacts-work", { text: "Buyer, Oak & Co" });
    await contains(".o-wa-Contacts-phone a[href='tel:+4930901820'] bdi[dir='ltr']", {
        text: "+49 30 901820",
    });
    await contains(".o-wa-Contacts-phone [aria-label='On WhatsApp']");
    await contains(".o-wa-Contacts-email[href='mailto:lina@example.com']");
    await contains(".o-wa-Contacts-link", { count: 1, text: "example.com" });
    await contains(".o-wa-Contacts-address", { text: "Torstr. 1, Berlin" });
    await contains(".o-wa-Contacts-birthday:contains('1990')");
    await click(".o-wa-Contacts-copy");
    await waitForSteps(["copied +49 30 901820"]);
    expect(".o-wa-Contacts-requested").toHaveCount(0);
});

test("each card becomes a contact by its own button", async () => {
    const other = { name: "", phones: [], emails: [], organisation: "Oud Trading" };
    await openContent(
        { kind: "contacts", requested: true, cards: [CARD, other] },
        { wa_message_id: 71 }
    );
    const action = { type: "ir.actions.act_window", res_model: "res.partner" };
    onRpc("wa.message", "action_create_contact", ({ args }) => {
        asyncStep(`create ${args[0]} ${args[1]}`);
        return action;
    });
    mockService("action", {
        async doAction(request) {
            asyncStep(`open ${request.res_model}`);
        },
    });
    await contains(".o-wa-Contacts-requested");
    await contains(".o-wa-Contacts-name", { text: "Oud Trading" });
    await click(".o-wa-Contacts-card:last-of-type .o-wa-Contacts-create");
    await waitForSteps(["create 71 1", "open res.partner"]);
});

test("answers of a form stand in a table", async () => {
    const answers = [
        ["Size", "M"],
        ["Straße", "Torstr. 1"],
    ];
    await openContent({ kind: "form", name: "Delivery", answers });
    await contains(".o-wa-Form-title", { text: "Delivery" });
    expect(queryAllTexts(".o-wa-Form th")).toEqual(["Size", "Straße"]);
    expect(queryAllTexts(".o-wa-Form-value")).toEqual(["M", "Torstr. 1"]);
});

test("a form without answers says so", async () => {
    await openContent({ kind: "form", name: "", answers: [] });
    await contains(".o-wa-Form-empty", { text: "No answers." });
});

test("an order names its products, prices and totals", async () => {
    const item = { retailer_uid: "SOFA-1", quantity: 2, price: 499.5, currency: "EUR" };
    await openContent({
        kind: "order",
        catalog_uid: "1",
        note: "Before noon",
        items: [
            { ...item, product_id: 7, product_name: "Blue sofa" },
            { ...item, retailer_uid: "NO-SUCH", quantity: 1, price: 3, product_id: false },
            { ...item, retailer_uid: "ODD", price: 1, currency: "not a code", product_id: false },
        ],
        totals: [{ currency: "EUR", amount: 1002 }],
    });
    await contains(".o-wa-Order-product", { text: "Blue sofaSOFA-1" });
    await contains(".o-wa-Order-unknown", { count: 2, text: "Unknown product" });
    expect(queryAllTexts(".o-wa-Order-quantity")).toEqual(["2 ×", "1 ×", "2 ×"]);
    expect(queryAllTexts(".o-wa-Order-price")).toEqual(["€999.00", "€3.00", "2 not a code"]);
    await contains(".o-wa-Order-total", { text: "Total€1,002.00" });
    await contains(".o-wa-Order-note[dir='auto']", { text: "Before noon" });
});

for (const [change, text] of [
    ["number", "The customer changed the phone number+4915200000"],
    ["user_id", "The customer's WhatsApp identity changed"],
    ["identity", "The customer's security code changed, perhaps because of a new phone"],
    ["other", "Something happened"],
]) {
    test(`news of the account (${change}) is a line between the bubbles`, async () => {
        const number = change === "number" ? "4915200000" : "";
        await openContent({
            kind: "system",
            change,
            text: "Something happened",
            new_wa_id: number,
        });
        await contains(".o-wa-Line .o-wa-System", { text });
        expect(".o-mail-Message").toHaveCount(0);
    });
}

for (const [status, fromCustomer, seconds, text, lost] of [
    ["ringing", true, 0, "The customer is calling…", 0],
    ["missed", true, 0, "Missed call", 1],
    ["finished", true, 125, "Call from the customer2:05", 0],
    ["finished", false, 3725, "Call to the customer1:02:05", 0],
    ["rejected", false, 0, "The customer rejected the call", 1],
    ["new word", true, 0, "Call", 0],
]) {
    test(`a call that is ${status} (${fromCustomer ? "from" : "to"} the customer)`, async () => {
        await openContent({ kind: "call", from_customer: fromCustomer, status, seconds });
        await contains(".o-wa-Line .o-wa-Call", { text });
        await contains(".o-wa-Call.o-wa-lost", { count: lost });
    });
}

for (const [accepted, permanent, text] of [
    [true, true, "The customer allows calls, until taken back."],
    [true, false, "The customer allows calls for some days."],
    [false, false, "The customer does not want to be called."],
]) {
    test(`answer about calls: ${text}`, async () => {
        await openContent({ kind: "call_permission", accepted, permanent });
        await contains(".o-wa-CallPermission", { text });
    });
}

test("what WhatsApp does not hand over is a note with WhatsApp's reason", async () => {
    const details = "Message type is currently not supported.";
    await openContent({ kind: "unsupported", what: "poll_creation", code: 131051, details });
    await contains(".o-wa-Unreadable-text", {
        text: "WhatsApp does not hand over this message: a poll.",
    });
    await contains(".o-wa-Unreadable-reason", { text: `${details} (131051)` });
    await contains(".o-wa-Unreadable-advice", {
        text: "Ask the customer to send it in another way.",
    });
});

test("an unknown message says why it could not be read", async () => {
    await openContent({ kind: "unknown", reason: "type brand_new" });
    await contains(".o-wa-Unreadable-text", { text: "This message could not be read." });
    await contains(".o-wa-Unreadable-reason", { text: "type brand_new" });
});

test("a kind that only the server knows shows the text", async () => {
    await openContent({ kind: "from_the_future" }, { body: "Hello", wa_type: "text" });
    await contains(".o-mail-Message-richBody", { text: "Hello" });
});
