/** WhatsApp takes answers for 24 hours: before and after that Discuss does not pretend. */

import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { Discuss, Phone, closeBrowser, openBrowser } from "./support/browser.mjs";
import { Business } from "./support/business.mjs";
import { OdooUser } from "./support/odoo.mjs";
import { simulator } from "./support/simulator.mjs";

const DINA = { phone: "201005570301", name: "Dina Magdy" };

let sales;

before(async () => {
    sales = await Business.called(await OdooUser.logIn("admin"), "Sales");
    await simulator.addCustomer(DINA.phone, { name: DINA.name });
    await openBrowser();
});

after(closeBrowser);
afterEach(() => simulator.calmDown());

test("a banner replaces the composer until the customer writes again", async () => {
    await simulator.setClock(-26);
    const wamid = await simulator.write(DINA.phone, sales.number, "Can I still change the colour?");
    await sales.arrived(wamid);
    await simulator.setClock(0);
    const discuss = await Discuss.open("omar");
    const phone = await Phone.open(DINA.phone, sales.number);
    await discuss.rememberPage();

    await discuss.openChat(DINA.name);
    const banner = discuss.page.locator(".o-wa-ComposerBanner");
    await banner.waitFor();
    await discuss.message("Can I still change the colour?").waitFor();
    assert.equal(await discuss.composer.count(), 0);
    await discuss.keepPicture("window-closed");

    await phone.write("Hello? The colour, please");
    await discuss.composer.waitFor();
    assert.equal(await banner.count(), 0);
    await discuss.say("Yes, which one do you want?");

    await phone.bubble("Yes, which one do you want?").waitFor();
    assert.ok(await discuss.isSamePage(), "nothing of this needed a reload");
    assert.deepEqual(discuss.page.problems, []);
});
