/** Three files at once, of which WhatsApp refuses one: each has its own fate. */

import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { after, afterEach, before, test } from "node:test";
import { Discuss, Phone, closeBrowser, openBrowser } from "./support/browser.mjs";
import { Business } from "./support/business.mjs";
import { OdooUser } from "./support/odoo.mjs";
import { simulator } from "./support/simulator.mjs";

const RANIA = { phone: "201005570801", name: "Rania Helmy" };
const FILES = ["image.jpg", "document.pdf", "audio.mp3"].map((name) =>
    fileURLToPath(new URL(`../../simulator/samples/${name}`, import.meta.url))
);

let sales;

before(async () => {
    sales = await Business.called(await OdooUser.logIn("admin"), "Sales");
    await simulator.addCustomer(RANIA.phone, { name: RANIA.name });
    await openBrowser();
});

after(closeBrowser);
afterEach(() => simulator.calmDown());

test("the others arrive, and only the refused one is sent again", async () => {
    const wamid = await simulator.write(RANIA.phone, sales.number, "Do you have a brochure?");
    await sales.arrived(wamid);
    const discuss = await Discuss.open("omar");
    const phone = await Phone.open(RANIA.phone, sales.number);
    await discuss.openChat(RANIA.name);
    await simulator.addRule({
        on: "messages",
        phone: RANIA.phone,
        contains: "document.pdf",
        then: { error: { code: 131009, message: "Parameter value is not valid" } },
    });

    // One by one: uploads at once end in any order, and the first file carries the text.
    for (const file of FILES) {
        await discuss.attach(file);
    }
    await discuss.say("Here it is");

    await phone.received("image").getByText("Here it is").waitFor();
    await phone.received("audio").waitFor();
    const status = discuss.message("Here it is").locator(".o-wa-MessageStatus");
    await status.getByText("1 of 3 not sent.").waitFor();
    await status.locator("li.o-wa-failed", { hasText: "document.pdf" }).waitFor();
    await status.locator("li.o-wa-delivered", { hasText: "image.jpg" }).waitFor();
    await status.locator("li.o-wa-delivered", { hasText: "audio.mp3" }).waitFor();
    assert.equal(await phone.received("document").count(), 0);
    await discuss.keepPicture("one-of-three-refused");

    await status.locator(".o-wa-MessageStatus-retry").click();

    await phone.received("document").getByText("document.pdf").waitFor();
    await status.waitFor({ state: "detached" });
    const kinds = (await simulator.sends(sales.number))
        .filter((call) => call.status === 200 && call.payload.to?.endsWith(RANIA.phone))
        .map((call) => call.payload.type);
    assert.deepEqual(kinds.toSorted(), ["audio", "document", "image"], "nothing went out twice");
    assert.deepEqual(discuss.page.problems, []);
});

test("a file that WhatsApp never takes is refused before it is uploaded", async () => {
    const discuss = await Discuss.open("omar");
    await discuss.openChat(RANIA.name);
    const uploads = [];
    discuss.page.on("request", (request) => {
        if (request.url().includes("/mail/attachment/upload")) {
            uploads.push(request.url());
        }
    });
    const empty = { name: "empty.pdf", mimeType: "application/pdf", buffer: Buffer.alloc(0) };

    await discuss.offer("fa-paperclip", empty);
    await discuss.page.locator(".o_notification", { hasText: "empty.pdf is empty" }).waitFor();
    const still = { name: "still.png", mimeType: "image/png", buffer: Buffer.from("x") };
    await discuss.offer("fa-sticky-note-o", still);
    await discuss.page.locator(".o_notification", { hasText: "is not a WebP picture" }).waitFor();

    assert.deepEqual(uploads, []);
    assert.equal(await discuss.composer.locator(".o-mail-AttachmentContainer").count(), 0);
});
