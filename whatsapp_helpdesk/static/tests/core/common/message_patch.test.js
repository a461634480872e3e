import {
    createConversation,
    createWaMessage,
    defineWhatsAppModels,
    fromNow,
    subtypeId,
} from "../../whatsapp_test_helpers";

import {
    click,
    contains,
    insertText,
    openDiscuss,
    start,
    startServer,
} from "@mail/../tests/mail_test_helpers";

import { describe, expect, test } from "@odoo/hoot";
import { asyncStep, onRpc, serverState, waitForSteps } from "@web/../tests/web_test_helpers";

describe.current.tags("desktop");
defineWhatsAppModels();

const TICKS = [
    ["queued", "Waiting to be sent", ".fa-clock-o", 1],
    ["sending", "Being sent", ".fa-clock-o", 1],
    ["sent", "Sent", ".fa-check", 1],
    ["delivered", "Delivered", ".fa-check", 2],
    ["read", "Read", ".fa-check", 2],
    ["played", "Played", ".fa-check", 2],
    ["unconfirmed", "Not confirmed by WhatsApp yet", ".fa-question-circle", 1],
    ["failed", "Not sent", ".fa-exclamation-circle", 1],
    ["cancelled", "Cancelled, not sent", ".fa-ban", 1],
];

for (const [state, label, icon, count] of TICKS) {
    test(`ticks of a message that is ${state}`, async () => {
        const pyEnv = await startServer();
        const { channelId } = createConversation(pyEnv, { mine: true });
        createWaMessage(pyEnv, channelId, { wa_state: state });
        await start();
        await openDiscuss(channelId);
        await contains(`.o-wa-Ticks.o-wa-${state}[aria-label='${label}'] ${icon}`, { count });
    });
}

test("what the customer wrote has no ticks", async () => {
    const pyEnv = await startServer();
    const { channelId, partnerId } = createConversation(pyEnv, { mine: true });
    createWaMessage(pyEnv, channelId, {
        author_id: partnerId,
        wa_direction: "inbound",
        wa_state: "received",
    });
    await start();
    await openDiscuss(channelId);
    await contains(".o-mail-Message-bubble.o-blue");
    await contains(".o-wa-Ticks", { count: 0 });
});

test("the answer of a colleague looks like ours", async () => {
    const pyEnv = await startServer();
    const { channelId } = createConversation(pyEnv, { mine: true });
    const colleagueId = pyEnv["res.partner"].create({ name: "Colleague" });
    createWaMessage(pyEnv, channelId, { author_id: colleagueId });
    await start();
    await openDiscuss(channelId);
    await contains(".o-mail-Message-bubble.o-green");
});

test("a failed message says why, what to do, and can be sent again", async () => {
    const pyEnv = await startServer();
    const { channelId } = createConversation(pyEnv, { mine: true });
    createWaMessage(pyEnv, channelId, {
        wa_error: { code: 131026, message: "Undeliverable", hint: "Call the customer." },
        wa_message_id: 70,
        wa_state: "failed",
    });
    onRpc("wa.message", "action_retry", ({ args }) => {
        asyncStep(`retry ${args[0]}`);
        return true;
    });
    await start();
    await openDiscuss(channelId);
    await contains(".o-wa-MessageStatus", { text: "Undeliverable" });
    await contains(".o-wa-MessageStatus-hint", { text: "Call the customer." });
    await click(".o-wa-MessageStatus-retry");
    await waitForSteps(["retry 70"]);
});

test("several files have a result each, and only what failed is sent again", async () => {
    const pyEnv = await startServer();
    const { channelId } = createConversation(pyEnv, { mine: true });
    const error = { code: 131053, message: "The file is damaged", hint: "" };
    createWaMessage(pyEnv, channelId, {
        wa_error: error,
        wa_message_id: 72,
        wa_parts: [
            { id: 71, type: "document", name: "offer.pdf", state: "delivered", error: false },
            { id: 72, type: "video", name: "clip.mp4", state: "failed", error },
            { id: 73, type: "image", name: "", state: "failed", error },
        ],
        wa_state: "failed",
    });
    onRpc("wa.message", "action_retry", ({ args }) => {
        asyncStep(`retry ${args[0]}`);
        return true;
    });
    await start();
    await openDiscuss(channelId);
    await contains(".o-wa-MessageStatus b", { text: "2 of 3 not sent." });
    await contains("li.o-wa-delivered:contains('offer.pdf') .o-wa-Ticks.o-wa-delivered");
    await contains("li.o-wa-failed:contains('clip.mp4'):contains('The file is damaged')");
    await contains("li.o-wa-failed bdi", { text: "Photo" });
    await click(".o-wa-MessageStatus-retry");
    await waitForSteps(["retry 72,73"]);
});

test("an unconfirmed message is sent again only after a warning", async () => {
    const pyEnv = await startServer();
    const { channelId } = createConversation(pyEnv, { mine: true });
    createWaMessage(pyEnv, channelId, { date: fromNow({ hours: -1 }), wa_state: "unconfirmed" });
    onRpc("wa.message", "action_retry", ({ args }) => {
        asyncStep(`retry ${args[0]}`);
        return true;
    });
    await start();
    await openDiscuss(channelId);
    await click(".o-wa-MessageStatus-resend", { text: "Resend (may arrive twice)" });
    await contains(".modal-body:contains('would then get it twice')");
    await waitForSteps([]);
    await click(".modal-footer .btn-primary");
    await waitForSteps(["retry 70"]);
});

test("a message that was just sent is not offered for resending", async () => {
    const pyEnv = await startServer();
    const { channelId } = createConversation(pyEnv, { mine: true });
    createWaMessage(pyEnv, channelId, { date: fromNow({}), wa_state: "unconfirmed" });
    await start();
    await openDiscuss(channelId);
    await contains(".o-wa-MessageStatus", { text: "Not confirmed by WhatsApp yet." });
    await contains(".o-wa-MessageStatus-resend", { count: 0 });
});

test("an internal note is marked as such and has no ticks", async () => {
    const pyEnv = await startServer();
    const { channelId } = createConversation(pyEnv, { mine: true });
    pyEnv["mail.message"].create({
        author_id: serverState.partnerId,
        body: "Be careful",
        message_type: "comment",
        model: "discuss.channel",
        res_id: channelId,
        subtype_id: subtypeId(pyEnv, "mail.mt_note"),
    });
    await start();
    await openDiscuss(channelId);
    await contains(".o-mail-Message.o-wa-note[aria-label='Internal note']", { text: "Be careful" });
    await contains(".o-wa-noteLabel", { text: "Internal note" });
    await contains(".o-wa-Ticks", { count: 0 });
});

test("a message to the customer does not hide under a note of the same author", async () => {
    const pyEnv = await startServer();
    const { channelId } = createConversation(pyEnv, { mine: true });
    const common = { author_id: serverState.partnerId, date: fromNow({}) };
    pyEnv["mail.message"].create({
        ...common,
        body: "Note",
        message_type: "comment",
        model: "discuss.channel",
        res_id: channelId,
        subtype_id: subtypeId(pyEnv, "mail.mt_note"),
    });
    createWaMessage(pyEnv, channelId, common);
    await start();
    await openDiscuss(channelId);
    await contains(".o-mail-Message:not(.o-squashed)", { count: 2 });
});

test("a message of which nothing is there to show is named by its kind", async () => {
    const pyEnv = await startServer();
    const { channelId, partnerId } = createConversation(pyEnv, { mine: true });
    const inbound = { author_id: partnerId, body: "", wa_direction: "inbound" };
    createWaMessage(pyEnv, channelId, { ...inbound, wa_type: "sticker" });
    createWaMessage(pyEnv, channelId, { ...inbound, wa_type: "brand_new" });
    await start();
    await openDiscuss(channelId);
    await contains(".o-wa-MessagePlaceholder", { text: "Sticker" });
    await contains(".o-wa-MessagePlaceholder:contains('brand_new')");
    await contains(".o-mail-Message", { count: 0, text: "This message has been removed" });
});

test("a photo on its way has a place already, a lost one can be fetched again", async () => {
    const pyEnv = await startServer();
    const { channelId, partnerId } = createConversation(pyEnv, { mine: true });
    const photo = { author_id: partnerId, body: "", wa_direction: "inbound", wa_type: "image" };
    createWaMessage(pyEnv, channelId, { ...photo, wa_media_state: "fetching" });
    createWaMessage(pyEnv, channelId, { ...photo, wa_media_state: "failed", wa_message_id: 71 });
    onRpc("wa.message", "action_retry", ({ args }) => {
        asyncStep(`retry ${args[0]}`);
        return true;
    });
    await start();
    await openDiscuss(channelId);
    await contains(".o-wa-MessagePlaceholder.o-wa-loading", { text: "Photo is being fetched…" });
    await click(".o-wa-MessagePlaceholder.o-wa-failed .o-wa-MessagePlaceholder-retry");
    await waitForSteps(["retry 71"]);
});

test("text finds its own direction in conversations only", async () => {
    const pyEnv = await startServer();
    const { channelId } = createConversation(pyEnv, { mine: true });
    createWaMessage(pyEnv, channelId, { body: "مرحبا" });
    const groupId = pyEnv["discuss.channel"].create({ name: "general" });
    pyEnv["mail.message"].create({
        body: "Hello",
        message_type: "comment",
        model: "discuss.channel",
        res_id: groupId,
    });
    await start();
    await openDiscuss(channelId);
    await contains(".o-mail-Message-richBody[dir='auto']", { text: "مرحبا" });
    await insertText(".o-mail-Composer-input", "أهلا");
    await contains("textarea.o-mail-Composer-input[dir='auto']");
    await openDiscuss(groupId);
    await contains(".o-mail-Message-richBody:not([dir])", { text: "Hello" });
    expect(".o-mail-Composer-input[dir]").toHaveCount(0);
});
