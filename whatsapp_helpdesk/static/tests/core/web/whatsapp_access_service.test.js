import {
    changeAccess,
    createConversation,
    createWaMessage,
    customerWrites,
    defineWhatsAppModels,
} from "../../whatsapp_test_helpers";

import {
    click,
    contains,
    insertText,
    openDiscuss,
    setupChatHub,
    start,
    startServer,
} from "@mail/../tests/mail_test_helpers";

import { describe, expect, test } from "@odoo/hoot";
import { queryAllTexts } from "@odoo/hoot-dom";
import { advanceTime, animationFrame } from "@odoo/hoot-mock";
import {
    asyncStep,
    getService,
    onRpc,
    patchWithCleanup,
    serverState,
    waitForSteps,
} from "@web/../tests/web_test_helpers";
import { browser } from "@web/core/browser/browser";
import { user } from "@web/core/user";

import { CHECK_DELAY } from "@whatsapp_helpdesk/core/web/whatsapp_access_service";

describe.current.tags("desktop");
defineWhatsAppModels();

const NAME = ".o-wa-SidebarLine-name";
const LOST = ".o_notification:contains('no longer see the chat with')";

function threadOf({ channelId }) {
    return getService("mail.store").Thread.get({ id: channelId, model: "discuss.channel" });
}

test("a chat that was lost leaves the browser, also the one on screen", async () => {
    const pyEnv = await startServer();
    const lost = createConversation(pyEnv, { customer: "Lost", mine: true });
    const kept = createConversation(pyEnv, { customer: "Kept", mine: true });
    const messageId = createWaMessage(pyEnv, lost.channelId, { body: "A secret" });
    await start();
    await openDiscuss(lost.channelId);
    await contains(".o-mail-Message:contains('A secret')");
    await contains(NAME, { count: 2 });
    changeAccess(pyEnv, { [lost.conversationId]: [] }, [lost.channelId, kept.channelId]);
    await contains(NAME, { count: 1, text: "Kept" });
    await contains(`${LOST}:contains('Lost')`);
    await contains(".o-mail-Message", { count: 0 });
    const store = getService("mail.store");
    expect(store["mail.message"].get(messageId)).toBe(undefined);
    expect(store["wa.conversation"].get(lost.conversationId)).toBe(undefined);
    expect(threadOf(lost)).toBe(undefined);
    await click(`.o-mail-DiscussSidebarChannel:contains('Kept')`);
    await contains(".o-mail-Composer");
});

test("a chat that was not open goes without a word", async () => {
    const pyEnv = await startServer();
    const lost = createConversation(pyEnv, { customer: "Taken by a colleague" });
    await start();
    await openDiscuss();
    await contains(NAME, { count: 1 });
    changeAccess(pyEnv, { [lost.conversationId]: [] }, [lost.channelId]);
    await contains(NAME, { count: 0 });
    await contains(LOST, { count: 0 });
});

test("chat windows are closed, and stay closed", async () => {
    const pyEnv = await startServer();
    const lost = createConversation(pyEnv, { customer: "Lost", mine: true });
    setupChatHub({ opened: [lost.channelId] });
    await start();
    await contains(".o-mail-ChatWindow .o-mail-Composer");
    changeAccess(pyEnv, { [lost.conversationId]: [] }, [lost.channelId]);
    await contains(".o-mail-ChatWindow", { count: 0 });
    await contains(LOST);
    expect(JSON.parse(browser.localStorage.getItem("mail.ChatHub")).opened).toEqual([]);
});

test("what was being written is kept where drafts are kept", async () => {
    const pyEnv = await startServer();
    const lost = createConversation(pyEnv, { customer: "Lost", mine: true });
    await start();
    await openDiscuss(lost.channelId);
    await insertText(".o-mail-Composer-input", "Half an answ");
    changeAccess(pyEnv, { [lost.conversationId]: [] }, [lost.channelId]);
    await contains(".o-mail-Composer", { count: 0 });
    await advanceTime(6000);
    const drafts = Object.values(browser.localStorage).filter((draft) =>
        draft.includes?.("Half an answ")
    );
    expect(drafts).toHaveLength(1);
    changeAccess(pyEnv, { [lost.conversationId]: ["read", "note", "reply"] }, false);
    await click(".o-mail-DiscussSidebarChannel:contains('Lost')");
    await contains(".o-mail-Composer-input", { value: "Half an answ" });
});

test("the subscription to a lost chat ends", async () => {
    const pyEnv = await startServer();
    const lost = createConversation(pyEnv, { customer: "Lost" });
    await start();
    patchWithCleanup(getService("bus_service"), {
        deleteChannel(channel) {
            if (channel.startsWith("discuss.channel")) {
                asyncStep(`leave ${channel}`);
            }
            return super.deleteChannel(...arguments);
        },
        forceUpdateChannels() {
            asyncStep("subscribe");
            return super.forceUpdateChannels(...arguments);
        },
    });
    await openDiscuss(lost.channelId);
    await contains(".o-mail-Composer");
    changeAccess(pyEnv, { [lost.conversationId]: [] }, [lost.channelId]);
    await waitForSteps([`leave discuss.channel_${lost.channelId}`, "subscribe"]);
});

test("with other roles other chats are shown, without reload", async () => {
    const pyEnv = await startServer();
    const support = createConversation(pyEnv, { customer: "Support case" });
    const sales = createConversation(pyEnv, { customer: "Buyer", my_rights: [] });
    await start();
    await openDiscuss(support.channelId);
    await contains(NAME, { count: 1, text: "Support case" });
    patchWithCleanup(getService("bus_service"), {
        forceUpdateChannels() {
            asyncStep("subscribe");
            return super.forceUpdateChannels(...arguments);
        },
    });
    const rights = {
        [support.conversationId]: [],
        [sales.conversationId]: ["read", "note", "reply"],
    };
    changeAccess(pyEnv, rights, false);
    await contains(NAME, { count: 1, text: "Buyer" });
    await contains(LOST);
    await waitForSteps(["subscribe", "subscribe"]);
    await click(".o-mail-DiscussSidebarChannel:contains('Buyer')");
    await contains(".o-mail-Composer");
});

test("many changes at once are one question", async () => {
    const pyEnv = await startServer();
    const one = createConversation(pyEnv, { customer: "One" });
    const two = createConversation(pyEnv, { customer: "Two" });
    onRpc("wa.conversation", "get_unreadable_threads", ({ args }) => {
        asyncStep(`ask ${args[0].toSorted()}`);
    });
    await start();
    await openDiscuss();
    await contains(NAME, { count: 2 });
    const service = getService("whatsapp_helpdesk.access");
    for (const ids of [[one.channelId], [two.channelId, 12345], [one.channelId]]) {
        service.onChanged(ids);
    }
    await advanceTime(CHECK_DELAY);
    await waitForSteps([`ask ${one.channelId},${two.channelId}`]);
});

test("what happened while there was no connection is asked for", async () => {
    const pyEnv = await startServer();
    const lost = createConversation(pyEnv, { customer: "Lost" });
    await start();
    await openDiscuss();
    await contains(NAME, { count: 1 });
    pyEnv["wa.conversation"].write([lost.conversationId], { my_rights: [] });
    createConversation(pyEnv, { customer: "New" });
    getService("bus_service").trigger("BUS:RECONNECT");
    await contains(NAME, { count: 1, text: "New" });
});

test("a chat of which the server says nothing any more is left when it is opened", async () => {
    const pyEnv = await startServer();
    const lost = createConversation(pyEnv, { customer: "Lost" });
    await start();
    await openDiscuss();
    await contains(NAME, { count: 1 });
    pyEnv["wa.conversation"].write([lost.conversationId], { my_rights: [] });
    await click(".o-mail-DiscussSidebarChannel:contains('Lost')");
    await contains(NAME, { count: 0 });
    await contains(LOST);
});

test("who is no agent reads a chat, hears of it, and has no inbox", async () => {
    const pyEnv = await startServer();
    const read = createConversation(pyEnv, { customer: "My customer", my_rights: ["read"] });
    createConversation(pyEnv, { customer: "Not mine" });
    const subscribed = [];
    onRpc("has_group", () => false);
    await start();
    patchWithCleanup(getService("bus_service"), {
        addChannel(channel) {
            subscribed.push(channel);
            return super.addChannel(...arguments);
        },
    });
    await openDiscuss(read.channelId);
    await contains(".o-wa-ComposerBanner.o-wa-rights");
    await contains(".o-mail-DiscussSidebarCategory:contains('WhatsApp')", { count: 1 });
    expect(queryAllTexts(NAME)).toEqual(["My customer"]);
    expect(subscribed).toInclude(`discuss.channel_${read.channelId}`);
    customerWrites(pyEnv, read, "Anybody there?");
    await contains(".o-mail-Message:contains('Anybody there?')");
});

test("what belongs to a company that is switched off is neither shown nor told", async () => {
    const pyEnv = await startServer();
    const company_id = pyEnv["res.company"].create({ name: "Other company" });
    const other = createConversation(pyEnv, { company_id, customer: "Elsewhere", mine: true });
    createConversation(pyEnv, { customer: "Here", mine: true });
    await start();
    patchWithCleanup(getService("mail.out_of_focus"), {
        notify: (message) => asyncStep(message.body.toString()),
        sendNotification: ({ title }) => asyncStep(title),
    });
    await openDiscuss();
    await contains(NAME, { count: 1, text: "Here" });
    customerWrites(pyEnv, other, "Hello?");
    const [self] = pyEnv["res.partner"].read(serverState.partnerId);
    for (const id of [company_id, user.activeCompany.id]) {
        pyEnv["bus.bus"]._sendone(self, "whatsapp_helpdesk/incoming", {
            company_id: id,
            thread_id: 4711,
            title: id === company_id ? "Elsewhere" : "Here",
            body: "Hello?",
        });
    }
    await waitForSteps(["Here"]);
    await animationFrame();
    await contains(NAME, { count: 1, text: "Here" });
    expect(threadOf(other).displayToSelf).toBe(false);
    expect(threadOf(other).importantCounter).toBe(0);
});
