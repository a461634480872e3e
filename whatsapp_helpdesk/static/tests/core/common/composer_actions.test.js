import { createConversation, defineWhatsAppModels } from "../../whatsapp_test_helpers";

import {
    click,
    contains,
    inputFiles,
    mockGetMedia,
    openDiscuss,
    patchVoiceMessageAudio,
    start,
    startServer,
} from "@mail/../tests/mail_test_helpers";
import { Mp3Encoder } from "@mail/discuss/voice_message/common/mp3_encoder";
import { loadLamejs } from "@mail/discuss/voice_message/common/voice_message_service";
import { VoicePlayer } from "@mail/discuss/voice_message/common/voice_player";
import { patchable } from "@mail/discuss/voice_message/common/voice_recorder";

import { describe, expect, test } from "@odoo/hoot";
import { press, queryAllTexts } from "@odoo/hoot-dom";
import {
    asyncStep,
    getService,
    onRpc,
    patchWithCleanup,
    waitForSteps,
} from "@web/../tests/web_test_helpers";

describe.current.tags("desktop");
defineWhatsAppModels();

const MORE = ".o-mail-Composer button[title='More Actions']";
const ATTACH = ".o-mail-Composer .o_input_file:not(.o-wa-stickerInput)";
const STICKER = ".o-mail-Composer .o-wa-stickerInput";
const CUSTOMER_ONLY = ["Sticker", "Location", "Contact card", "Templates", "Buttons and lists"];

/** Notes down what is posted: number of files, and whether they go as stickers. */
function watchPosts() {
    onRpc("/mail/message/post", async (request) => {
        const { params } = await request.json();
        const { attachment_ids: ids = [], subtype_xmlid: subtype } = params.post_data;
        asyncStep(`${subtype} ${ids.length} ${Boolean(params.context.whatsapp_sticker)}`);
    });
}

function makeFile(name, type) {
    return new File(["x"], name, { type });
}

test("a customer can get more than files, a colleague only files and recordings", async () => {
    const pyEnv = await startServer();
    const { channelId } = createConversation(pyEnv, { mine: true });
    await start();
    await openDiscuss(channelId);
    await click(MORE);
    await contains(".dropdown-item:contains('Voice Message')");
    for (const name of CUSTOMER_ONLY) {
        await contains(`.dropdown-item:contains('${name}')`);
    }
    expect(queryAllTexts(".dropdown-item").join()).not.toMatch(/GIF/);
    await click(MORE);
    await click(".o-wa-ComposerHeader-note");
    await click(MORE);
    await contains(".dropdown-item:contains('Voice Message')");
    for (const name of CUSTOMER_ONLY) {
        await contains(`.dropdown-item:contains('${name}')`, { count: 0 });
    }
});

for (const [name, method] of [
    ["Location", "action_send_location"],
    ["Contact card", "action_send_contact"],
    ["Templates", "action_compose_template"],
    ["Buttons and lists", "action_compose_interactive"],
]) {
    test(`${name} opens the dialog that the server answers with`, async () => {
        const pyEnv = await startServer();
        const { channelId, conversationId } = createConversation(pyEnv, { mine: true });
        onRpc("wa.conversation", method, ({ args }) => {
            asyncStep(`asked ${args[0][0] === conversationId}`);
            return { type: "ir.actions.act_window", res_model: "some.wizard" };
        });
        await start();
        await openDiscuss(channelId);
        patchWithCleanup(getService("action"), { doAction: (act) => asyncStep(act.res_model) });
        await click(MORE);
        await click(`.dropdown-item:contains('${name}')`);
        await waitForSteps(["asked true", "some.wizard"]);
    });
}

test("a recording becomes a voice note in the composer", async () => {
    const recorded = new File([new Uint8Array(25000)], "note.mp3", { type: "audio/mp3" });
    patchWithCleanup(Mp3Encoder.prototype, {
        encode() {},
        finish: () => Array(500).map(() => new Int8Array()),
    });
    patchWithCleanup(patchable, { makeFile: () => recorded });
    patchWithCleanup(VoicePlayer.prototype, { async fetchFile() {}, async drawBuffer() {} });
    mockGetMedia();
    const resources = patchVoiceMessageAudio();
    const pyEnv = await startServer();
    const { channelId } = createConversation(pyEnv, { mine: true });
    watchPosts();
    await start();
    await openDiscuss(channelId);
    await loadLamejs();
    await click(MORE);
    await click(".dropdown-item:contains('Voice Message')");
    await contains(".o-mail-VoiceRecorder", { text: "00 : 00" });
    resources.audioProcessor.process([[new Float32Array(128)]]);
    await click(".o-mail-Composer button[title='Stop Recording']");
    await contains(".o-mail-Composer .o-mail-VoicePlayer");
    await contains(".o_notification", { count: 0 });
    await click(".o-mail-Composer button[name='send-message']");
    await waitForSteps(["mail.mt_comment 1 false"]);
});

test("a chosen sticker is sent as one, a picture of the same format is not", async () => {
    const pyEnv = await startServer();
    const { channelId } = createConversation(pyEnv, { mine: true });
    watchPosts();
    await start();
    await openDiscuss(channelId);
    await inputFiles(STICKER, [makeFile("wink.webp", "image/webp")]);
    await contains(".o-mail-AttachmentContainer:not(.o-isUploading)");
    await press("Enter");
    await waitForSteps(["mail.mt_comment 1 true"]);
    await contains(".o-mail-Composer .o-mail-AttachmentContainer", { count: 0 });
    await inputFiles(ATTACH, [makeFile("shop.webp", "image/webp")]);
    await contains(".o_notification:contains('shop.webp: it is sent as a document')");
    await contains(".o-mail-Composer .o-mail-AttachmentContainer:not(.o-isUploading)");
    await press("Enter");
    await waitForSteps(["mail.mt_comment 1 false"]);
});

test("what WhatsApp refuses is said before it is uploaded", async () => {
    const pyEnv = await startServer();
    const { channelId } = createConversation(pyEnv, { mine: true });
    onRpc("/mail/attachment/upload", () => asyncStep("upload"));
    await start();
    await openDiscuss(channelId);
    await inputFiles(ATTACH, [new File([], "nothing.txt", { type: "text/plain" })]);
    await contains(".o_notification:contains('nothing.txt is empty')");
    await inputFiles(STICKER, [makeFile("smile.png", "image/png")]);
    await contains(".o_notification:contains('smile.png is not a WebP picture')");
    await waitForSteps([]);
    await contains(".o-mail-Composer .o-mail-AttachmentContainer", { count: 0 });
});

test("what stays inside is not measured by WhatsApp's limits", async () => {
    const pyEnv = await startServer();
    const { channelId } = createConversation(pyEnv, { mine: true });
    await start();
    await openDiscuss(channelId);
    await click(".o-wa-ComposerHeader-note");
    await inputFiles(ATTACH, [makeFile("scan.heic", "image/heic")]);
    await contains(".o-mail-Composer .o-mail-AttachmentContainer:not(.o-isUploading)");
    await contains(".o_notification", { count: 0 });
});
