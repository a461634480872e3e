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
    await contains(".o-wa-ComposerBanner b:contains('closed 3 hours ago')");
    await contains(".o-mail-Composer", { count: 0 });
    await click(".o-wa-ComposerBanner-note");
    await contains(".o-mail-Composer.o-wa-note");
    await contains(".o-wa-ComposerBanner", { count: 0 });
    await click(".o-wa-ComposerHeader-customer");
    await contains(".o-wa-ComposerBanner");
});

test("the banner stands in chat windows as well", async () => {
    const pyEnv = await startServer();
    const { channelId } = createConversation(pyEnv, { mine: true, window_expires_at: false });
    setupChatHub({ opened: [channelId] });
    await start();
    await contains(".o-mail-ChatWindow .o-wa-ComposerBanner:contains('has not written yet')");
    await contains(".o-mail-ChatWindow .o-wa-HeaderLine:contains('+49 30 901820')");
    await contains(".o-mail-ChatWindow .o-mail-Composer", { count: 0 });
});

test("a customer whom somebody else answers can only be read", async () => {
    const pyEnv = await startServer();
    const { channelId } = createConversation(pyEnv, { handled_by: "ai_agent", mine: true });
    await start();
    await openDiscuss(channelId);
    await contains(".o-wa-ComposerBanner.o-wa-elsewhere b:contains('AI agent is answering')");
    await contains(".o-mail-Composer", { count: 0 });
    await click(".o-wa-ComposerBanner-note");
    await contains(".o-mail-Composer.o-wa-note");
});

test("a blocked customer cannot be written to, a supervisor can change that", async () => {
    const pyEnv = await startServer();
    const { channelId } = createConversation(pyEnv, { is_blocked: true, mine: true });
    await start();
    await openDiscuss(channelId);
    await contains(".o-wa-ComposerBanner.o-wa-blocked b:contains('is blocked')");
    await contains(".o-mail-Composer", { count: 0 });
    await click(".o-wa-ComposerBanner-unblock");
    await contains(".o-mail-Composer");
    await contains(".o-wa-ComposerBanner", { count: 0 });
});

test("an agent sees that a customer is blocked, and who can change that", async () => {
    const pyEnv = await startServer();
    const { channelId } = createConversation(pyEnv, {
        is_blocked: true,
        mine: true,
        my_rights: ["read", "note", "reply", "handle"],
    });
    await start();
    await openDiscuss(channelId);
    await contains(".o-wa-ComposerBanner:contains('A supervisor can unblock')");
    await contains(".o-wa-ComposerBanner-unblock", { count: 0 });
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
    await contains(".o-wa-ComposerBanner");
    await contains(".o-mail-Composer", { count: 0 });
});

test("while there is time, the header and the sidebar say how much", async () => {
    const pyEnv = await startServer();
    const { channelId } = createConversation(pyEnv, { mine: true });
    await start();
    await openDiscuss(channelId);
    await contains(".o-wa-ComposerHeader");
    await contains(".o-wa-ComposerHeader-countdown", { count: 0 });
    await contains(".o-wa-HeaderLine .o-wa-WindowLeft", { text: "20 h" });
    await contains(".o-wa-SidebarLine-window", { text: "20 h" });
    await contains(".o-wa-closing", { count: 0 });
    await advanceTime(19 * 60 * 60 * 1000);
    await contains(".o-wa-HeaderLine .o-wa-WindowLeft.o-wa-closing", { text: "1 h 0 min" });
    await contains(".o-wa-SidebarLine-window.o-wa-closing", { text: "1 h 0 min" });
});

test("a team can be warned earlier", async () => {
    const pyEnv = await startServer();
    const { channelId } = createConversation(pyEnv, {
        mine: true,
        window_expires_at: fromNow({ hours: 4 }),
        window_warning_hours: 5,
    });
    await start();
    await openDiscuss(channelId);
    await contains(".o-wa-HeaderLine .o-wa-WindowLeft.o-wa-closing", { text: "4 h" });
    await contains(".o-wa-ComposerHeader-countdown", { text: "4 h 0 min left" });
});

test("closed windows have a lock, closed conversations nothing", async () => {
    const pyEnv = await startServer();
    const { channelId } = createConversation(pyEnv, { mine: true, window_expires_at: false });
    const { channelId: done } = createConversation(pyEnv, { customer: "Sami", state: "closed" });
    await start();
    await openDiscuss(channelId);
    await contains(".o-wa-HeaderLine .o-wa-WindowLeft .fa-lock[aria-label*='only templates']");
    await openDiscuss(done);
    await contains(".o-wa-header-name", { text: "Sami" });
    await contains(".o-wa-HeaderLine .o-wa-WindowLeft", { count: 0 });
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
