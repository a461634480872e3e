import {
    createConversation,
    createWaMessage,
    defineWhatsAppModels,
    fromNow,
} from "../../whatsapp_test_helpers";

import {
    contains,
    openDiscuss,
    scroll,
    start,
    startServer,
} from "@mail/../tests/mail_test_helpers";

import { describe, expect, test } from "@odoo/hoot";
import { queryAllTexts, queryFirst } from "@odoo/hoot-dom";

describe.current.tags("desktop");
defineWhatsAppModels();

test("messages stand in the order of WhatsApp's time, then of arrival", async () => {
    const pyEnv = await startServer();
    const { channelId, partnerId } = createConversation(pyEnv, { mine: true });
    const inbound = { author_id: partnerId, wa_direction: "inbound", wa_state: "received" };
    const at = (minutes) => fromNow({ minutes });
    createWaMessage(pyEnv, channelId, { ...inbound, body: "second", date: at(-8) });
    createWaMessage(pyEnv, channelId, { ...inbound, body: "third", date: at(-8) });
    createWaMessage(pyEnv, channelId, { ...inbound, body: "first, came late", date: at(-9) });
    createWaMessage(pyEnv, channelId, { ...inbound, body: "fourth", date: at(-7) });
    await start();
    await openDiscuss(channelId);
    await contains(".o-mail-Message", { count: 4 });
    expect(queryAllTexts(".o-mail-Message-richBody")).toEqual([
        "first, came late",
        "second",
        "third",
        "fourth",
    ]);
});

test("other threads keep the order of arrival", async () => {
    const pyEnv = await startServer();
    const channelId = pyEnv["discuss.channel"].create({ name: "general" });
    for (const [body, minutes] of [
        ["one", -1],
        ["two", -9],
    ]) {
        pyEnv["mail.message"].create({
            body,
            date: fromNow({ minutes }),
            message_type: "comment",
            model: "discuss.channel",
            res_id: channelId,
        });
    }
    await start();
    await openDiscuss(channelId);
    await contains(".o-mail-Message", { count: 2 });
    expect(queryAllTexts(".o-mail-Message-richBody")).toEqual(["one", "two"]);
});

test("a history that arrived late comes page by page, and the reader stays in place", async () => {
    const pyEnv = await startServer();
    const { channelId, partnerId } = createConversation(pyEnv, { mine: true });
    let messageId;
    for (let age = 1; age <= 100; age++) {
        messageId = createWaMessage(pyEnv, channelId, {
            author_id: partnerId,
            body: `${age} ago`,
            // too far apart to share a heading: a page is higher than the window
            date: fromNow({ minutes: -10 * age }),
            wa_direction: "inbound",
            wa_state: "received",
        });
    }
    const [memberId] = pyEnv["discuss.channel.member"].search([["channel_id", "=", channelId]]);
    pyEnv["discuss.channel.member"].write([memberId], { new_message_separator: messageId + 1 });
    await start();
    await openDiscuss(channelId);
    await contains(".o-mail-Message", { count: 30 });
    await contains(".o-mail-Thread", { scroll: "bottom" });
    const texts = () => queryAllTexts(".o-mail-Message-richBody");
    expect(texts().at(0)).toBe("30 ago");
    expect(texts().at(-1)).toBe("1 ago");
    await scroll(".o-mail-Thread", 0);
    await contains(".o-mail-Message", { count: 60 });
    expect(texts().at(0)).toBe("60 ago");
    expect(queryFirst(".o-mail-Thread").scrollTop).toBeGreaterThan(0);
});
