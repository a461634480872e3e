import {
    createConversation,
    customerWrites,
    defineWhatsAppModels,
} from "../../whatsapp_test_helpers";

import { contains, openDiscuss, start, startServer } from "@mail/../tests/mail_test_helpers";

import { describe, expect, test } from "@odoo/hoot";
import { animationFrame, advanceTime } from "@odoo/hoot-mock";
import {
    asyncStep,
    getService,
    onRpc,
    patchWithCleanup,
    serverState,
    waitForSteps,
} from "@web/../tests/web_test_helpers";

describe.current.tags("desktop");
defineWhatsAppModels();

test("a browser that only looks on makes no request per message", async () => {
    const pyEnv = await startServer();
    const mine = createConversation(pyEnv, { customer: "Mine", mine: true });
    const unassigned = createConversation(pyEnv, { customer: "Unassigned" });
    await start();
    await openDiscuss();
    await getService("mail.store").loadWaInbox();
    await contains(".o-mail-DiscussSidebarChannel-itemName", { count: 2 });
    onRpc("/*", (request) => {
        asyncStep(new URL(request.url).pathname);
    });
    for (const body of ["one", "two", "three"]) {
        customerWrites(pyEnv, mine, body);
        customerWrites(pyEnv, unassigned, body);
        await contains(".o-wa-SidebarLine-preview", { count: 2, text: body });
    }
    await advanceTime(5000);
    await contains(".o-mail-DiscussSidebarChannel-badge", { count: 2, text: "4" });
    await waitForSteps([]);
});

test("a conversation that came over the bus is not asked for again", async () => {
    const pyEnv = await startServer();
    await start();
    await openDiscuss();
    await getService("mail.store").loadWaInbox();
    const conversation = createConversation(pyEnv, { customer: "New customer" });
    onRpc("/*", (request) => {
        asyncStep(new URL(request.url).pathname);
    });
    const [self] = pyEnv["res.partner"].read(serverState.partnerId);
    pyEnv["bus.bus"]._sendone(
        self,
        "mail.record/insert",
        pyEnv["wa.conversation"]._team_data([conversation.conversationId])
    );
    await contains(".o-mail-DiscussSidebarChannel-itemName:contains('New customer')");
    customerWrites(pyEnv, conversation, "Hello again");
    await contains(".o-wa-SidebarLine-preview", { text: "Hello again" });
    await advanceTime(5000);
    await waitForSteps([]);
});

test("nobody watches whether a customer is online", async () => {
    const pyEnv = await startServer();
    const { partnerId } = createConversation(pyEnv);
    await start();
    const subscribed = [];
    patchWithCleanup(getService("bus_service"), {
        addChannel(channel) {
            subscribed.push(channel);
            return super.addChannel(...arguments);
        },
    });
    await openDiscuss();
    await contains(".o-mail-DiscussSidebarChannel-itemName");
    expect(subscribed.filter((name) => name.endsWith(`res.partner_${partnerId}`))).toEqual([]);
});

test("news of a conversation that nobody has is told outside of the page", async () => {
    const pyEnv = await startServer();
    const { channelId } = createConversation(pyEnv);
    await start();
    patchWithCleanup(getService("mail.out_of_focus"), {
        sendNotification({ title, message }) {
            asyncStep(`${title}: ${message}`);
        },
    });
    const [self] = pyEnv["res.partner"].read(serverState.partnerId);
    const payload = {
        company_id: pyEnv.company.id,
        thread_id: channelId,
        title: "Amal",
        body: "Anybody there?",
    };
    pyEnv["bus.bus"]._sendone(self, "whatsapp_helpdesk/incoming", payload);
    await waitForSteps(["Amal: Anybody there?"]);
});

test("news of the conversation on screen is not told again", async () => {
    const pyEnv = await startServer();
    const { channelId } = createConversation(pyEnv);
    await start();
    await openDiscuss(channelId);
    patchWithCleanup(document, { hasFocus: () => true });
    patchWithCleanup(getService("mail.out_of_focus"), {
        sendNotification: () => asyncStep("notification"),
    });
    const [self] = pyEnv["res.partner"].read(serverState.partnerId);
    const payload = {
        company_id: pyEnv.company.id,
        thread_id: channelId,
        title: "Amal",
        body: "Hello",
    };
    pyEnv["bus.bus"]._sendone(self, "whatsapp_helpdesk/incoming", payload);
    await animationFrame();
    await advanceTime(1000);
    await waitForSteps([]);
});
