/** Who sees which chats is changed while people work, and their browsers follow. */

import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { Discuss, PHONE, closeBrowser, keepPicture, openBrowser } from "./support/browser.mjs";
import { Business } from "./support/business.mjs";
import { OdooUser, hire } from "./support/odoo.mjs";
import { simulator } from "./support/simulator.mjs";
import { eventually } from "./support/waiting.mjs";

const WIDE = { width: 1440, height: 900 };
const BUYER = { phone: "201005570601", name: "Yasmin Helmy" };
const COMPLAINT = { phone: "201005570602", name: "Adham Rizk" };
const HANDED_OVER = { phone: "201005570603", name: "Salwa Hamdy" };
const RESERVED = { phone: "201005570604", name: "Ramy Gamil" };

let admin, sales, support;

before(async () => {
    admin = await OdooUser.logIn("admin");
    sales = await Business.called(admin, "Sales");
    support = await Business.called(admin, "Support");
    for (const { phone, name } of [BUYER, COMPLAINT, HANDED_OVER, RESERVED]) {
        await simulator.addCustomer(phone, { name });
    }
    await openBrowser();
});

after(closeBrowser);
afterEach(() => simulator.calmDown());

/** Let a customer write, wait until that arrived, and return the id of the chat. */
async function write({ phone, name }, business, text) {
    await business.arrived(await simulator.write(phone, business.number, text));
    const conversations = await admin.find(
        "wa.conversation",
        [["name", "=", name]],
        ["discuss_channel_id"]
    );
    return conversations.at(-1).discuss_channel_id[0];
}

/** Make an agent of one team who is in no other story. */
async function hireFor(team, login) {
    await hire(admin, [login]);
    const [{ id }] = await admin.find("res.users", [["login", "=", login]], ["id"]);
    await admin.call("wa.team.member", "create", [[{ team_id: team.teamId, user_id: id }]]);
    return id;
}

test("who is moved from support to sales sees other chats at once", async () => {
    const complaint = await write(COMPLAINT, support, "The lamp arrived broken");
    await write(BUYER, sales, "Which oak tables do you have?");
    const marwa = await hireFor(support, "marwa");
    const discuss = await Discuss.open("marwa");
    const small = await Discuss.open("marwa", PHONE);
    await discuss.rememberPage();
    await discuss.openChat(COMPLAINT.name);
    await discuss.message("The lamp arrived broken").waitFor();
    await discuss.input.fill("I am sorry, we will");
    assert.equal(await discuss.entry(BUYER.name).count(), 0, "sales is not hers yet");
    await small.openOnTelephone(COMPLAINT.name);
    await small.message("The lamp arrived broken").waitFor();
    await discuss.keepPicture("access-before");

    const matrix = (await Discuss.open("admin", WIDE)).page;
    await matrix.goto(`${process.env.ODOO_URL}/odoo/whatsapp-access`);
    const cell = (team) =>
        matrix.locator(`.o-wa-MatrixCell[data-person="${marwa}"][data-team="${team.teamId}"]`);
    await cell(support).click();
    await matrix.locator(".o-wa-MatrixEffect", { hasText: "marwa" }).waitFor();
    await keepPicture(matrix, "access-matrix");
    await matrix.locator(`[data-move-to="${sales.teamId}"]`).click();

    await discuss.entry(BUYER.name).waitFor();
    await discuss.entry(COMPLAINT.name).waitFor({ state: "detached" });
    await discuss.message("The lamp arrived broken").waitFor({ state: "detached" });
    await discuss.page.locator(".o_notification", { hasText: COMPLAINT.name }).waitFor();
    await small.page.locator(".o-mail-ChatWindow").waitFor({ state: "detached" });
    assert.ok(!discuss.page.url().includes(`channel_${complaint}`), "the address forgets it too");
    await discuss.keepPicture("access-after");
    await small.keepPicture("access-after-small");

    await discuss.openChat(BUYER.name);
    await discuss.say("Two, in light and in dark oak.");
    await discuss.message("Two, in light").locator(".o-wa-Ticks.o-wa-delivered").waitFor();
    await write(COMPLAINT, support, "Is anybody there?");
    await write(BUYER, sales, "The dark one, please");
    await discuss.message("The dark one, please").waitFor();
    assert.equal(await discuss.entry(COMPLAINT.name).count(), 0, "nothing more is heard of it");

    const herself = await OdooUser.logIn("marwa");
    await assert.rejects(
        herself.rpc("/discuss/channel/messages", { channel_id: complaint }),
        "the server keeps it from her too"
    );
    assert.ok(await discuss.isSamePage(), "nothing of this needed a reload");
    for (const { page } of [discuss, small]) {
        assert.deepEqual(page.problems, []);
    }
    assert.deepEqual(matrix.problems, []);
});

test("a chat that a supervisor hands over leaves the browser of who had it", async () => {
    const chat = await write(HANDED_OVER, sales, "My new sofa has a scratch");
    const omar = await Discuss.open("omar");
    await omar.rememberPage();
    await omar.openChat(HANDED_OVER.name);
    await omar.say("Oh no, let me see");
    await omar.message("Oh no, let me see").waitFor();
    const layla = await Discuss.open("layla");
    await layla.rememberPage();
    const sara = await Discuss.open("sara");
    await sara.page.goto(`${process.env.ODOO_URL}/odoo/discuss?active_id=discuss.channel_${chat}`);
    await sara.message("Oh no, let me see").waitFor();

    await sara.page.locator("button[name=wa-transfer]").click();
    const dialog = sara.page.locator(".modal");
    await dialog.locator("[name=team_id] input").fill("Support");
    await sara.page.locator(".o-autocomplete--dropdown-item", { hasText: "Support" }).click();
    await dialog.locator("[name=reason] input").fill("A complaint, please look at the pictures");
    await sara.keepPicture("hand-over");
    await dialog.locator(".modal-footer .btn-primary").click();

    await omar.page.locator(".o_notification", { hasText: HANDED_OVER.name }).waitFor();
    await omar.entry(HANDED_OVER.name).waitFor({ state: "detached" });
    await omar.message("Oh no, let me see").waitFor({ state: "detached" });
    await omar.keepPicture("handed-over-by-omar");
    await layla.entry(HANDED_OVER.name).waitFor();
    assert.equal(await layla.headingOf(HANDED_OVER.name), "unassigned");
    await layla.openChat(HANDED_OVER.name);
    await layla.sees("text=please look at the pictures");
    await layla.say("Good morning Salwa, I am from support");
    await layla.message("I am from support").waitFor();
    await layla.keepPicture("handed-over-to-layla");
    for (const discuss of [omar, layla]) {
        assert.ok(await discuss.isSamePage(), "nothing of this needed a reload");
    }
    for (const { page } of [omar, layla, sara]) {
        assert.deepEqual(page.problems, []);
    }
});

test("where only the assignee answers, a supervisor says why before doing it", async () => {
    const repairs = await Business.open(admin, "Repairs", []);
    await hireFor(repairs, "hoda");
    const [{ id: saraId }] = await admin.find("res.users", [["login", "=", "sara"]], ["id"]);
    const role = { team_id: repairs.teamId, user_id: saraId, role: "supervisor" };
    await admin.call("wa.team.member", "create", [[role]]);
    await admin.call("wa.team", "write", [[repairs.teamId], { exclusive_reply: true }]);
    const chat = await write(RESERVED, repairs, "When is my chair ready?");
    const hoda = await Discuss.open("hoda");
    await hoda.openChat(RESERVED.name);
    await hoda.say("Let me ask the workshop");
    await eventually("the chat to be Hoda's", async () => {
        return (await hoda.headingOf(RESERVED.name)) === "mine";
    });

    const sara = await Discuss.open("sara");
    await sara.page.goto(`${process.env.ODOO_URL}/odoo/discuss?active_id=discuss.channel_${chat}`);
    const banner = sara.page.locator(".o-wa-ComposerBanner.o-wa-rights");
    await banner.waitFor();
    assert.equal(await sara.composer.count(), 0);
    await sara.keepPicture("only-the-assignee-answers");
    await banner.locator(".o-wa-ComposerBanner-override").click();
    await sara.page.locator(".modal [name=reason] :is(input, textarea)").fill("Hoda is ill");
    await sara.page.locator(".modal-footer .btn-primary").click();
    await sara.say("On Tuesday!");

    await hoda.message("On Tuesday!").waitFor();
    await hoda.sees("text=Hoda is ill");
    await sara.message("On Tuesday!").locator(".o-wa-Ticks.o-wa-delivered").waitFor();
    for (const { page } of [hoda, sara]) {
        assert.deepEqual(page.problems, []);
    }
});
