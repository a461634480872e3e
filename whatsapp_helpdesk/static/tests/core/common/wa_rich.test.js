import {
    createConversation,
    createWaMessage,
    customerWrites,
    defineWhatsAppModels,
} from "../../whatsapp_test_helpers";

import { contains, openDiscuss, start, startServer } from "@mail/../tests/mail_test_helpers";

import { describe, expect, test } from "@odoo/hoot";
import { queryAllAttributes, queryAllTexts, queryFirst } from "@odoo/hoot-dom";
import { serverState } from "@web/../tests/web_test_helpers";

describe.current.tags("desktop");
defineWhatsAppModels();

/** Opens a conversation in which we sent one message with this content. */
async function openSent(wa_content, values = {}) {
    const pyEnv = await startServer();
    const conversation = createConversation(pyEnv, { mine: true });
    const messageId = createWaMessage(pyEnv, conversation.channelId, {
        author_id: serverState.partnerId,
        body: "Everything as one text",
        wa_content,
        wa_type: wa_content.kind === "template" ? "template" : "interactive",
        ...values,
    });
    await start();
    await openDiscuss(conversation.channelId);
    return { ...conversation, messageId, pyEnv };
}

const CONFIRMATION = {
    kind: "template",
    name: "order_confirmation",
    header_format: "text",
    header: "Order S00042",
    body: "Hello *Mona*",
    html: "Hello <strong>Mona</strong>",
    footer: "Ideal Wood",
    buttons: [
        { kind: "quick_reply", text: "Confirm", target: "" },
        { kind: "url", text: "Open", target: "https://shop.example.com/42" },
        { kind: "phone_number", text: "Call us", target: "+20 2 2555 0100" },
        { kind: "copy_code", text: "", target: "SAVE10" },
    ],
};

test("a template stands as on the phone: header, text, footer and buttons", async () => {
    await openSent(CONFIRMATION);
    await contains(".o-mail-Message.o-wa-whole .o-wa-Rich-header[dir='auto']", {
        text: "Order S00042",
    });
    await contains(".o-wa-Rich-text strong", { text: "Mona" });
    await contains(".o-wa-Rich-footer", { text: "Ideal Wood" });
    expect(queryAllTexts(".o-wa-Rich-button")).toEqual(["Confirm", "Open", "Call us", "Copy code"]);
    expect(queryAllAttributes("a.o-wa-Rich-button", "href")).toEqual([
        "https://shop.example.com/42",
        "tel:+20225550100",
    ]);
    await contains(".o-wa-Rich-button[title='SAVE10']");
    await contains(".o-wa-Ticks", { count: 1 });
    expect(".o-mail-Message-richBody").toHaveCount(0);
});

test("buttons that lead nowhere are no links", async () => {
    const buttons = [
        { kind: "url", text: "Gap", target: "https://shop.example.com/{{1}}" },
        { kind: "url", text: "Script", target: "javascript:alert(1)" },
        { kind: "voice_call", text: "Call", target: "" },
        { kind: "brand_new", text: "", target: "" },
    ];
    await openSent({ kind: "template", html: "Hello", buttons });
    await contains(".o-wa-Rich-button", { count: 4 });
    expect("a.o-wa-Rich-button").toHaveCount(0);
    expect(queryAllTexts(".o-wa-Rich-button").at(-1)).toBe("brand_new");
});

for (const format of ["image", "video", "document"]) {
    test(`a header of the format ${format} without its file says what it was`, async () => {
        const content = { kind: "template", header_format: format, header: "a.bin", html: "Hi" };
        await openSent(content);
        await contains(`.o-wa-Rich-placeholder.o-wa-${format} bdi`, { text: "a.bin" });
    });
}

test("the file of a header is in the bubble, and nowhere else", async () => {
    const pyEnv = await startServer();
    const { channelId } = createConversation(pyEnv, { mine: true });
    const file = pyEnv["ir.attachment"].create({ name: "S00042.pdf", mimetype: "application/pdf" });
    createWaMessage(pyEnv, channelId, {
        attachment_ids: [file],
        author_id: serverState.partnerId,
        wa_content: {
            kind: "template",
            header_format: "document",
            header: "S00042.pdf",
            html: "Hi",
        },
        wa_type: "template",
    });
    await start();
    await openDiscuss(channelId);
    await contains(".o-wa-Rich-files .o-mail-AttachmentContainer", { count: 1 });
    await contains(".o-mail-AttachmentContainer", { count: 1 });
    await contains(".o-wa-Rich-placeholder", { count: 0 });
});

test("a place in the header has its lines", async () => {
    const header = "Shop\n1 Tahrir Square";
    await openSent({ kind: "template", header_format: "location", header, html: "Here we are" });
    await contains(".o-wa-Rich-placeholder.o-wa-location:contains('1 Tahrir Square')");
});

test("cards stand side by side, each with its own buttons", async () => {
    const card = (number) => ({
        header_format: "image",
        header: `chair${number}.jpg`,
        html: `Chair ${number}`,
        buttons: [{ kind: "url", text: "See", target: `https://shop.example.com/${number}` }],
    });
    await openSent({ kind: "template", html: "New chairs", cards: [card(1), card(2)] });
    await contains(".o-wa-Rich-card", { count: 2 });
    expect(queryAllTexts(".o-wa-Rich-card .o-wa-Rich-text")).toEqual(["Chair 1", "Chair 2"]);
    expect(queryAllAttributes(".o-wa-Rich-card a", "href")).toEqual([
        "https://shop.example.com/1",
        "https://shop.example.com/2",
    ]);
});

test("a card shows its picture, a video its name", async () => {
    const card = (format) => ({ attachment_id: 7, header_format: format, header: "chair" });
    await openSent({ kind: "template", html: "New", cards: [card("image"), card("video")] });
    await contains(".o-wa-Rich-card img[data-src*='/web/image/7/'][alt='chair']", { count: 1 });
    await contains(".o-wa-Rich-card .o-wa-Rich-placeholder.o-wa-video", { text: "chair" });
});

test("an offer says when it ends, and its code", async () => {
    const offer = { offer: "Spring offer", offer_code: "SAVE10" };
    const end = luxon.DateTime.now().plus({ days: 2 });
    await openSent({ kind: "template", html: "-10 %", ...offer, offer_ends_at: end.toMillis() });
    await contains(".o-wa-Rich-offer:contains('Spring offer')");
    await contains(".o-wa-Rich-offerEnd:contains('Ends')");
    await contains(".o-wa-Rich-offerCode[dir='ltr']", { text: "SAVE10" });
});

test("a choice of buttons shows which one the customer tapped, as soon as it happens", async () => {
    const { channelId, messageId, partnerId, conversationId, pyEnv } = await openSent({
        kind: "buttons",
        html: "When?",
        footer: "",
        header: { kind: "text", text: "Delivery", media_uid: "", filename: "" },
        buttons: [
            { reply_id: "a", title: "Morning" },
            { reply_id: "b", title: "Evening" },
        ],
    });
    await contains(".o-wa-Rich-header", { text: "Delivery" });
    await contains(".o-wa-Rich-button", { count: 2 });
    await contains(".o-wa-tapped", { count: 0 });
    customerWrites(pyEnv, { channelId, conversationId, partnerId }, "Evening", {
        parent_id: messageId,
        wa_content: { kind: "reply", via: "button", reply_id: "b", title: "Evening" },
        wa_type: "interactive",
    });
    await contains(".o-wa-Rich-button.o-wa-tapped", { count: 1, text: "Evening" });
    await contains(".o-wa-reply:contains('Tapped a button')");
    await contains(".o-mail-MessageInReply");
});

test("rows of a list are behind its button", async () => {
    await openSent({
        kind: "list",
        html: "When may we come?",
        button: "Choose a time",
        sections: [
            {
                title: "Monday",
                rows: [
                    { row_id: "10", title: "Ten", description: "with Omar" },
                    { row_id: "11", title: "Eleven", description: "" },
                ],
            },
        ],
        header: null,
        footer: "",
    });
    await contains(".o-wa-Rich-list:not([open]) summary", { text: "Choose a time" });
    queryFirst(".o-wa-Rich-list").open = true;
    await contains(".o-wa-Rich-section", { text: "Monday" });
    expect(queryAllTexts(".o-wa-Rich-row")).toEqual(["Ten\nwith Omar", "Eleven"]);
});

for (const [content, words] of [
    [{ kind: "location_request" }, "Send location"],
    [{ kind: "contact_request" }, "Share contact info"],
    [{ kind: "cta_url", label: "Track it", url: "https://example.com/t" }, "Track it"],
    [{ kind: "product", catalog_uid: "1", retailer_uid: "SOFA-1" }, "View product"],
]) {
    test(`a message of the kind ${content.kind} has its button`, async () => {
        await openSent({ html: "Please", ...content });
        await contains(".o-wa-Rich-text", { text: "Please" });
        await contains(".o-wa-Rich-button", { text: words });
    });
}

test("products are named, or have at least their numbers", async () => {
    const names = { "SOFA-1": "Blue sofa" };
    await openSent({
        kind: "product_list",
        header: "Our sofas",
        html: "Which one?",
        footer: "",
        sections: [{ title: "", retailer_uids: ["SOFA-1", "SOFA-2"], product_names: names }],
    });
    await contains(".o-wa-Rich-header", { text: "Our sofas" });
    queryFirst(".o-wa-Rich-list").open = true;
    expect(queryAllTexts(".o-wa-Rich-row")).toEqual(["Blue sofa\nSOFA-1", "SOFA-2"]);
});
