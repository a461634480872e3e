/** Two agents share an inbox: both see a new customer, one takes it, the other sees that. */

import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { Discuss, closeBrowser, openBrowser } from "./support/browser.mjs";
import { Business } from "./support/business.mjs";
import { OdooUser } from "./support/odoo.mjs";
import { simulator } from "./support/simulator.mjs";
import { eventually } from "./support/waiting.mjs";

const HANY = { phone: "201005570402", name: "Hany Lotfi" };

let sales;

before(async () => {
    sales = await Business.called(await OdooUser.logIn("admin"), "Sales");
    await simulator.addCustomer(HANY.phone, { name: HANY.name });
    await openBrowser();
});

after(closeBrowser);
afterEach(() => simulator.calmDown());

test("what one agent takes leaves the other's list of work", async () => {
    const [omar, sara] = await Promise.all([Discuss.open("omar"), Discuss.open("sara")]);
    await Promise.all([omar.rememberPage(), sara.rememberPage()]);

    await simulator.write(HANY.phone, sales.number, "Who can help me with a sofa?");

    for (const discuss of [omar, sara]) {
        await discuss.entry(HANY.name).waitFor();
        assert.equal(await discuss.headingOf(HANY.name), "unassigned");
    }
    await Promise.all([omar.openChat(HANY.name), sara.openChat(HANY.name)]);
    await omar.press(/^Take/);

    await eventually("the chat to be Omar's", async () => {
        return (await omar.headingOf(HANY.name)) === "mine";
    });
    await eventually("Sara to see that", async () => {
        return (await sara.headingOf(HANY.name)) === "other";
    });
    const header = sara.page.locator(".o-wa-header", { hasText: "Omar Fathy" });
    await header.waitFor();
    await sara.keepPicture("taken-by-a-colleague");

    await omar.say("I can, which one do you like?");
    await sara.message("I can, which one do you like?").waitFor();
    await sara.openChat("Emma Clarke");
    assert.equal(await sara.entry(HANY.name).count(), 0, "it is not Sara's work");
    for (const discuss of [omar, sara]) {
        assert.ok(await discuss.isSamePage(), "nothing of this needed a reload");
        assert.deepEqual(discuss.page.problems, []);
    }
});
