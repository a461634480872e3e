/** Not everything is answered in Odoo: a colleague uses the phone app, another responder helps. */

import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { Discuss, Phone, closeBrowser, openBrowser } from "./support/browser.mjs";
import { Business } from "./support/business.mjs";
import { OdooUser } from "./support/odoo.mjs";
import { simulator } from "./support/simulator.mjs";
import { eventually } from "./support/waiting.mjs";

const SAMIR = { phone: "201005570901", name: "Samir Anwar" };
const DALIA = { phone: "201005570902", name: "Dalia Ragab" };

let support;

before(async () => {
    support = await Business.called(await OdooUser.logIn("admin"), "Support");
    for (const { phone, name } of [SAMIR, DALIA]) {
        await simulator.addCustomer(phone, { name });
    }
    await openBrowser();
});

after(closeBrowser);
afterEach(() => simulator.calmDown());

test("an answer from the phone app appears as such and is not sent again", async () => {
    await simulator.write(SAMIR.phone, support.number, "Is my chair repaired?");
    const discuss = await Discuss.open("layla");
    const phone = await Phone.open(SAMIR.phone, support.number);
    await discuss.openChat(SAMIR.name);
    await discuss.rememberPage();
    const sent = (await simulator.sends(support.number)).length;

    await simulator.actAs(support.number, "echo", {
        phone: SAMIR.phone,
        type: "text",
        text: { body: "Yes, come by this afternoon" },
    });

    const answer = discuss.message("Yes, come by this afternoon");
    await answer.waitFor();
    await discuss.page.locator(".o-wa-origin", { hasText: "Sent from the phone app" }).waitFor();
    assert.ok(await answer.evaluate((node) => node.classList.contains("o-wa-outbound")));
    await phone.bubble("Yes, come by this afternoon").waitFor();
    const [conversation] = await eventually("nothing left to answer", async () => {
        const found = await support.conversations(SAMIR.phone);
        return found[0].unanswered_count === 0 && found;
    });
    assert.equal(conversation.state, "open", "the phone app takes nobody's work");
    assert.equal((await simulator.sends(support.number)).length, sent);
    await discuss.keepPicture("answer-from-the-phone-app");
    assert.ok(await discuss.isSamePage(), "nothing of this needed a reload");
    assert.deepEqual(discuss.page.problems, []);
});

test("while another responder has the chat, agents read along and write only notes", async () => {
    await simulator.write(DALIA.phone, support.number, "Which colours are there?");
    const discuss = await Discuss.open("layla");
    await discuss.openChat(DALIA.name);
    const banner = discuss.page.locator(".o-wa-ComposerBanner.o-wa-elsewhere");

    await simulator.actAs(support.number, "handover", { phone: DALIA.phone, role: "ai_agent" });
    await banner.getByText("AI agent is answering").waitFor();
    assert.equal(await discuss.composer.count(), 0);
    await simulator.write(DALIA.phone, support.number, "I mean the sofa");
    await discuss.message("I mean the sofa").waitFor();
    await simulator.actAs(support.number, "standby-echo", {
        phone: DALIA.phone,
        type: "text",
        text: { body: "Sand and green" },
    });
    await discuss.message("Sand and green").waitFor();
    await banner.locator(".o-wa-ComposerBanner-note").click();
    await discuss.say("The green one is sold out");
    await discuss.message("The green one is sold out").locator(".o-wa-noteLabel").waitFor();
    await discuss.keepPicture("answered-elsewhere");

    await simulator.actAs(support.number, "handover", {
        phone: DALIA.phone,
        role: "customer_service",
    });
    await banner.waitFor({ state: "detached" });
    await discuss.page.locator(".o-wa-ComposerHeader-customer").click();
    await discuss.say("Only sand is left, sorry");
    const received = await eventually("the answer on the phone", async () => {
        const found = await simulator.received(DALIA.phone, support.number);
        return found.some(({ text }) => text === "Only sand is left, sorry") && found;
    });
    assert.ok(received.every(({ text }) => text !== "The green one is sold out"));
    assert.deepEqual(discuss.page.problems, []);
});
