import { createConversation, defineWhatsAppModels } from "../../whatsapp_test_helpers";

import {
    click,
    contains,
    openDiscuss,
    patchUiSize,
    SIZES,
    start,
    startServer,
} from "@mail/../tests/mail_test_helpers";

import { describe, test } from "@odoo/hoot";

defineWhatsAppModels();

describe("on a phone", () => {
    describe.current.tags("mobile");

    test("WhatsApp has its own tab with the own and the unassigned conversations", async () => {
        const pyEnv = await startServer();
        createConversation(pyEnv, { customer: "Mine", mine: true });
        createConversation(pyEnv, { customer: "Unassigned", last_message_preview: "Hello?" });
        createConversation(pyEnv, { customer: "Closed", state: "closed" });
        patchUiSize({ size: SIZES.SM });
        await start();
        await openDiscuss();
        await contains(".o-mail-MessagingMenu-tab[aria-label='WhatsApp']:contains('2')");
        await click(".o-mail-MessagingMenu-tab[aria-label='WhatsApp']");
        await contains(".o-mail-NotificationItem", { count: 2 });
        await contains(".o-mail-NotificationItem:contains('Unassigned'):contains('Hello?')");
        await click(".o-mail-NotificationItem:contains('Mine')");
        await contains(".o-mail-ChatWindow .o-wa-HeaderLine");
    });
});

describe("on a desktop", () => {
    describe.current.tags("desktop");

    test("own conversations count as chats", async () => {
        const pyEnv = await startServer();
        createConversation(pyEnv, { customer: "Mine", mine: true });
        await start();
        await click(".o_menu_systray i[aria-label='Messages']");
        await contains(".o-mail-NotificationItem:contains('Mine') .o-mail-NotificationItem-badge");
        await click(".o-mail-MessagingMenu-headerFilter:contains('Chats')");
        await contains(".o-mail-NotificationItem:contains('Mine')");
    });
});
