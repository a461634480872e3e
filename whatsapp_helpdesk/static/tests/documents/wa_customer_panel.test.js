import { createConversation, defineWhatsAppModels } from "../whatsapp_test_helpers";

import { click, contains, openDiscuss, start, startServer } from "@mail/../tests/mail_test_helpers";

import { describe, expect, test } from "@odoo/hoot";
import {
    asyncStep,
    getService,
    onRpc,
    patchWithCleanup,
    waitForSteps,
} from "@web/../tests/web_test_helpers";

defineWhatsAppModels();

const PANEL = ".o-wa-CustomerPanel";
const BUTTON = ".o-mail-DiscussContent-header button[name='customer-panel']";

const FULL = {
    actions: [{ method: "action_link_document", label: "Link a document", icon: "fa fa-link" }],
    earlier: [
        {
            id: 4,
            last_message_at: "2026-01-01 10:00:00",
            name: "Amal",
            number: "Shop",
            preview: "Thank you",
            state: "closed",
            team: "Support",
            thread_id: 44,
            unanswered: 0,
        },
    ],
    figures: [
        {
            key: "overdue",
            label: "Overdue invoices",
            count: 2,
            amount: "$ 70.00",
            is_warning: true,
            action: { type: "ir.actions.act_window", res_model: "account.move" },
        },
    ],
    links: [
        {
            id: 8,
            can_open: true,
            kind: "Order",
            model: "sale.order",
            name: "S00042",
            res_id: 42,
        },
    ],
    name: "Amal",
    partner: {
        company: { id: 9, name: "Sofa Co" },
        email: "amal@example.com",
        id: 7,
        language: "Arabic",
        name: "Amal",
        tags: [],
    },
    phone: "+20 100 1234567",
    tags: [{ id: 1, name: "Delivery", color: 2 }],
    time_zones: ["Asia/Dubai"],
};

async function openChat(values = {}) {
    const pyEnv = await startServer();
    const conversation = createConversation(pyEnv, { mine: true, ...values });
    await start();
    await openDiscuss(conversation.channelId);
    return conversation;
}

describe("beside the chat", () => {
    describe.current.tags("desktop");

    test("who writes, what they are worth and what the chat is about", async () => {
        onRpc("wa.conversation", "get_customer_panel", () => FULL);
        await openChat();
        await contains(`${PANEL} .o-wa-CustomerPanel-name`, { text: "Amal" });
        await contains(`${PANEL} .o-wa-CustomerPanel-company`, { text: "Sofa Co" });
        await contains(`${PANEL} .o-wa-CustomerPanel-tags`, { text: "Delivery" });
        await contains(`${PANEL} .o-wa-CustomerPanel-time`);
        await contains(`${PANEL} button.text-danger[name='overdue']`, { text: "Overdue invoices" });
        await contains(`${PANEL} .o-wa-CustomerPanel-links`, { text: "S00042" });
        await contains(`${PANEL} .o-wa-CustomerPanel-earlier .o-wa-ChatLine`);
    });

    test("every line opens its record", async () => {
        onRpc("wa.conversation", "get_customer_panel", () => FULL);
        await openChat();
        await contains(PANEL);
        patchWithCleanup(getService("action"), {
            doAction: ({ res_model: model, res_id: id }) => asyncStep([model, id].join(",")),
        });
        await click(`${PANEL} .o-wa-CustomerPanel-name`);
        await waitForSteps(["res.partner,7"]);
        await click(`${PANEL} .o-wa-CustomerPanel-company`);
        await waitForSteps(["res.partner,9"]);
        await click(`${PANEL} button[name='overdue']`);
        await waitForSteps(["account.move,"]);
        await click(`${PANEL} .o-wa-CustomerPanel-links button:contains(S00042)`);
        await waitForSteps(["sale.order,42"]);
    });

    test("buttons call the server and the panel is asked for again", async () => {
        let isDone = false;
        onRpc("wa.conversation", "get_customer_panel", () => {
            if (isDone) {
                asyncStep("asked again");
            }
            return FULL;
        });
        onRpc("wa.conversation", "action_link_document", () => ({
            type: "ir.actions.act_window",
            res_model: "wa.conversation.link.document",
        }));
        await openChat();
        await contains(PANEL);
        patchWithCleanup(getService("action"), {
            doAction: ({ res_model: model }, { onClose }) => {
                asyncStep(model);
                isDone = true;
                onClose();
            },
        });
        await click(`${PANEL} button[name='action_link_document']`);
        await waitForSteps(["wa.conversation.link.document", "asked again"]);
    });

    test("a link is removed after a question", async () => {
        onRpc("wa.conversation", "get_customer_panel", () => FULL);
        onRpc("wa.conversation.link", "action_unlink", ({ args }) => {
            asyncStep(`unlinked ${args[0]}`);
            return true;
        });
        await openChat();
        await click(`${PANEL} .o-wa-CustomerPanel-unlink`);
        await click(".modal-footer .btn-primary");
        await waitForSteps(["unlinked 8"]);
    });

    test("who may only read cannot change links", async () => {
        onRpc("wa.conversation", "get_customer_panel", () => ({ ...FULL, actions: [] }));
        await openChat({ my_rights: ["read"] });
        await contains(`${PANEL} .o-wa-CustomerPanel-links`);
        await contains(`${PANEL} .o-wa-CustomerPanel-unlink`, { count: 0 });
        await contains(`${PANEL} .o-wa-CustomerPanel-action`, { count: 0 });
    });

    test("no time is shown if it may be several", async () => {
        const zones = { time_zones: ["America/New_York", "America/Los_Angeles"] };
        onRpc("wa.conversation", "get_customer_panel", () => ({ ...FULL, ...zones }));
        await openChat();
        await contains(`${PANEL} .o-wa-CustomerPanel-name`);
        await contains(`${PANEL} .o-wa-CustomerPanel-time`, { count: 0 });
    });

    test("it opens by itself until it is closed", async () => {
        const pyEnv = await startServer();
        const first = createConversation(pyEnv, { customer: "Amal", mine: true });
        const second = createConversation(pyEnv, { customer: "Bilal", mine: true });
        await start();
        await openDiscuss(first.channelId);
        await contains(PANEL, { text: "Amal" });
        await openDiscuss(second.channelId);
        await contains(PANEL, { text: "Bilal" });
        await click(BUTTON);
        await contains(PANEL, { count: 0 });
        expect(localStorage.getItem("whatsapp_helpdesk.customer_panel.closed")).toBe("true");
        await openDiscuss(first.channelId);
        await contains(".o-wa-header-name", { text: "Amal" });
        await contains(PANEL, { count: 0 });
        await click(BUTTON);
        await contains(PANEL, { text: "Amal" });
        expect(localStorage.getItem("whatsapp_helpdesk.customer_panel.closed")).toBe(null);
    });

    test("other channels have no customer", async () => {
        const pyEnv = await startServer();
        const channelId = pyEnv["discuss.channel"].create({ name: "General" });
        await start();
        await openDiscuss(channelId);
        await contains(".o-mail-DiscussContent-threadName");
        await contains(BUTTON, { count: 0 });
    });
});

describe("on a phone", () => {
    describe.current.tags("mobile");

    test("it opens only when asked for", async () => {
        await openChat();
        await contains(".o-mail-ChatWindow, .o-mail-DiscussContent");
        await contains(PANEL, { count: 0 });
    });
});
