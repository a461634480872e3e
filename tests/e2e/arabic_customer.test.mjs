/** A customer without a phone number, known by a username only, writes Arabic and sends sounds. */

import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { Discuss, Phone, closeBrowser, openBrowser } from "./support/browser.mjs";
import { Business } from "./support/business.mjs";
import { OdooUser } from "./support/odoo.mjs";
import { simulator } from "./support/simulator.mjs";
import { eventually } from "./support/waiting.mjs";

// The number is how the simulator calls the phone; WhatsApp does not tell it to the business
const HIND = {
    phone: "966505550601",
    name: "هند العتيبي",
    username: "hind.otaibi",
    phone_hidden: true,
    country: "SA",
    language: "ar",
};
const QUESTION = "السلام عليكم، هل يمكن توصيل الأريكة إلى هذا العنوان؟";
const ANSWER = "وعليكم السلام، نعم غداً إن شاء الله";
const SHOWROOM = { name: "معرض النيل", address: "شارع النيل 12، القاهرة" };

let bsuid, support;

before(async () => {
    support = await Business.called(await OdooUser.logIn("admin"), "Support");
    const { phone, ...profile } = HIND;
    ({ bsuid } = await simulator.addCustomer(phone, profile));
    await openBrowser();
});

after(closeBrowser);
afterEach(() => simulator.calmDown());

test("voice notes, places and reactions go both ways without a phone number", async (t) => {
    const discuss = await Discuss.open("amina");
    const phone = await Phone.open(HIND.phone, support.number);
    const { page } = discuss;
    await discuss.rememberPage();

    await t.test("what she sends appears, from right to left", async () => {
        await phone.write(QUESTION);
        await discuss.openChat(HIND.name);
        await phone.sendSample("voice");
        await simulator.write(HIND.phone, support.number, "", {
            type: "location",
            location: { latitude: 24.7136, longitude: 46.6753, name: "البيت", address: "الرياض" },
        });
        assert.ok(await page.evaluate(() => document.body.classList.contains("o_rtl")));
        await discuss.message(QUESTION).waitFor();
        await page.locator(".o-mail-Message .o-mail-VoicePlayer").waitFor();
        await page.locator(".o-wa-Location", { hasText: "الرياض" }).waitFor();
        const header = page.locator(".o-wa-header");
        await header.getByText("@hind.otaibi").waitFor();
        assert.doesNotMatch(await header.innerText(), /966505550601/);
    });

    await t.test("she sees that it was read, and that an answer is being written", async () => {
        await eventually("blue ticks on her phone", async () => {
            const messages = await simulator.chat(HIND.phone, support.number);
            return messages.every((message) => message.status === "read");
        });
        await discuss.input.pressSequentially(ANSWER);
        await eventually("“typing…” to be shown", async () => {
            const receipts = await simulator.receipts(support.number);
            return receipts.some((receipt) => receipt.typing_indicator);
        });
        await discuss.input.press("Enter");
        await phone.bubble(ANSWER).waitFor();
    });

    await t.test("the agent answers with her voice and a place", async () => {
        await discuss.record();
        await discuss.send();
        const voice = phone.received("audio").locator(".sound");
        await voice.waitFor();
        assert.equal(await voice.getAttribute("data-voice"), "true", "not a music file");
        await discuss.choose("fa-map-marker");
        await discuss.fillDialog({ ...SHOWROOM, latitude: "30.0444", longitude: "31.2357" });
        await phone.received("location").getByText(SHOWROOM.name).waitFor();
        await page.locator(".o-wa-Location", { hasText: SHOWROOM.name }).waitFor();
    });

    await t.test("reactions go both ways, and can be taken back", async () => {
        const question = discuss.message(QUESTION);
        await discuss.react(question, "👍");
        await phone.bubble(QUESTION).locator(".reaction[data-reaction='👍']").waitFor();

        const answer = discuss.message(ANSWER);
        const { wamid } = (await simulator.received(HIND.phone, support.number))[0];
        await simulator.act(HIND.phone, "react", { wamid, emoji: "❤️" });
        const heart = answer.locator(".o-mail-MessageReaction", { hasText: "❤️" });
        await heart.waitFor();
        await discuss.keepPicture("arabic-customer");
        await simulator.act(HIND.phone, "react", { wamid });
        await heart.waitFor({ state: "detached" });
    });

    const sends = (await simulator.sends(support.number)).filter(
        (call) => call.payload.recipient === bsuid
    );
    assert.equal(sends.length, 4, "text, voice note, place and reaction");
    assert.ok(sends.every((call) => !("to" in call.payload)));
    assert.ok(await discuss.isSamePage(), "nothing of this needed a reload");
    assert.deepEqual(page.problems, []);
    await phone.keepPicture("phone-of-the-arabic-customer");
});
