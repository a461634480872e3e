import {
    createConversation,
    createWaMessage,
    defineWhatsAppModels,
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
import { hover, press } from "@odoo/hoot-dom";
import { advanceTime, animationFrame } from "@odoo/hoot-mock";
import { asyncStep, getService, onRpc, waitForSteps } from "@web/../tests/web_test_helpers";
import { browser } from "@web/core/browser/browser";

import { TEXT_LENGTH } from "@whatsapp_helpdesk/core/common/wa_composer_header";
import { TYPING_INTERVAL } from "@whatsapp_helpdesk/core/common/wa_conversation_model";

describe.current.tags("desktop");
defineWhatsAppModels();

/** Notes down the subtype of what is posted. */
function watchPosts() {
    onRpc("/mail/message/post", async (request) => {
        const { params } = await request.json();
        asyncStep(params.post_data.subtype_xmlid);
    });
}

test("the customer gets it unless the agent chose an internal note", async () => {
    const pyEnv = await startServer();
    const { channelId } = createConversation(pyEnv, { mine: true });
    watchPosts();
    await start();
    await openDiscuss(channelId);
    await contains("textarea.o-mail-Composer-input[placeholder='Message to Amal…']");
    await insertText(".o-mail-Composer-input", "For you");
    await press("Enter");
    await waitForSteps(["mail.mt_comment"]);
    await click(".o-wa-ComposerHeader-note");
    await contains(".o-mail-Composer.o-wa-note .o-wa-ComposerHeader-note[aria-pressed='true']");
    await contains("textarea[placeholder='Write an internal note…']");
    await insertText(".o-mail-Composer-input", "For us");
    await press("Enter");
    await waitForSteps(["mail.mt_note"]);
    await contains(".o-mail-Composer.o-wa-note");
    await click(".o-wa-ComposerHeader-customer");
    await contains(".o-mail-Composer:not(.o-wa-note)");
});

test("a note looks like a note while it is still being posted", async () => {
    const pyEnv = await startServer();
    const { channelId } = createConversation(pyEnv, { mine: true });
    onRpc("/mail/message/post", () => new Promise(() => {}));
    await start();
    await openDiscuss(channelId);
    await click(".o-wa-ComposerHeader-note");
    await insertText(".o-mail-Composer-input", "For us");
    await press("Enter");
    await contains(".o-mail-Message.o-wa-note .o-wa-noteLabel", { text: "Internal note" });
});

test("notes can be reached by the keyboard", async () => {
    const pyEnv = await startServer();
    const { channelId } = createConversation(pyEnv, { mine: true });
    await start();
    await openDiscuss(channelId);
    await contains(".o-wa-ComposerHeader");
    await press(["alt", "shift", "n"]);
    await contains(".o-mail-Composer.o-wa-note");
});

test("a draft of a note comes back as a note", async () => {
    const pyEnv = await startServer();
    const { channelId } = createConversation(pyEnv, { mine: true });
    const { channelId: otherId } = createConversation(pyEnv, { customer: "Other", mine: true });
    await start();
    await openDiscuss(channelId);
    await click(".o-wa-ComposerHeader-note");
    await insertText(".o-mail-Composer-input", "Not for the customer");
    await openDiscuss(otherId);
    await contains(".o-mail-Composer:not(.o-wa-note)");
    const key = Object.keys(browser.localStorage).find((name) =>
        browser.localStorage.getItem(name).includes("Not for the customer")
    );
    expect(JSON.parse(browser.localStorage.getItem(key)).waNote).toBe(true);
    await openDiscuss(channelId);
    await contains(".o-mail-Composer.o-wa-note .o-mail-Composer-input", {
        value: "Not for the customer",
    });
});

test("typing makes nobody a member who only looks on", async () => {
    const pyEnv = await startServer();
    const { channelId } = createConversation(pyEnv);
    onRpc("/discuss/channel/notify_typing", () => asyncStep("typing"));
    await start();
    await openDiscuss(channelId);
    await insertText(".o-mail-Composer-input", "Hm");
    await animationFrame();
    await waitForSteps([]);
});

test("who has the conversation is seen typing", async () => {
    const pyEnv = await startServer();
    const { channelId } = createConversation(pyEnv, { mine: true });
    onRpc("/discuss/channel/notify_typing", async (request) => {
        const { params } = await request.json();
        if (params.is_typing) {
            asyncStep("typing");
        }
    });
    await start();
    await openDiscuss(channelId);
    await insertText(".o-mail-Composer-input", "Hm");
    await waitForSteps(["typing"]);
});

test("a text that looks like a command is sent to the customer", async () => {
    const pyEnv = await startServer();
    const { channelId } = createConversation(pyEnv, { mine: true });
    watchPosts();
    await start();
    await openDiscuss(channelId);
    await insertText(".o-mail-Composer-input", "/help me");
    await press("Enter");
    await waitForSteps(["mail.mt_comment"]);
});

test("the customer sees that an answer is being written, every 20 seconds", async () => {
    const pyEnv = await startServer();
    const { channelId, conversationId } = createConversation(pyEnv);
    onRpc("wa.conversation", "action_typing", ({ args }) => {
        asyncStep(`typing ${args[0][0] === conversationId}`);
        return true;
    });
    await start();
    await openDiscuss(channelId);
    await insertText(".o-mail-Composer-input", "One");
    await waitForSteps(["typing true"]);
    await insertText(".o-mail-Composer-input", " two");
    await advanceTime(TYPING_INTERVAL / 2);
    await insertText(".o-mail-Composer-input", " three");
    await waitForSteps([]);
    await advanceTime(TYPING_INTERVAL / 2);
    await insertText(".o-mail-Composer-input", " four");
    await waitForSteps(["typing true"]);
});

test("the customer does not see that a note is being written", async () => {
    const pyEnv = await startServer();
    const { channelId } = createConversation(pyEnv, { mine: true });
    onRpc("wa.conversation", "action_typing", () => asyncStep("typing"));
    await start();
    await openDiscuss(channelId);
    await click(".o-wa-ComposerHeader-note");
    await insertText(".o-mail-Composer-input", "Careful with this one");
    await animationFrame();
    await waitForSteps([]);
});

test("a failing indicator does not disturb the agent", async () => {
    const pyEnv = await startServer();
    const { channelId } = createConversation(pyEnv, { mine: true });
    onRpc("wa.conversation", "action_typing", () => {
        asyncStep("typing");
        throw new Error("No connection");
    });
    await start();
    await openDiscuss(channelId);
    await insertText(".o-mail-Composer-input", "Hello");
    await waitForSteps(["typing"]);
    await animationFrame();
    await contains(".o_error_dialog", { count: 0 });
});

test("a text that is too long for one message says so", async () => {
    const pyEnv = await startServer();
    const { channelId } = createConversation(pyEnv, { mine: true });
    await start();
    await openDiscuss(channelId);
    await contains(".o-mail-Composer");
    const { Thread } = getService("mail.store");
    const { composer } = Thread.get({ model: "discuss.channel", id: channelId });
    composer.composerText = "x".repeat(TEXT_LENGTH);
    await contains(".o-mail-Composer-input", { value: composer.composerText });
    await contains(".o-wa-ComposerHeader-length", { count: 0 });
    composer.composerText += "x";
    await contains(".o-wa-ComposerHeader-length", {
        text: "4097 characters: will be sent as 2 or more messages",
    });
    await click(".o-wa-ComposerHeader-note");
    await contains(".o-wa-ComposerHeader-length", { count: 0 });
});

test("an answer to one message of the customer quotes it", async () => {
    const pyEnv = await startServer();
    const { channelId, partnerId } = createConversation(pyEnv, { mine: true });
    const messageId = createWaMessage(pyEnv, channelId, {
        author_id: partnerId,
        body: "Two or three?",
        wa_direction: "inbound",
        wa_state: "received",
    });
    onRpc("/mail/message/post", async (request) => {
        const { params } = await request.json();
        asyncStep(`${params.post_data.parent_id === messageId} ${params.post_data.subtype_xmlid}`);
    });
    await start();
    await openDiscuss(channelId);
    await contains(".o-mail-Message", { text: "Two or three?" });
    await hover(".o-mail-Message");
    await click("[title='Reply']");
    await contains(".o-mail-Composer-coreHeader", { text: "Replying to Amal" });
    await insertText(".o-mail-Composer-input", "Three");
    await press("Enter");
    await waitForSteps(["true mail.mt_comment"]);
    await contains(".o-mail-MessageInReply", { text: "Two or three?" });
});
