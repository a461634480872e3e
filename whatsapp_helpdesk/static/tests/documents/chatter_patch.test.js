import {
    createConversation,
    createWaMessage,
    customerWrites,
    defineWhatsAppModels,
} from "../whatsapp_test_helpers";

import {
    click,
    contains,
    insertText,
    openFormView,
    start,
    startServer,
    triggerHotkey,
} from "@mail/../tests/mail_test_helpers";

import { describe, expect, test } from "@odoo/hoot";
import { waitUntil } from "@odoo/hoot-dom";
import { getService, onRpc, patchWithCleanup } from "@web/../tests/web_test_helpers";

describe.current.tags("desktop");
defineWhatsAppModels();

const ARCH = `
    <form>
        <sheet>
            <field name="name"/>
            <field name="phone" widget="phone"/>
            <field name="wa_conversation_count"/>
            <field name="wa_unanswered_count"/>
        </sheet>
        <chatter/>
    </form>`;

const BUTTON = ".o-mail-Chatter-topbar .o-wa-ChatterButton";
const PANEL = ".o-wa-ChatPanel";

/** Opens the form of a customer with these conversations. */
async function openCustomer({ isAgent = true, unanswered = 0, count = 1, ...values } = {}) {
    onRpc("has_group", ({ args }) => isAgent && args[1] === "whatsapp_helpdesk.group_agent");
    const pyEnv = await startServer();
    const conversations = [];
    for (let index = 0; index < count; index++) {
        conversations.push(createConversation(pyEnv, values));
    }
    const partnerId = conversations[0]?.partnerId ?? pyEnv["res.partner"].create({ name: "Amal" });
    pyEnv["wa.conversation"].write(
        conversations.map(({ conversationId }) => conversationId),
        { partner_id: partnerId }
    );
    pyEnv["res.partner"].write([partnerId], {
        phone: "+49 30 901820",
        wa_conversation_count: count,
        wa_unanswered_count: unanswered,
    });
    for (const { channelId } of conversations) {
        createWaMessage(pyEnv, channelId, { body: "<p>We look into it</p>", wa_state: "read" });
    }
    await start();
    const channels = new Set();
    patchWithCleanup(getService("bus_service"), {
        addChannel(channel) {
            channels.add(channel);
            return super.addChannel(...arguments);
        },
        deleteChannel(channel) {
            channels.delete(channel);
            return super.deleteChannel(...arguments);
        },
    });
    await openFormView("res.partner", partnerId, { arch: ARCH });
    return { pyEnv, partnerId, conversations, channels };
}

test("the button beside 'Send message' opens the chat in a chat window", async () => {
    await openCustomer({ unanswered: 2 });
    await contains(`${BUTTON} .o-wa-ChatterButton-unread`);
    await click(BUTTON);
    await contains(".o-mail-ChatWindow", { text: "Amal" });
});

test("without unanswered messages the button has no dot", async () => {
    await openCustomer();
    await contains(BUTTON);
    await contains(".o-wa-ChatterButton-unread", { count: 0 });
});

test("several running chats are offered", async () => {
    await openCustomer({ count: 2 });
    await click(BUTTON);
    await contains(".o-wa-ChatChooser .o-wa-ChatLine", { count: 2 });
    await click(".o-wa-ChatLine:first");
    await contains(".o-mail-ChatWindow");
    await contains(".o-wa-ChatChooser", { count: 0 });
});

test("who is no agent sees the button where there is a chat", async () => {
    await openCustomer({ isAgent: false });
    await contains(BUTTON);
});

test("who is no agent sees nothing where there is no chat", async () => {
    await openCustomer({ isAgent: false, count: 0 });
    await contains(".o-mail-Chatter-sendMessage");
    await contains(BUTTON, { count: 0 });
    await contains(PANEL, { count: 0 });
});

test("the panel shows the last messages, and what comes", async () => {
    const { pyEnv, conversations } = await openCustomer({ mine: true });
    await contains(`${PANEL} .o-wa-PanelMessage.o-wa-outbound`, { text: "We look into it" });
    await contains(`${PANEL} .o-wa-Ticks.o-wa-read`);
    customerWrites(pyEnv, conversations[0], "Thank you");
    await contains(`${PANEL} .o-wa-PanelMessage.o-wa-inbound`, { text: "Thank you" });
});

test("who may answer answers in the panel", async () => {
    const { pyEnv, conversations } = await openCustomer({ mine: true });
    await insertText(`${PANEL} .o-mail-Composer-input`, "Tomorrow at ten");
    triggerHotkey("Enter");
    await contains(`${PANEL} .o-wa-PanelMessage`, { text: "Tomorrow at ten" });
    const [posted] = pyEnv["mail.message"]._filter([["body", "like", "Tomorrow"]]);
    expect(posted.res_id).toBe(conversations[0].channelId);
    expect(posted.model).toBe("discuss.channel");
});

test("who may only read reads", async () => {
    await openCustomer({ my_rights: ["read"], no_reply: "The team Support answers here." });
    await contains(`${PANEL} .o-wa-ComposerBanner`, { text: "The team Support answers here." });
    await contains(`${PANEL} .o-mail-Composer`, { count: 0 });
});

test("a stretch without its chat is read only", async () => {
    onRpc("res.partner", "get_wa_panel", () => ({
        sources: [
            { conversation_id: 1, link_id: 5, name: "Amal", number: "Shop", thread_id: false },
        ],
        page: {
            has_more: false,
            messages: [
                {
                    author: "Amal",
                    body: "<p>My order</p>",
                    date: "2026-01-01 10:00:00",
                    files: [{ id: 3, name: "a.pdf", mimetype: "application/pdf", url: "/x" }],
                    id: 1,
                    is_inbound: true,
                    preview: "",
                    state: "received",
                },
            ],
        },
    }));
    const { channels } = await openCustomer();
    await contains(`${PANEL} .o-wa-PanelMessage`, { text: "My order" });
    expect([...channels].filter((name) => name.includes("wa.conversation"))).toEqual([
        "wa.conversation.link_5",
    ]);
    await contains(`${PANEL} a[href='/x']`, { text: "a.pdf" });
    await contains(`${PANEL}`, { text: "Part of a chat" });
    await contains(`${PANEL} .o-mail-Composer`, { count: 0 });
    await contains(`${PANEL} .o-wa-ChatPanel-open`, { count: 0 });
});

test("a panel hears of a chat only while it shows it", async () => {
    const { conversations, channels } = await openCustomer();
    await contains(`${PANEL} .o-mail-Composer`);
    const channel = `discuss.channel_${conversations[0].channelId}`;
    await waitUntil(() => channels.has(channel));
    await click(`${PANEL} .o-wa-ChatPanel-toggle`);
    await waitUntil(() => !channels.has(channel));
});

test("a collapsed panel stays collapsed", async () => {
    await openCustomer();
    await contains(`${PANEL} .o-wa-PanelMessage`);
    await click(`${PANEL} .o-wa-ChatPanel-toggle`);
    await contains(`${PANEL} .o-wa-PanelMessage`, { count: 0 });
    expect(localStorage.getItem("whatsapp_helpdesk.chat_panel.collapsed")).toBe("true");
    await click(`${PANEL} .o-wa-ChatPanel-toggle`);
    await contains(`${PANEL} .o-wa-PanelMessage`);
});

test("the icon beside a phone number opens its chat", async () => {
    onRpc("wa.conversation", "open_chat_of_number", ({ args }) => {
        expect.step(args[2]);
        return {
            type: "ir.actions.client",
            tag: "display_notification",
            params: { type: "warning", message: "No chat yet" },
        };
    });
    await openCustomer();
    await click(".o_field_phone .o-wa-PhoneButton");
    await contains(".o_notification", { text: "No chat yet" });
    expect.verifySteps(["+49 30 901820"]);
});

test("who is no agent has no icon beside phone numbers", async () => {
    await openCustomer({ isAgent: false });
    await contains(".o_field_phone input");
    await contains(".o-wa-PhoneButton", { count: 0 });
});
