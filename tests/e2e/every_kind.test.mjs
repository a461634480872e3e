/** Every kind of message, once in each direction, as the agent and the customer see it. */

import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { after, afterEach, before, test } from "node:test";
import { Discuss, Phone, closeBrowser, openBrowser } from "./support/browser.mjs";
import { Business } from "./support/business.mjs";
import { OdooUser } from "./support/odoo.mjs";
import { simulator } from "./support/simulator.mjs";

const YARA = { phone: "201005570701", name: "Yara Mostafa" };
const TALL = { width: 1000, height: 2600 };

/** A small valid file of the simulator. */
const sample = (name) => fileURLToPath(new URL(`../../simulator/samples/${name}`, import.meta.url));

const SHOP = { latitude: 30.0444, longitude: 31.2357, name: "Tahrir", address: "Tahrir Square" };
const CARD = {
    name: { formatted_name: "Adham Mostafa", first_name: "Adham" },
    phones: [{ phone: "+20 100 555 0799", wa_id: "201005550799", type: "CELL" }],
    emails: [{ email: "adham@example.com", type: "WORK" }],
};
const ORDER = {
    catalog_id: "1094770000000000",
    text: "Wrapped, please",
    product_items: [
        { product_retailer_id: "NO-SUCH-SKU", quantity: 2, item_price: 65, currency: "USD" },
    ],
};
const REFERRAL = {
    source_url: "https://fb.me/nile-autumn",
    source_type: "ad",
    source_id: "120210000000000002",
    headline: "Autumn sale",
    body: "Until Friday",
    media_type: "image",
    ctwa_clid: "ARAkLkA8rmlFeiCktEJR",
};
const TAP = { type: "button_reply", button_reply: { id: "yes", title: "Yes, please" } };
const CHOICE = {
    type: "list_reply",
    list_reply: { id: "oak", title: "Oak", description: "Solid" },
};
const FORM = {
    type: "nfm_reply",
    nfm_reply: { name: "flow", body: "Sent", response_json: '{"city": "Giza", "floor": 3}' },
};

/** Each kind: the message as Meta writes it, and a selector of what the agent finds in the chat. */
const INBOUND = {
    text: [{ type: "text", text: { body: "Plain words" } }, "text=Plain words"],
    advertisement: [
        { type: "text", text: { body: "From the ad" }, referral: REFERRAL },
        "text=Autumn sale",
    ],
    forwarded: [
        { type: "text", text: { body: "Passed on" }, context: { forwarded: true } },
        ".o-wa-forwarded",
    ],
    picture: [
        { type: "image", image: { sample: "image", caption: "Our room" } },
        ".o-mail-AttachmentContainer.o-isImage[aria-label*='jpg'] img",
    ],
    video: [{ type: "video", video: { sample: "video" } }, "video.o-wa-player-video"],
    audio: [{ type: "audio", audio: { sample: "audio" } }, "audio.o-wa-player-audio"],
    "voice note": [{ type: "audio", audio: { sample: "voice" } }, ".o-mail-VoicePlayer canvas"],
    document: [
        { type: "document", document: { sample: "document", filename: "Plan.pdf" } },
        "text=Plan.pdf",
    ],
    sticker: [
        { type: "sticker", sticker: { sample: "animated_sticker" } },
        ".o-mail-Message.o-wa-sticker img",
    ],
    location: [{ type: "location", location: SHOP }, ".o-wa-Location-map"],
    contact: [{ type: "contacts", contacts: [CARD] }, ".o-wa-Contacts-create"],
    button: [{ type: "interactive", interactive: TAP }, "text=Yes, please"],
    list: [{ type: "interactive", interactive: CHOICE }, "text=Solid"],
    "template button": [
        { type: "button", button: { text: "Stop reminding me", payload: "stop" } },
        "text=Stop reminding me",
    ],
    form: [{ type: "interactive", interactive: FORM }, ".o-wa-Form-value"],
    order: [{ type: "order", order: ORDER }, ".o-wa-Order-unknown"],
    unsupported: [
        { type: "unsupported", unsupported: { type: "poll_creation" } },
        ".o-wa-Unreadable",
    ],
};

let support;

before(async () => {
    support = await Business.called(await OdooUser.logIn("admin"), "Support");
    await simulator.addCustomer(YARA.phone, { name: YARA.name });
    await openBrowser();
});

after(closeBrowser);
afterEach(() => simulator.calmDown());

test("every kind that a customer can send is shown", async () => {
    for (const [message] of Object.values(INBOUND)) {
        await simulator.write(YARA.phone, support.number, "", { text: undefined, ...message });
    }
    await simulator.act(YARA.phone, "call", { phone_number_uid: support.number, seconds: 0 });
    await simulator.act(YARA.phone, "call", { phone_number_uid: support.number, seconds: 75 });
    const loved = await simulator.write(YARA.phone, support.number, "I love it");
    await simulator.act(YARA.phone, "react", { wamid: loved, emoji: "😍" });
    const corrected = await simulator.write(YARA.phone, support.number, "Tomorow");
    await simulator.act(YARA.phone, "edit", { wamid: corrected, text: "Tomorrow" });
    const deleted = await simulator.write(YARA.phone, support.number, "Never mind");
    await simulator.act(YARA.phone, "delete", { wamid: deleted });

    const discuss = await Discuss.open("layla", TALL);
    await discuss.openChat(YARA.name);
    for (const [kind, [, sign]] of Object.entries(INBOUND)) {
        await discuss.sees(sign).catch((error) => assert.fail(`no ${kind}: ${error.message}`));
    }
    await discuss.page.locator(".o-wa-Call.o-wa-lost").waitFor();
    await discuss.page.locator(".o-wa-Call-duration", { hasText: "1:15" }).waitFor();
    await discuss.message("I love it").getByText("😍").waitFor();
    await discuss.message("Tomorrow").locator(".o-wa-edited").waitFor();
    await discuss.page.locator(".o-wa-Revoked").waitFor();
    assert.equal(await discuss.message("Never mind").count(), 0);
    await discuss.keepPicture("every-kind-received");
    assert.deepEqual(discuss.page.problems, []);
});

test("every kind that an agent can send arrives", async () => {
    const question = "What does it look like?";
    await simulator.write(YARA.phone, support.number, question);
    const discuss = await Discuss.open("layla", TALL);
    const phone = await Phone.open(YARA.phone, support.number, { width: 460, height: 1800 });
    await discuss.openChat(YARA.name);
    const asked = discuss.page.locator(".o-mail-Message:not(.o-wa-outbound)", {
        hasText: question,
    });
    await asked.waitFor();

    await discuss.reply(asked, "Like *this*:");
    await phone.received("text").locator(".quoted", { hasText: question }).waitFor();
    for (const [kind, file] of [
        ["image", "image.jpg"],
        ["video", "video.mp4"],
        ["audio", "audio.mp3"],
        ["document", "document.pdf"],
    ]) {
        await discuss.attach(sample(file));
        await discuss.send();
        await phone.received(kind).first().waitFor();
    }
    await discuss.attachSticker(sample("sticker.webp"));
    await discuss.send();
    await phone.received("sticker").waitFor();
    await discuss.record();
    await discuss.send();
    await phone.received("audio").locator(".sound[data-voice=true]").waitFor();
    await discuss.choose("fa-map-marker");
    await discuss.fillDialog({ name: "Showroom", latitude: "30.0626", longitude: "31.2197" });
    await phone.received("location").locator(".place[data-latitude='30.0626']").waitFor();
    await discuss.choose("fa-address-card-o");
    await discuss.chooseInDialog("partner_ids", "Nile Home Furnishings");
    await phone.received("contacts").getByText("Nile Home Furnishings").waitFor();
    await discuss.react(asked, "🙏");
    await phone.frame.locator(".reaction[data-reaction='🙏']").waitFor();

    const ticks = discuss.page.locator(".o-mail-Message.o-wa-outbound .o-wa-Ticks");
    assert.equal(await ticks.locator("xpath=self::*[contains(@class,'o-wa-failed')]").count(), 0);
    await discuss.keepPicture("every-kind-sent");
    await phone.keepPicture("every-kind-on-the-phone");
    assert.deepEqual(discuss.page.problems, []);
    assert.deepEqual(phone.page.problems, []);
});
