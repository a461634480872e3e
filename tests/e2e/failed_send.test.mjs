/** WhatsApp refuses an answer: the agent sees why, and sends it again. */

import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { Discuss, closeBrowser, openBrowser } from "./support/browser.mjs";
import { Business } from "./support/business.mjs";
import { OdooUser } from "./support/odoo.mjs";
import { simulator } from "./support/simulator.mjs";

const TAREK = { phone: "201005570201", name: "Tarek Fouad" };
const NADIA = { phone: "201005570202", name: "Nadia Samir" };

let sales;

before(async () => {
    sales = await Business.called(await OdooUser.logIn("admin"), "Sales");
    for (const { phone, name } of [TAREK, NADIA]) {
        await simulator.addCustomer(phone, { name });
    }
    await openBrowser();
});

after(closeBrowser);
afterEach(() => simulator.calmDown());

/** Answer a customer although WhatsApp will refuse it, and send it again when it does. */
async function refuseAndRetry({ phone, name }, then, reason, picture) {
    const wamid = await simulator.write(phone, sales.number, "Do you deliver on Friday?");
    await sales.arrived(wamid);
    const discuss = await Discuss.open("omar");
    await discuss.openChat(name);
    await simulator.addRule({ on: "messages", phone, then });

    await discuss.say("Yes, on Friday morning.");

    const answer = discuss.message("Yes, on Friday morning.");
    const failure = answer.locator(".o-wa-MessageStatus.o-wa-failed");
    await failure.waitFor();
    assert.match(await failure.innerText(), reason);
    assert.equal((await simulator.received(phone, sales.number)).filter(isThere).length, 0);
    await discuss.keepPicture(picture);

    await failure.locator(".o-wa-MessageStatus-retry").click();

    await answer.locator(".o-wa-Ticks.o-wa-delivered").waitFor();
    assert.equal(await failure.count(), 0);
    assert.equal((await simulator.received(phone, sales.number)).filter(isThere).length, 1);
    assert.deepEqual(discuss.page.problems, []);
}

function isThere(message) {
    return ["delivered", "read"].includes(message.status);
}

test("a message that fails later has its reason and a way to send it again", () =>
    refuseAndRetry(
        TAREK,
        { async_failed: { code: 131026, title: "Message undeliverable", details: "No WhatsApp" } },
        /No WhatsApp|not on WhatsApp/,
        "failed-later"
    ));

test("a message that is refused at once has its reason and a way to send it again", () =>
    refuseAndRetry(
        NADIA,
        { error: { code: 130497, message: "Business restricted in this country" } },
        /country/,
        "failed-at-once"
    ));
