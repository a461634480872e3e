import { createConversation, defineWhatsAppModels } from "../../whatsapp_test_helpers";

import { click, contains, openDiscuss, start, startServer } from "@mail/../tests/mail_test_helpers";

import { describe, expect, test } from "@odoo/hoot";
import {
    asyncStep,
    getService,
    onRpc,
    patchWithCleanup,
    waitForSteps,
} from "@web/../tests/web_test_helpers";

describe.current.tags("desktop");
defineWhatsAppModels();

const HEADER = ".o-mail-DiscussContent-header";

const ALWAYS = ["wa-block", "wa-customer", "wa-form", "wa-invite", "wa-transfer"];

const OFFERED = [
    ["nobody has", {}, ["wa-take", "wa-snooze", "wa-close"]],
    ["is mine", { mine: true }, ["wa-release", "wa-wait", "wa-snooze", "wa-close"]],
    [
        "waits for the customer",
        { mine: true, state: "waiting" },
        ["wa-release", "wa-snooze", "wa-close"],
    ],
    ["is closed", { state: "closed" }, ["wa-reopen"]],
];

for (const [situation, values, names] of OFFERED) {
    test(`what can be done with a conversation that ${situation}`, async () => {
        const pyEnv = await startServer();
        const { channelId } = createConversation(pyEnv, values);
        await start();
        await openDiscuss(channelId);
        await contains(`${HEADER} button[name='wa-form']`);
        const offered = [...document.querySelectorAll(`${HEADER} button[name^='wa-']`)]
            .map((button) => button.name)
            .filter((name) => !ALWAYS.includes(name));
        expect(offered).toEqual(names);
    });
}

test("a colleague's conversation can be taken over", async () => {
    const pyEnv = await startServer();
    const partnerId = pyEnv["res.partner"].create({ name: "Layla" });
    const userId = pyEnv["res.users"].create({ name: "Layla", partner_id: partnerId });
    const { channelId } = createConversation(pyEnv, { state: "in_progress", user_id: userId });
    await start();
    await openDiscuss(channelId);
    await contains(`${HEADER} button[name='wa-take'][title='Take over from Layla']`);
    await contains(".o-wa-SidebarCategory-other + .o-mail-DiscussSidebarChannel-container");
});

test("what makes no sense with customers is not offered", async () => {
    const pyEnv = await startServer();
    const { channelId } = createConversation(pyEnv, { mine: true });
    await start();
    await openDiscuss(channelId);
    await contains(`${HEADER} button[name='search-messages']`);
    for (const name of ["invite-people", "call", "camera-call", "member-list", "show-threads"]) {
        expect(`${HEADER} button[name='${name}']`).toHaveCount(0);
    }
    expect(".o-mail-DiscussContent-threadName").toHaveCount(0);
});

test("the header says number, team, our number, agent and state", async () => {
    const pyEnv = await startServer();
    const { channelId } = createConversation(pyEnv, { mine: true, priority: "1" });
    await start();
    await openDiscuss(channelId);
    await contains(".o-wa-header-name", { text: "Amal" });
    await contains(".o-wa-HeaderLine bdi[dir='ltr']", { text: "+49 30 901820" });
    await contains(".o-wa-HeaderLine [title='Team']", { text: "Support" });
    await contains(".o-wa-HeaderLine [title='Our number']", { text: "Shop" });
    await contains(".o-wa-HeaderLine [title='Agent']", { text: "You" });
    await contains(".o-wa-HeaderLine-state.o-wa-in_progress", { text: "In progress" });
    await contains(".o-wa-HeaderLine [title='High priority']");
});

test("a wizard that the server answers with is opened", async () => {
    const pyEnv = await startServer();
    const { channelId } = createConversation(pyEnv, { mine: true });
    const wizard = { type: "ir.actions.act_window", res_model: "wa.conversation.snooze" };
    onRpc("wa.conversation", "action_snooze", () => wizard);
    await start();
    await openDiscuss(channelId);
    patchWithCleanup(getService("action"), { doAction: (action) => asyncStep(action.res_model) });
    await click(`${HEADER} button[name='wa-snooze']`);
    await waitForSteps(["wa.conversation.snooze"]);
});

test("a supervisor blocks a customer after a warning, and takes it back", async () => {
    const pyEnv = await startServer();
    const { channelId } = createConversation(pyEnv, { mine: true });
    await start();
    await openDiscuss(channelId);
    await click(`${HEADER} button[name='wa-block']`);
    await contains(".modal-title", { text: "Block Amal?" });
    await click(".modal-footer .btn-danger");
    await contains(".o-wa-ComposerBanner.o-wa-blocked");
    await click(`${HEADER} button[name='wa-unblock']`);
    await contains(`${HEADER} button[name='wa-block']`);
    await contains(".o-mail-Composer");
});

const ALLOWED = [
    ["reads", ["read"], ["wa-form", "wa-customer"]],
    ["reads and writes notes", ["read", "note"], ["wa-form", "wa-customer"]],
    [
        "answers in a colleague's team",
        ["read", "note", "reply"],
        ["wa-form", "wa-customer", "wa-invite"],
    ],
    [
        "works for oneself",
        ["read", "note", "reply", "handle"],
        ["wa-form", "wa-customer", "wa-invite", "wa-release", "wa-wait", "wa-snooze", "wa-close"],
    ],
    [
        "gives away",
        ["read", "note", "reply", "assign"],
        ["wa-form", "wa-customer", "wa-invite", "wa-transfer"],
    ],
    ["leads", ["read", "note", "manage"], ["wa-form", "wa-customer", "wa-block"]],
];

for (const [who, my_rights, names] of ALLOWED) {
    test(`what is offered to somebody who ${who}`, async () => {
        const pyEnv = await startServer();
        const { channelId } = createConversation(pyEnv, { mine: true, my_rights });
        await start();
        await openDiscuss(channelId);
        await contains(`${HEADER} button[name='wa-form']`);
        const offered = [...document.querySelectorAll(`${HEADER} button[name^='wa-']`)];
        expect(offered.map((button) => button.name).sort()).toEqual(names.toSorted());
    });
}

const WIZARDS = [
    ["wa-transfer", "action_transfer", "wa.conversation.transfer"],
    ["wa-invite", "action_invite", "wa.conversation.invite"],
];

for (const [button, method, model] of WIZARDS) {
    test(`${button} opens its wizard`, async () => {
        const pyEnv = await startServer();
        const { channelId } = createConversation(pyEnv, { mine: true });
        onRpc("wa.conversation", method, () => ({
            type: "ir.actions.act_window",
            res_model: model,
        }));
        await start();
        await openDiscuss(channelId);
        patchWithCleanup(getService("action"), {
            doAction: (action) => asyncStep(action.res_model),
        });
        await click(`${HEADER} button[name='${button}']`);
        await waitForSteps([model]);
    });
}
