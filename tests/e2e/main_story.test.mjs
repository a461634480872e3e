/** The main job: a customer writes, an agent answers, the phone shows it. */

import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { after, afterEach, before, test } from "node:test";
import { Discuss, PHONE, Phone, closeBrowser, openBrowser } from "./support/browser.mjs";
import { Business } from "./support/business.mjs";
import { OdooUser } from "./support/odoo.mjs";
import { simulator } from "./support/simulator.mjs";
import { sleep } from "./support/waiting.mjs";

const SALMA = { phone: "201005570101", name: "Salma Adel", country: "EG", language: "en" };
const FATIMA = { phone: "966505550102", name: "فاطمة العلي" };
const PICTURE = fileURLToPath(new URL("../../demo/images/oak_table.jpg", import.meta.url));
const LIVE_MS = 2000;

let sales, support;

before(async () => {
    const admin = await OdooUser.logIn("admin");
    sales = await Business.called(admin, "Sales");
    support = await Business.called(admin, "Support");
    const { phone, ...profile } = SALMA;
    await simulator.addCustomer(phone, profile);
    await openBrowser();
});

after(closeBrowser);
afterEach(() => simulator.calmDown());

test("a customer writes, an agent sees it live and answers with text and picture", async (t) => {
    const discuss = await Discuss.open("omar");
    const phone = await Phone.open(SALMA.phone, sales.number);
    await discuss.rememberPage();

    await t.test("the message appears without reload", async () => {
        await phone.write("Good morning! Is the oak table still available?");
        await phone.bubble("Good morning!").waitFor();
        const started = performance.now();
        await discuss.entry(SALMA.name).waitFor();
        const milliseconds = performance.now() - started;
        assert.ok(milliseconds < LIVE_MS, `it took ${milliseconds} ms`);
        assert.equal(await discuss.headingOf(SALMA.name), "unassigned");
        await discuss.openChat(SALMA.name);
        await discuss.message("Is the oak table still available?").waitFor();
    });

    await t.test("the answer arrives on the phone, and is the agent's case now", async () => {
        await discuss.say("Good morning Salma! Yes, two are left.");
        await phone.bubble("Yes, two are left.").waitFor();
        await discuss.message("Yes, two are left.").locator(".o-wa-Ticks.o-wa-delivered").waitFor();
        assert.equal(await discuss.headingOf(SALMA.name), "mine");
    });

    await t.test("a picture with its caption arrives too", async () => {
        await discuss.attach(PICTURE);
        await discuss.say("This is the last one but one");
        const picture = phone.pictures.last().locator("img");
        await picture.waitFor();
        await phone.bubble("This is the last one but one").waitFor();
        await picture.evaluate((image) => image.decode());
        assert.ok((await picture.evaluate((image) => image.naturalWidth)) > 100);
    });

    await t.test("an internal note never leaves", async () => {
        await discuss.sayInternally("She is a regular: ten percent are fine");
        await discuss.message("ten percent are fine").locator(".o-wa-noteLabel").waitFor();
        await sleep(1500);
        assert.equal((await simulator.received(SALMA.phone, sales.number)).length, 2);
        assert.equal(await phone.bubble("ten percent").count(), 0);
    });

    await t.test("the ticks turn to read when the phone opens the chat", async () => {
        await simulator.read(SALMA.phone, sales.number, true);
        const read = discuss.page.locator(".o-mail-Message .o-wa-Ticks.o-wa-read");
        await read.nth(1).waitFor();
        assert.equal(await read.count(), 2);
        await phone.write("Wonderful, I take it!");
        await discuss.message("Wonderful, I take it!").waitFor();
    });

    assert.ok(await discuss.isSamePage(), "nothing of this needed a reload");
    assert.deepEqual(discuss.page.problems, []);
    await discuss.keepPicture("discuss-desktop");
    await phone.keepPicture("phone-of-the-customer");
});

test("the same conversation on an agent's telephone", async () => {
    const discuss = await Discuss.open("omar", PHONE);
    await discuss.keepPicture("discuss-small-inbox");
    await discuss.openOnTelephone(SALMA.name);
    await discuss.message("Yes, two are left.").waitFor();
    await discuss.input.waitFor();
    const hidden = await discuss.page.evaluate(() => {
        const page = document.documentElement;
        return page.scrollWidth - page.clientWidth;
    });
    assert.equal(hidden, 0, "nothing sticks out at the side");
    await discuss.keepPicture("discuss-small-chat");
    assert.deepEqual(discuss.page.problems, []);
});

test("an agent who works from right to left", async () => {
    const discuss = await Discuss.open("amina");
    const phone = await Phone.open(FATIMA.phone, support.number);
    await discuss.openChat(FATIMA.name);

    await discuss.say("هل يناسبك يوم الأحد صباحا؟");

    await phone.bubble("هل يناسبك يوم الأحد صباحا؟").waitFor();
    const answer = discuss.message("هل يناسبك يوم الأحد صباحا؟").last();
    await answer.locator(".o-wa-Ticks.o-wa-delivered").waitFor();
    const direction = await answer
        .locator(".o-mail-Message-richBody")
        .evaluate((body) => getComputedStyle(body).direction);
    assert.equal(direction, "rtl");
    const page = await discuss.page.evaluate(() => getComputedStyle(document.body).direction);
    assert.equal(page, "rtl");
    assert.deepEqual(discuss.page.problems, []);
    await discuss.keepPicture("discuss-arabic");
    await phone.keepPicture("phone-arabic");
});
