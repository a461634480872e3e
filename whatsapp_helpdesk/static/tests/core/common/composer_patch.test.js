import { createConversation, defineWhatsAppModels } from "../../whatsapp_test_helpers";

import {
    click,
    contains,
    insertText,
    openDiscuss,
    start,
    startServer,
} from "@mail/../tests/mail_test_helpers";

import { describe, expect, test } from "@odoo/hoot";
import { press } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { asyncStep, onRpc, waitForSteps } from "@web/../tests/web_test_helpers";
import { browser } from "@web/core/browser/browser";

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
