import { createConversation, defineWhatsAppModels } from "../../whatsapp_test_helpers";

import {
    contains,
    openDiscuss,
    setupChatHub,
    start,
    startServer,
} from "@mail/../tests/mail_test_helpers";

import { describe, expect, test } from "@odoo/hoot";
import { asyncStep, getService, onRpc, waitForSteps } from "@web/../tests/web_test_helpers";

describe.current.tags("desktop");
defineWhatsAppModels();

/** @returns {import("models").Thread} */
function getThread(channelId) {
    return getService("mail.store").Thread.get({ model: "discuss.channel", id: channelId });
}

test("a conversation has the customer's name and picture", async () => {
    const pyEnv = await startServer();
    const { channelId, partnerId } = createConversation(pyEnv, { name: "+49 30 901820" });
    await start();
    await openDiscuss(channelId);
    await contains(".o-wa-header-name", { text: "Amal" });
    const picture = `res.partner/${partnerId}/avatar_128`;
    await contains(`.o-mail-DiscussContent-threadAvatar img[data-src*='${picture}']`);
});

test("without a customer it has its own name", async () => {
    const pyEnv = await startServer();
    const { channelId } = createConversation(pyEnv, { name: "Somebody", partner_id: false });
    await start();
    await openDiscuss(channelId);
    await contains(".o-wa-header-name", { text: "Somebody" });
});

test("it counts as a chat, without a link to join it and without a name to change", async () => {
    const pyEnv = await startServer();
    const { channelId } = createConversation(pyEnv, { mine: true });
    await start();
    await openDiscuss(channelId);
    await contains(".o-wa-header-name");
    const thread = getThread(channelId);
    expect(thread.isChatChannel).toBe(true);
    expect(thread.invitationLink).toBe(undefined);
    expect(thread.supportsCustomChannelName).toBe(false);
});

test("the agent's presence is not shown as the customer's", async () => {
    const pyEnv = await startServer();
    const { channelId } = createConversation(pyEnv, { mine: true });
    setupChatHub({ folded: [channelId] });
    await start();
    await contains(".o-mail-ChatBubble");
    expect(getThread(channelId).correspondent).toBe(undefined);
    expect(".o-mail-ChatBubble .o-mail-ImStatus").toHaveCount(0);
});

test("nobody is told that a message was fetched", async () => {
    const pyEnv = await startServer();
    const { channelId } = createConversation(pyEnv, { mine: true });
    const chatId = pyEnv["discuss.channel"].create({ channel_type: "chat", name: "Chat" });
    onRpc("discuss.channel", "channel_fetched", ({ args }) => asyncStep(`fetched ${args[0][0]}`));
    await start();
    await openDiscuss(channelId);
    await contains(".o-wa-header-name");
    await getThread(channelId).markAsFetched();
    const store = getService("mail.store");
    const chat = await store.Thread.getOrFetch({ model: "discuss.channel", id: chatId });
    await chat.markAsFetched();
    await waitForSteps([`fetched ${chatId}`]);
});
