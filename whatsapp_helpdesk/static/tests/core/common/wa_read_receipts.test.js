import {
    createConversation,
    createWaMessage,
    customerWrites,
    defineWhatsAppModels,
} from "../../whatsapp_test_helpers";

import {
    contains,
    focus,
    openDiscuss,
    setupChatHub,
    start,
    startServer,
} from "@mail/../tests/mail_test_helpers";

import { LOOK_DELAY } from "@whatsapp_helpdesk/core/common/wa_read_receipts";

import { describe, test } from "@odoo/hoot";
import { manuallyDispatchProgrammaticEvent } from "@odoo/hoot-dom";
import { advanceTime } from "@odoo/hoot-mock";
import { asyncStep, onRpc, patchWithCleanup, waitForSteps } from "@web/../tests/web_test_helpers";

describe.current.tags("desktop");
defineWhatsAppModels();

/** Notes down of which conversations the customers hear that they were read. */
function watchReceipts() {
    onRpc("wa.conversation", "action_mark_read", ({ args }) => {
        asyncStep(`read ${args[0][0]}`);
        return true;
    });
}

/** @param {boolean} here whether the agent is in this browser window */
function beHere(here) {
    patchWithCleanup(document, { hasFocus: () => here });
    manuallyDispatchProgrammaticEvent(window, here ? "focus" : "blur");
}

function fromCustomer(pyEnv, channelId, partnerId, values = {}) {
    return createWaMessage(pyEnv, channelId, {
        author_id: partnerId,
        wa_direction: "inbound",
        wa_state: "received",
        ...values,
    });
}

test("the customer hears that an open chat was read, once", async () => {
    const pyEnv = await startServer();
    const { channelId, conversationId, partnerId } = createConversation(pyEnv, { mine: true });
    fromCustomer(pyEnv, channelId, partnerId, { body: "First" });
    fromCustomer(pyEnv, channelId, partnerId, { body: "Second" });
    watchReceipts();
    beHere(true);
    await start();
    await openDiscuss(channelId);
    await contains(".o-mail-Message", { text: "Second" });
    await advanceTime(LOOK_DELAY);
    await waitForSteps([`read ${conversationId}`]);
    beHere(false);
    beHere(true);
    await advanceTime(LOOK_DELAY);
    await waitForSteps([]);
});

test("a chat that is left at once was not read", async () => {
    const pyEnv = await startServer();
    const { channelId, partnerId } = createConversation(pyEnv, { mine: true });
    const { channelId: otherId } = createConversation(pyEnv, { customer: "Other", mine: true });
    fromCustomer(pyEnv, channelId, partnerId);
    watchReceipts();
    beHere(true);
    await start();
    await openDiscuss(channelId);
    await contains(".o-mail-Message");
    await openDiscuss(otherId);
    await contains(".o-wa-header-name", { text: "Other" });
    await advanceTime(LOOK_DELAY);
    await waitForSteps([]);
});

test("nothing was read while the agent is in another window", async () => {
    const pyEnv = await startServer();
    const { channelId, conversationId, partnerId } = createConversation(pyEnv, { mine: true });
    fromCustomer(pyEnv, channelId, partnerId);
    watchReceipts();
    beHere(false);
    await start();
    await openDiscuss(channelId);
    await contains(".o-mail-Message");
    await advanceTime(LOOK_DELAY);
    await waitForSteps([]);
    beHere(true);
    await advanceTime(LOOK_DELAY);
    await waitForSteps([`read ${conversationId}`]);
});

test("a chat window was read only by who is in it", async () => {
    const pyEnv = await startServer();
    const { channelId, conversationId, partnerId } = createConversation(pyEnv, { mine: true });
    fromCustomer(pyEnv, channelId, partnerId);
    setupChatHub({ opened: [channelId] });
    watchReceipts();
    beHere(true);
    await start();
    await contains(".o-mail-ChatWindow .o-mail-Message");
    await advanceTime(LOOK_DELAY);
    await waitForSteps([]);
    await focus(".o-mail-ChatWindow .o-mail-Composer-input");
    await advanceTime(LOOK_DELAY);
    await waitForSteps([`read ${conversationId}`]);
});

const NOT_REPORTED = [
    ["what we wrote ourselves", { wa_direction: "outbound", wa_state: "sent" }, {}],
    ["what was imported", { wa_origin: "history" }, {}],
    ["what a blocked customer wrote before", {}, { is_blocked: true }],
    ["what somebody else answers", {}, { handled_by: "ai_agent" }],
];

for (const [what, message, conversation] of NOT_REPORTED) {
    test(`the customer does not hear that we read ${what}`, async () => {
        const pyEnv = await startServer();
        const { channelId, partnerId } = createConversation(pyEnv, { mine: true, ...conversation });
        fromCustomer(pyEnv, channelId, partnerId, message);
        watchReceipts();
        beHere(true);
        await start();
        await openDiscuss(channelId);
        await contains(".o-mail-Message");
        await advanceTime(LOOK_DELAY);
        await waitForSteps([]);
    });
}

test("an open chat reports what arrives, another one costs no request", async () => {
    const pyEnv = await startServer();
    const open = createConversation(pyEnv, { mine: true });
    const other = createConversation(pyEnv, { customer: "Other", mine: true });
    watchReceipts();
    beHere(true);
    await start();
    await openDiscuss(open.channelId);
    await contains(".o-wa-header-name", { text: "Amal" });
    customerWrites(pyEnv, other, "Elsewhere");
    await advanceTime(LOOK_DELAY);
    await waitForSteps([]);
    customerWrites(pyEnv, open, "Here");
    await contains(".o-mail-Message", { text: "Here" });
    await advanceTime(LOOK_DELAY);
    await waitForSteps([`read ${open.conversationId}`]);
});
