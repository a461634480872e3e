import { createConversation, defineWhatsAppModels, fromNow } from "../../whatsapp_test_helpers";

import { click, contains, openDiscuss, start, startServer } from "@mail/../tests/mail_test_helpers";

import { describe, expect, test } from "@odoo/hoot";
import { queryAllTexts } from "@odoo/hoot-dom";
import { onRpc } from "@web/../tests/web_test_helpers";

const { DateTime } = luxon;

describe.current.tags("desktop");
defineWhatsAppModels();

const MINE = ".o-wa-SidebarCategory-mine";
const UNASSIGNED = ".o-wa-SidebarCategory-unassigned";
const NAME = ".o-mail-DiscussSidebarChannel-itemName";

test("the own and the unassigned conversations have their groups, newest first", async () => {
    const pyEnv = await startServer();
    const at = (minutes) => ({ last_message_at: fromNow({ minutes }) });
    createConversation(pyEnv, { customer: "Mine", mine: true });
    createConversation(pyEnv, { customer: "Older", ...at(-30) });
    createConversation(pyEnv, { customer: "Newest", ...at(-1) });
    createConversation(pyEnv, { customer: "Oldest", ...at(-60) });
    createConversation(pyEnv, { customer: "Closed", state: "closed" });
    await start();
    await openDiscuss();
    await contains(NAME, { count: 4 });
    await contains(`${MINE} ~ .o-mail-DiscussSidebarChannel-container ${NAME}:contains(Mine)`);
    expect(queryAllTexts(".o-wa-SidebarLine-name")).toEqual(["Mine", "Newest", "Older", "Oldest"]);
});

test("a conversation says how much is unanswered, what was written last, and when", async () => {
    const pyEnv = await startServer();
    createConversation(pyEnv, { last_message_preview: "Hello there", unanswered_count: 3 });
    await start();
    await openDiscuss();
    await contains(`${NAME}.fw-bolder`);
    await contains(".o-mail-DiscussSidebarChannel-badge", { text: "3" });
    await contains(".o-wa-SidebarLine-preview[dir='auto']", { text: "Hello there" });
    const time = DateTime.now().minus({ minutes: 5 }).toLocaleString(DateTime.TIME_SIMPLE);
    await contains(`.o-wa-SidebarLine-time:contains('${time}')`);
    await contains(".o-mail-DiscussSidebarChannel .o-wa-ThreadIcon[title='WhatsApp']");
});

test("a last message without text is named by its kind", async () => {
    const pyEnv = await startServer();
    createConversation(pyEnv, { last_message_preview: "[sticker]" });
    await start();
    await openDiscuss();
    await contains(".o-wa-SidebarLine-preview", { text: "🖼️ Sticker" });
});

test("agents see the groups even when there is nothing to do, others never", async () => {
    await startServer();
    await start();
    await openDiscuss();
    await contains(MINE);
    await contains(UNASSIGNED);
    await contains(".o-wa-SidebarCategory-other", { count: 0 });
});

test("who is no agent has no groups and asks for no inbox", async () => {
    await startServer();
    onRpc("has_group", ({ args }) => args[1] !== "whatsapp_helpdesk.group_agent");
    onRpc("/mail/data", async (request) => {
        const { params } = await request.json();
        const names = params.fetch_params.map((param) => (Array.isArray(param) ? param[0] : param));
        expect(names).not.toInclude("whatsapp_helpdesk.inbox");
    });
    await start();
    await openDiscuss();
    await contains(".o-mail-DiscussSidebarCategory-channel");
    await contains(".o-wa-SidebarCategory", { count: 0 });
});

test("taking a conversation moves it to the own ones, closing takes it away", async () => {
    const pyEnv = await startServer();
    const { channelId } = createConversation(pyEnv);
    const { channelId: otherId } = createConversation(pyEnv, { customer: "Other", mine: true });
    await start();
    await openDiscuss(channelId);
    await contains(`${UNASSIGNED} + .o-mail-DiscussSidebarChannel-container ${NAME}`);
    await click(".o-mail-DiscussContent-header button[name='wa-take']");
    await contains(`${UNASSIGNED} + .o-mail-DiscussSidebarChannel-container`, { count: 0 });
    await contains(`${MINE} ~ .o-mail-DiscussSidebarChannel-container ${NAME}`, { count: 2 });
    await click(".o-mail-DiscussContent-header button[name='wa-close']");
    await contains(".o-wa-Notice-closed");
    await openDiscuss(otherId);
    await contains(NAME, { count: 1 });
});

test("releasing a conversation does not throw the agent out of it", async () => {
    const pyEnv = await startServer();
    const { channelId } = createConversation(pyEnv, { mine: true });
    await start();
    await openDiscuss(channelId);
    await click(".o-mail-DiscussContent-header button[name='wa-release']");
    await contains(".o-mail-DiscussContent-header button[name='wa-take']");
    await contains(`${UNASSIGNED} + .o-mail-DiscussSidebarChannel-container ${NAME}`);
    await contains(".o-wa-header-name", { text: "Amal" });
});
