import {
    createConversation,
    createWaMessage,
    customerWrites,
    defineWhatsAppModels,
    fromNow,
} from "../../whatsapp_test_helpers";

import {
    click,
    contains,
    insertText,
    openDiscuss,
    patchUiSize,
    setupChatHub,
    SIZES,
    start,
    startServer,
} from "@mail/../tests/mail_test_helpers";

import { describe, expect, test } from "@odoo/hoot";
import { press, queryAllTexts, queryFirst } from "@odoo/hoot-dom";
import { Deferred } from "@odoo/hoot-mock";
import {
    asyncStep,
    getService,
    onRpc,
    patchWithCleanup,
    serverState,
    waitForSteps,
} from "@web/../tests/web_test_helpers";

defineWhatsAppModels();

const TEMPLATES = [
    {
        id: 11,
        name: "order_confirmation",
        category: "utility",
        language: "ar",
        why: "Arabic, the customer's language",
        body: "مرحبًا {{1}}\nsecond line",
        header_format: "document",
        asks: false,
    },
    {
        id: 12,
        name: "spring_offer",
        category: "marketing",
        language: "en_US",
        why: "",
        body: "Hello {{1}}",
        header_format: "",
        asks: true,
    },
];
const OPTION = ".o-wa-TemplatePicker-option";
const SEARCH = ".o-wa-TemplatePicker-search";

/** Opens a conversation whose window is closed. */
async function openClosed(values = {}) {
    const pyEnv = await startServer();
    const conversation = createConversation(pyEnv, {
        mine: true,
        window_expires_at: fromNow({ hours: -3 }),
        ...values,
    });
    onRpc("wa.conversation", "get_usable_templates", ({ args, kwargs }) => {
        expect(args).toEqual([[conversation.conversationId]]);
        return TEMPLATES.filter(({ name }) => name.includes(kwargs.search));
    });
    onRpc("wa.conversation", "action_compose_template", ({ args }) => {
        expect(args[0]).toEqual([conversation.conversationId]);
        asyncStep(`compose ${args[1]}`);
        return { type: "ir.actions.act_window", res_model: "wa.template.compose" };
    });
    return { ...conversation, pyEnv };
}

/** Lets dialogs be noted down instead of opened. */
function watchDialogs() {
    patchWithCleanup(getService("action"), { doAction: (act) => asyncStep(act.res_model) });
}

describe("on a desktop", () => {
    describe.current.tags("desktop");

    test("a closed window offers the templates, with what helps to choose", async () => {
        const { channelId } = await openClosed();
        await start();
        await openDiscuss(channelId);
        await contains(".o-wa-ComposerBanner b:contains('closed 3 hours ago')");
        await contains(OPTION, { count: 2 });
        await contains(".modal", { count: 0 });
        expect(queryAllTexts(".o-wa-TemplatePicker-name")).toEqual([
            "order_confirmation",
            "spring_offer",
        ]);
        expect(queryAllTexts(".o-wa-TemplatePicker-category")).toEqual(["Utility", "Marketing"]);
        expect(queryAllTexts(".o-wa-TemplatePicker-language")).toEqual([
            "Arabic, the customer's language",
            "en_US",
        ]);
        await contains(`${OPTION}:first .text-truncate[dir='auto']`, { text: "مرحبًا {{1}}" });
        await contains(`${OPTION}:first .fa-file-text-o`);
        watchDialogs();
        await click(`${OPTION}:contains('spring_offer')`);
        await waitForSteps(["compose 12", "wa.template.compose"]);
    });

    test("templates are searched and chosen without a mouse", async () => {
        const { channelId } = await openClosed();
        await start();
        await openDiscuss(channelId);
        await contains(`${OPTION}.o-wa-active:contains('order_confirmation')`);
        watchDialogs();
        queryFirst(SEARCH).focus();
        await press("ArrowDown");
        await contains(`${OPTION}.o-wa-active:contains('spring_offer')`);
        expect(SEARCH).toHaveAttribute(
            "aria-activedescendant",
            queryFirst(`${OPTION}.o-wa-active`).getAttribute("id")
        );
        await press("ArrowDown");
        await contains(`${OPTION}.o-wa-active:contains('order_confirmation')`);
        await press("ArrowUp");
        await press("Enter");
        await waitForSteps(["compose 12", "wa.template.compose"]);
        await insertText(SEARCH, "nothing like this");
        await contains(OPTION, { count: 0 });
        await contains(".o-wa-TemplatePicker-nothing", { text: "No template fits these words." });
        await contains(".o-wa-TemplatePicker-list.o-wa-held");
        await press("Enter");
        await press("Escape");
        await contains(OPTION, { count: 2 });
        await waitForSteps([]);
    });

    test("pressing twice opens one dialog", async () => {
        const { channelId } = await openClosed();
        const answer = new Deferred();
        onRpc("wa.conversation", "action_compose_template", () => {
            asyncStep("asked");
            return answer;
        });
        await start();
        await openDiscuss(channelId);
        await click(`${OPTION}:first`);
        await click(`${OPTION}:first`);
        answer.resolve(false);
        await waitForSteps(["asked"]);
    });

    test("without a template it is said that there is none", async () => {
        const pyEnv = await startServer();
        const { channelId } = createConversation(pyEnv, { mine: true, window_expires_at: false });
        await start();
        await openDiscuss(channelId);
        await contains(".o-wa-TemplatePicker-nothing:contains('no approved template')");
    });

    test("chat windows have it too, and notes stay possible", async () => {
        const { channelId } = await openClosed();
        setupChatHub({ opened: [channelId] });
        await start();
        await contains(`.o-mail-ChatWindow ${OPTION}`, { count: 2 });
        await click(".o-wa-ComposerBanner-note");
        await contains(".o-mail-ChatWindow .o-mail-Composer.o-wa-note");
        await contains(".o-wa-TemplatePicker", { count: 0 });
    });

    for (const [obstacle, values] of [
        ["who only reads", { my_rights: ["read"] }],
        ["blocked customers", { is_blocked: true }],
        ["customers of another responder", { handled_by: "ai_agent" }],
    ]) {
        test(`there is nothing to choose for ${obstacle}`, async () => {
            const { channelId } = await openClosed(values);
            await start();
            await openDiscuss(channelId);
            await contains(".o-wa-ComposerBanner");
            await contains(".o-wa-TemplatePicker", { count: 0 });
        });
    }

    test("WhatsApp's refusal is named as the reason, until the customer writes", async () => {
        const { channelId, pyEnv, ...conversation } = await openClosed({
            window_expires_at: fromNow({ seconds: -1 }),
        });
        createWaMessage(pyEnv, channelId, {
            author_id: serverState.partnerId,
            wa_error: { code: 131047, message: "Too late", hint: "" },
            wa_state: "failed",
        });
        await start();
        await openDiscuss(channelId);
        await contains(".o-wa-ComposerBanner b:contains('WhatsApp refused')");
        customerWrites(pyEnv, { channelId, ...conversation }, "I am here");
        await contains(".o-wa-ComposerBanner b:contains('The 24-hour window closed')");
    });
});

describe("on a telephone", () => {
    describe.current.tags("mobile");

    test("a template is found and chosen by touch", async () => {
        const { channelId } = await openClosed();
        patchUiSize({ size: SIZES.SM });
        await start();
        await openDiscuss(channelId);
        await contains(OPTION, { count: 2 });
        await insertText(SEARCH, "spring");
        await contains(OPTION, { count: 1 });
        watchDialogs();
        await click(OPTION);
        await waitForSteps(["compose 12", "wa.template.compose"]);
    });
});
