/** An agent asks with buttons and with a list, and the customer answers with taps. */

import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { Discuss, Phone, closeBrowser, openBrowser } from "./support/browser.mjs";
import { Business } from "./support/business.mjs";
import { OdooUser } from "./support/odoo.mjs";
import { simulator } from "./support/simulator.mjs";

const NOHA = { phone: "201005572001", name: "Noha Fathy" };
const TOO_LONG = "In the afternoon after five";

let sales;

before(async () => {
    sales = await Business.called(await OdooUser.logIn("admin"), "Sales");
    await simulator.addCustomer(NOHA.phone, { name: NOHA.name });
    await openBrowser();
});

after(closeBrowser);
afterEach(() => simulator.calmDown());

test("buttons are shown while they are written, too long ones are named, a tap comes back", async () => {
    const wamid = await simulator.write(NOHA.phone, sales.number, "When do you deliver?");
    await sales.arrived(wamid);
    const discuss = await Discuss.open("omar");
    const phone = await Phone.open(NOHA.phone, sales.number);
    await discuss.openChat(NOHA.name);

    await discuss.choose("fa-list-ul");
    const dialog = discuss.page.locator(".modal");
    const preview = dialog.locator(".o-wa-TemplatePreview-bubble");
    const send = dialog.locator(".modal-footer .btn-primary:visible");
    await dialog.locator("[name=body] textarea").fill("When shall we *deliver*?");
    await preview.locator("strong", { hasText: "deliver" }).waitFor();
    assert.ok(await send.isDisabled());
    for (const [place, words] of ["Morning", TOO_LONG].entries()) {
        const cell = dialog.locator(".o_data_row").nth(place).locator("td[name=title]");
        await cell.click();
        await cell.locator("input").fill(words);
        await preview.getByText(words).waitFor();
    }
    await dialog.getByText("Button 2: 27 characters, WhatsApp takes 20.").waitFor();
    await discuss.keepPicture("buttons-too-long");
    await dialog.locator(".o_data_row").nth(1).locator("td[name=title] input").fill("Evening");
    await preview.getByText("Evening").waitFor();
    await send.click();
    await dialog.waitFor({ state: "detached" });

    await phone.frame.locator("[data-role=option]", { hasText: "Evening" }).click();

    const answer = discuss.message("Evening").last();
    await answer.locator(".o-mail-MessageInReply", { hasText: "When shall we" }).waitFor();
    await discuss.keepPicture("button-tapped");
    const [sent] = (await simulator.sends(sales.number)).filter(
        ({ payload }) => payload.to?.endsWith(NOHA.phone) && payload.type === "interactive"
    );
    assert.deepEqual(
        sent.payload.interactive.action.buttons.map(({ reply }) => reply.title),
        ["Morning", "Evening"]
    );
});
