import { createConversation, defineWhatsAppModels, fromNow } from "../../whatsapp_test_helpers";

import {
    click,
    contains,
    openDiscuss,
    setupChatHub,
    start,
    startServer,
} from "@mail/../tests/mail_test_helpers";

import { describe, test } from "@odoo/hoot";
import { advanceTime } from "@odoo/hoot-mock";
import { asyncStep, onRpc, waitForSteps } from "@web/../tests/web_test_helpers";

describe.current.tags("desktop");
defineWhatsAppModels();

test("a closed window takes the composer away, notes stay possible", async () => {
    const pyEnv = await startServer();
    const { channelId } = createConversation(pyEnv, {
        mine: true,
        window_expires_at: fromNow({ hours: -3 }),
    });
    await start();
    await openDiscuss(channelId);
    await contains(".o-wa-WindowBanner b:contains('closed 3 hours ago')");
    await contains(".o-wa-WindowBanner:contains('only within 24 hours')");
    await contains(".o-mail-Composer", { count: 0 });
    await click(".o-wa-WindowBanner-note");
    await contains(".o-mail-Composer.o-wa-note");
    await contains(".o-wa-WindowBanner", { count: 0 });
    await click(".o-wa-ComposerHeader-customer");
    await contains(".o-wa-WindowBanner");
});

test("the banner stands in chat windows as well", async () => {
    const pyEnv = await startServer();
    const { channelId } = createConversation(pyEnv, { mine: true, window_expires_at: false });
    setupChatHub({ opened: [channelId] });
    await start();
    await contains(".o-mail-ChatWindow .o-wa-WindowBanner:contains('has not written yet')");
    await contains(".o-mail-ChatWindow .o-wa-HeaderLine:contains('+49 30 901820')");
    await contains(".o-mail-ChatWindow .o-mail-Composer", { count: 0 });
});

test("the last hours are counted down, then the window closes by itself", async () => {
    const pyEnv = await startServer();
    const { channelId } = createConversation(pyEnv, {
        mine: true,
        window_expires_at: fromNow({ minutes: 75 }),
    });
    await start();
    await openDiscuss(channelId);
    await contains(".o-wa-ComposerHeader-countdown", { text: "1 h 15 min left" });
    await advanceTime(30 * 60 * 1000);
    await contains(".o-wa-ComposerHeader-countdown", { text: "45 min left" });
    await advanceTime(46 * 60 * 1000);
    await contains(".o-wa-WindowBanner");
    await contains(".o-mail-Composer", { count: 0 });
});

test("there is no countdown while there is time", async () => {
    const pyEnv = await startServer();
    const { channelId } = createConversation(pyEnv, { mine: true });
    await start();
    await openDiscuss(channelId);
    await contains(".o-wa-ComposerHeader");
    await contains(".o-wa-ComposerHeader-countdown", { count: 0 });
});

test("the agent is asked who is writing when customers share the number", async () => {
    const pyEnv = await startServer();
    const { channelId, conversationId } = createConversation(pyEnv, {
        candidate_count: 2,
        mine: true,
        partner_id: false,
    });
    onRpc("wa.conversation", "action_choose_partner", ({ args }) => {
        asyncStep(`choose ${args[0][0] === conversationId}`);
    });
    await start();
    await openDiscuss(channelId);
    await contains(".o-wa-Notice-candidates:contains('2 customers share this number')");
    await click(".o-wa-Notice-candidates button");
    await waitForSteps(["choose true"]);
});
