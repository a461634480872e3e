import {
    createConversation,
    createWaMessage,
    defineWhatsAppModels,
    fromNow,
} from "../../whatsapp_test_helpers";

import {
    click,
    contains,
    hover,
    openDiscuss,
    start,
    startServer,
} from "@mail/../tests/mail_test_helpers";

import { describe, expect, test } from "@odoo/hoot";
import { asyncStep, mockService, serverState, waitForSteps } from "@web/../tests/web_test_helpers";

describe.current.tags("desktop");
defineWhatsAppModels();

/** Opens a conversation with these messages of the customer. */
async function openMessages(vals_list, conversation = {}) {
    const pyEnv = await startServer();
    const { channelId, partnerId } = createConversation(pyEnv, { mine: true, ...conversation });
    for (const values of vals_list) {
        createWaMessage(pyEnv, channelId, {
            author_id: partnerId,
            wa_direction: "inbound",
            wa_state: "received",
            ...values,
        });
    }
    await start();
    await openDiscuss(channelId);
    return pyEnv;
}

function file(pyEnv, name, mimetype) {
    return pyEnv["ir.attachment"].create({ name, mimetype, type: "binary" });
}

const MARKS = [
    ["a forwarded message", { wa_forwarded: "once" }, "Forwarded"],
    ["one that was forwarded often", { wa_forwarded: "often" }, "Forwarded many times"],
    ["one from the phone app", { wa_origin: "app" }, "Sent from the phone app"],
    ["one from the history", { wa_origin: "history" }, "From the history"],
    [
        "one of another responder",
        { wa_direction: "outbound", wa_origin: "standby" },
        "Sent by another responder",
    ],
    ["a tap", { wa_content: { kind: "reply", via: "button" } }, "Tapped a button"],
    ["a choice", { wa_content: { kind: "reply", via: "list" } }, "Chose from a list"],
    [
        "a tap on a template",
        { wa_content: { kind: "reply", via: "template" } },
        "Tapped a button of a template",
    ],
    ["a voice note", { wa_content: { kind: "audio", voice: true }, body: "" }, "Voice note"],
];

for (const [name, values, text] of MARKS) {
    test(`${name} is marked as such`, async () => {
        await openMessages([values]);
        await contains(".o-wa-MessageMarks", { text });
    });
}

test("an ordinary message has no marks, and shows what was tapped as its text", async () => {
    await openMessages([
        { body: "plain" },
        { body: "to another responder", wa_origin: "standby" },
        { body: "Yes", wa_content: { kind: "reply", via: "button", title: "Yes" } },
    ]);
    await contains(".o-mail-Message-richBody", { text: "Yes" });
    await contains(".o-wa-MessageMarks", { count: 1 });
});

test("the ad that brought the customer can be opened", async () => {
    const referral = {
        source_url: "https://fb.me/xyz",
        source_type: "ad",
        headline: "Summer sale",
        body: "Sofas for less",
        image_url: "https://tracker.example.com/pixel.gif",
    };
    await openMessages([
        { wa_referral: referral },
        { wa_referral: { ...referral, source_type: "post", source_url: "javascript:alert(1)" } },
    ]);
    await contains(".o-wa-Referral", { count: 2 });
    await contains(".o-wa-Referral:contains('from an ad') .o-wa-Referral-headline", {
        text: "Summer sale",
    });
    await contains(".o-wa-Referral:contains('from a post')");
    await contains(".o-wa-Referral-link[href='https://fb.me/xyz'][target='_blank']", { count: 1 });
    expect(".o-wa-Referral img").toHaveCount(0);
});

test("an edited message is marked", async () => {
    await openMessages([{ body: "new words", wa_edited: true }]);
    await contains(".o-mail-Message-body:contains('new words') .o-wa-edited", { text: "Edited" });
});

for (const isSupervisor of [true, false]) {
    const who = isSupervisor ? "a supervisor finds" : "an agent does not find";
    test(`a deleted message says so, ${who} the original`, async () => {
        const pyEnv = await startServer();
        const my_rights = ["read", "note", "reply", ...(isSupervisor ? ["manage"] : [])];
        const { channelId, partnerId } = createConversation(pyEnv, { mine: true, my_rights });
        createWaMessage(pyEnv, channelId, {
            attachment_ids: [file(pyEnv, "secret.png", "image/png")],
            author_id: partnerId,
            body: "secret",
            wa_content: { kind: "location", latitude: 1, longitude: 2 },
            wa_direction: "inbound",
            wa_edited: true,
            wa_message_id: 71,
            wa_revoked: true,
            wa_state: "received",
        });
        await start();
        await openDiscuss(channelId);
        await contains(".o-mail-Message .o-wa-Revoked:contains('This message was deleted')");
        expect(".o-mail-Message-richBody, .o-wa-Location, .o-wa-edited").toHaveCount(0);
        expect(".o-mail-AttachmentContainer").toHaveCount(0);
        mockService("action", {
            async doAction(action) {
                asyncStep(`${action.res_model} ${action.res_id}`);
            },
        });
        if (isSupervisor) {
            await click(".o-wa-Revoked-original");
            await waitForSteps(["wa.message 71"]);
        } else {
            await contains(".o-wa-Revoked-original", { count: 0 });
        }
    });
}

test("a lost file says why", async () => {
    await openMessages([
        {
            body: "",
            wa_media_error: "The file is larger than 100 MB.",
            wa_media_state: "failed",
            wa_type: "video",
        },
    ]);
    await contains(".o-wa-MessagePlaceholder.o-wa-failed .fa-video-camera");
    await contains(".o-wa-MessagePlaceholder-reason", { text: "The file is larger than 100 MB." });
});

test("stickers have no frame, videos and sounds play in place, documents keep their name", async () => {
    const pyEnv = await startServer();
    const { channelId, partnerId } = createConversation(pyEnv, { mine: true });
    const files = {
        sticker: ["wave.webp", "image/webp"],
        video: ["door.mp4", "video/mp4"],
        audio: ["song.mp3", "audio/mpeg"],
        document: ["invoice 7.pdf", "application/octet-stream"],
    };
    for (const [wa_type, [name, mimetype]] of Object.entries(files)) {
        createWaMessage(pyEnv, channelId, {
            attachment_ids: [file(pyEnv, name, mimetype)],
            author_id: partnerId,
            body: "",
            wa_direction: "inbound",
            wa_state: "received",
            wa_type,
        });
    }
    await start();
    await openDiscuss(channelId);
    await contains(".o-mail-Message.o-wa-sticker .o-mail-AttachmentImage");
    await contains("video.o-wa-player[controls][aria-label='door.mp4']");
    await contains("audio.o-wa-player[controls][aria-label='song.mp3']");
    await contains(
        ".o-mail-AttachmentContainer[aria-label='invoice 7.pdf'] .o-mail-AttachmentCard"
    );
    await contains(".o-wa-player", { count: 2 });
});

test("a message can be reacted to while WhatsApp takes it", async () => {
    await openMessages([{ body: "react" }]);
    await hover(".o-mail-Message");
    await contains(".o-mail-Message-actions [title='Add a Reaction']");
});

for (const [name, values, conversation] of [
    ["after the window", {}, { window_expires_at: fromNow({ hours: -1 }) }],
    ["while blocked", {}, { is_blocked: true }],
    ["while another responder has the chat", {}, { handled_by: "ai_agent" }],
    ["before it was sent", { wa_state: "queued" }, {}],
    ["when deleted", { wa_revoked: true }, {}],
]) {
    test(`nobody reacts to a message ${name}`, async () => {
        await openMessages([{ body: "still", ...values }], conversation);
        await hover(".o-mail-Message");
        await contains(".o-mail-Message-actions [title='Add Star'], .o-mail-Message-moreMenu", {
            count: 1,
        });
        expect(".o-mail-Message-actions [title='Add a Reaction']").toHaveCount(0);
    });
}

test("the customer's reaction has the customer's name", async () => {
    const pyEnv = await startServer();
    const { channelId, partnerId } = createConversation(pyEnv, { mine: true });
    const messageId = createWaMessage(pyEnv, channelId, { author_id: serverState.partnerId });
    pyEnv["mail.message.reaction"].create({
        content: "👍",
        message_id: messageId,
        partner_id: partnerId,
    });
    await start();
    await openDiscuss(channelId);
    await hover(".o-mail-MessageReaction");
    await contains(".o-mail-MessageReactionList-previewText:contains('reacted by Amal')");
});

test("what makes no sense for messages of WhatsApp is not offered", async () => {
    await openMessages([{ body: "hello" }]);
    await click(".o-mail-Message [title='Expand']");
    await contains(".o-dropdown-item:contains('Copy Link')");
    expect(".o-dropdown-item:contains('Pin')").toHaveCount(0);
    expect(".o-dropdown-item:contains('Edit')").toHaveCount(0);
    expect(".o-dropdown-item:contains('Delete')").toHaveCount(0);
});

test("a quote names what has no words", async () => {
    const pyEnv = await startServer();
    const { channelId, partnerId } = createConversation(pyEnv, { mine: true });
    const parentId = createWaMessage(pyEnv, channelId, {
        author_id: partnerId,
        body: "",
        wa_content: { kind: "call_permission", accepted: false, permanent: false },
        wa_direction: "inbound",
        wa_type: "interactive",
    });
    createWaMessage(pyEnv, channelId, { body: "Fine", parent_id: parentId });
    await start();
    await openDiscuss(channelId);
    await contains(".o-mail-MessageInReply-message", {
        text: "📞 The customer does not want to be called.",
    });
});
