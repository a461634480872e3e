import {
    changeAccess,
    createConversation,
    createWaMessage,
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
import { animationFrame } from "@odoo/hoot-mock";
import {
    asyncStep,
    getService,
    onRpc,
    patchWithCleanup,
    waitForSteps,
} from "@web/../tests/web_test_helpers";

describe.current.tags("desktop");
defineWhatsAppModels();

const BANNER = ".o-wa-ComposerBanner.o-wa-rights";

/** Notes down for which conversations the rights are asked. */
function watchQuestions() {
    onRpc("wa.conversation", "get_my_rights", ({ args }) => asyncStep(`ask ${args[0].toSorted()}`));
}

test("who only reads has no composer and is told why", async () => {
    const pyEnv = await startServer();
    const { channelId } = createConversation(pyEnv, {
        my_rights: ["read"],
        no_reply: "Mitchell is a viewer of Support.",
    });
    await start();
    await openDiscuss(channelId);
    await contains(`${BANNER} b`, { text: "You read along here." });
    await contains(`${BANNER}:contains('Mitchell is a viewer of Support.')`);
    await contains(`${BANNER} button`, { count: 0 });
    await contains(".o-mail-Composer", { count: 0 });
});

test("who may only write notes cannot write to the customer", async () => {
    const pyEnv = await startServer();
    const { channelId } = createConversation(pyEnv, {
        my_rights: ["read", "note"],
        no_reply: "Only the assignee answers.",
    });
    onRpc("/mail/message/post", async (request) => {
        const { params } = await request.json();
        asyncStep(params.post_data.subtype_xmlid);
    });
    await start();
    await openDiscuss(channelId);
    await contains(`${BANNER}:contains('Only the assignee answers.')`);
    await contains(`${BANNER}-override`, { count: 0 });
    await click(`${BANNER} .o-wa-ComposerBanner-note`);
    await contains(".o-mail-Composer.o-wa-note");
    await insertText(".o-mail-Composer-input", "Have a look at the order");
    await click(".o-mail-Composer button[name='send-message']");
    await waitForSteps(["mail.mt_note"]);
    await click(".o-wa-ComposerHeader-customer");
    await contains(BANNER);
    await contains(".o-mail-Composer", { count: 0 });
});

test("a supervisor answers in a colleague's place after saying why", async () => {
    const pyEnv = await startServer();
    const { channelId, conversationId } = createConversation(pyEnv, {
        my_rights: ["read", "note", "handle", "assign", "manage"],
        no_reply: "Only Layla answers.",
    });
    onRpc("wa.conversation", "action_override_reply", () => ({
        type: "ir.actions.act_window",
        res_model: "wa.conversation.override",
    }));
    await start();
    await openDiscuss(channelId);
    patchWithCleanup(getService("action"), {
        doAction(action, { onClose }) {
            asyncStep(action.res_model);
            const my_rights = ["read", "note", "reply", "handle", "assign", "manage"];
            pyEnv["wa.conversation"].write([conversationId], { my_rights, no_reply: "" });
            onClose();
        },
    });
    await click(`${BANNER} .o-wa-ComposerBanner-override`, { text: "Answer anyway…" });
    await waitForSteps(["wa.conversation.override"]);
    await contains(".o-mail-Composer:not(.o-wa-note)");
    await contains(BANNER, { count: 0 });
});

test("rights are asked once for all that is shown, and again when somebody else has it", async () => {
    const pyEnv = await startServer();
    const one = createConversation(pyEnv, { customer: "One", mine: true });
    const two = createConversation(pyEnv, { customer: "Two", mine: true });
    createConversation(pyEnv, { customer: "Not open", mine: true });
    watchQuestions();
    setupChatHub({ opened: [one.channelId, two.channelId] });
    await start();
    await contains(".o-mail-ChatWindow .o-mail-Composer", { count: 2 });
    await waitForSteps([`ask ${one.conversationId},${two.conversationId}`]);
    pyEnv["wa.conversation"]._change([two.conversationId], { state: "open", user_id: false });
    await waitForSteps([`ask ${two.conversationId}`]);
    changeAccess(pyEnv, { [one.conversationId]: ["read"] }, [one.channelId]);
    await contains(`.o-mail-ChatWindow ${BANNER}`);
    await contains(".o-mail-ChatWindow .o-mail-Composer", { count: 1 });
    await waitForSteps([`ask ${one.conversationId}`]);
});

test("a chat that is opened again is not asked for again", async () => {
    const pyEnv = await startServer();
    const one = createConversation(pyEnv, { customer: "One", mine: true });
    const two = createConversation(pyEnv, { customer: "Two", mine: true });
    watchQuestions();
    await start();
    await openDiscuss(one.channelId);
    await contains(".o-mail-Composer");
    await openDiscuss(two.channelId);
    await contains(".o-wa-header-name", { text: "Two" });
    await openDiscuss(one.channelId);
    await contains(".o-wa-header-name", { text: "One" });
    await contains(".o-mail-Composer");
    await waitForSteps([`ask ${one.conversationId}`, `ask ${two.conversationId}`]);
});

test("an answer that did not come is asked for the next time", async () => {
    const pyEnv = await startServer();
    const one = createConversation(pyEnv, { customer: "One", mine: true });
    const two = createConversation(pyEnv, { customer: "Two", mine: true });
    let isDown = true;
    onRpc("wa.conversation", "get_my_rights", () => {
        asyncStep(isDown ? "down" : "up");
        if (isDown) {
            throw new Error("no connection");
        }
    });
    await start();
    await openDiscuss(one.channelId);
    await waitForSteps(["down"]);
    await contains(".o-wa-header-name", { text: "One" });
    expect(".o-wa-ComposerBanner, .o-mail-Composer").toHaveCount(0);
    isDown = false;
    await openDiscuss(two.channelId);
    await openDiscuss(one.channelId);
    await contains(".o-mail-Composer");
    await waitForSteps(["up", "up"]);
});

test("who only reads is offered neither reactions nor answers nor another try", async () => {
    const pyEnv = await startServer();
    const { channelId } = createConversation(pyEnv, { candidate_count: 2, my_rights: ["read"] });
    createWaMessage(pyEnv, channelId, {
        body: "Lost",
        wa_error: { code: 131026, message: "No WhatsApp on this number." },
        wa_state: "failed",
    });
    createWaMessage(pyEnv, channelId, { wa_media_state: "failed", wa_type: "image", body: "" });
    await start();
    await openDiscuss(channelId);
    await contains(".o-wa-MessageStatus:contains('No WhatsApp on this number.')");
    await contains(".o-wa-MessagePlaceholder.o-wa-failed");
    await contains(".o-wa-Notice-candidates");
    await contains(BANNER);
    for (const selector of [
        ".o-wa-MessageStatus-retry",
        ".o-wa-MessagePlaceholder-retry",
        ".o-wa-Notice-candidates button",
    ]) {
        expect(selector).toHaveCount(0);
    }
    const [message] = getService("mail.store").Thread.get({
        id: channelId,
        model: "discuss.channel",
    }).messages;
    expect(message.canAddReaction(message.thread)).toBe(false);
    expect(message.canReplyTo(message.thread)).toBe(false);
});

test("looking on is not the customer's business", async () => {
    const pyEnv = await startServer();
    const { channelId, partnerId } = createConversation(pyEnv, { my_rights: ["read", "note"] });
    createWaMessage(pyEnv, channelId, {
        author_id: partnerId,
        wa_direction: "inbound",
        wa_state: "received",
    });
    onRpc("wa.conversation", "action_mark_read", () => asyncStep("read"));
    await start();
    await openDiscuss(channelId);
    await contains(BANNER);
    const conversation = getService("mail.store")["wa.conversation"].get(1);
    expect(conversation.awaitsReceipt(1000)).toBe(false);
    conversation.notifyTyping();
    await animationFrame();
    await waitForSteps([]);
});
