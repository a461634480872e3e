/** Templates: what a business may send first, and what the customer's taps set going. */

import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { Discuss, Phone, closeBrowser, openBrowser } from "./support/browser.mjs";
import { Business } from "./support/business.mjs";
import { OdooUser } from "./support/odoo.mjs";
import { simulator } from "./support/simulator.mjs";
import { eventually } from "./support/waiting.mjs";

const WIDE = { width: 1440, height: 900 };
const BUYER = { phone: "201005571801", name: "Shadi Mansour" };
const ARABIC = { phone: "201005571802", name: "نهى فؤاد", language: "ar" };
const LATE = { phone: "201005571803", name: "Farida Zaki" };
const NAME = { source: "field", field_path: "name" };
const OFFER = {
    name: "quotation_waiting",
    model: "sale.order",
    variables: {
        customer: { source: "field", field_path: "partner_id.name", sample: "Mona" },
        order: { ...NAME, sample: "S00042" },
        amount: { source: "field", field_path: "amount_total", sample: "$ 420.00" },
    },
    button: "Confirm",
    texts: {
        en_US: "Hello {{customer}}, our offer {{order}} of *{{amount}}* waits for your answer.",
    },
};
const GREETING = {
    name: "request_open",
    model: "res.partner",
    variables: { customer: { ...NAME, sample: "Mona" } },
    texts: {
        en_US: "Hello {{customer}}, your request is still open. Shall we go on with it?",
        ar: "مرحبًا {{customer}}، طلبك ما زال مفتوحًا. هل نتابع العمل عليه؟",
    },
};

const PICKUP = {
    name: "table_pickup",
    body: "Hello {{customer}}, your table is ready. Come and fetch it whenever you like.",
};

let admin, sales;

before(async () => {
    admin = await OdooUser.logIn("admin");
    sales = await Business.called(admin, "Sales");
    await approve(OFFER, await confirmingAction());
    await approve(GREETING);
    for (const { phone, ...profile } of [BUYER, ARABIC, LATE]) {
        await simulator.addCustomer(phone, profile);
    }
    await openBrowser();
});

after(closeBrowser);
afterEach(() => simulator.calmDown());

/** Submit a template in all its languages, and wait until Meta has approved it. */
async function approve({ name, model, variables, button, texts }, action_id) {
    const [{ id: model_id }] = await admin.find("ir.model", [["model", "=", model]], []);
    const variable_ids = Object.entries(variables).map(([key, variable]) => [
        0,
        0,
        { key: `body.${key}`, ...variable },
    ]);
    const button_ids = button ? [[0, 0, { kind: "quick_reply", text: button, action_id }]] : [];
    const values = { name, model_id, variable_ids, button_ids, account_id: sales.account.id };
    const ids = await admin.call("wa.template", "create", [
        Object.entries(texts).map(([language, body]) => ({ ...values, language, body })),
    ]);
    await admin.call("wa.template", "action_submit", [ids], { submit_anyway: true });
    await eventually(`Meta to approve ${name}`, async () => {
        const approved = [["status", "=", "approved"]];
        return (await admin.count("wa.template", [["id", "in", ids], ...approved])) === ids.length;
    });
}

/** The server action that confirms an order. */
async function confirmingAction() {
    const [{ res_id }] = await admin.find(
        "ir.model.data",
        [["name", "=", "ir_actions_server_confirm_order"]],
        ["res_id"]
    );
    return res_id;
}

/** Let a customer write so long ago that the window is closed, and return the conversation. */
async function wroteYesterday(customer, text) {
    await simulator.setClock(-26);
    const chat = await sales.arrived(await simulator.write(customer.phone, sales.number, text));
    await simulator.setClock(0);
    const [conversation] = await admin.call("wa.conversation", "read", [[chat.id], ["partner_id"]]);
    return { ...chat, partner: conversation.partner_id[0] };
}

async function newOrder(partner_id, login) {
    const [table] = await admin.find("product.product", [["default_code", "=", "TABLE-OAK"]], []);
    const [user] = await admin.find("res.users", [["login", "=", login]], []);
    const order_line = [[0, 0, { product_id: table.id, product_uom_qty: 1 }]];
    const [id] = await admin.call("sale.order", "create", [
        [{ partner_id, user_id: user.id, order_line }],
    ]);
    const [order] = await admin.call("sale.order", "read", [[id], ["name"]]);
    return order;
}

/** Press the button of the dialog that sends, as soon as nothing is in the way. */
async function send(page) {
    await page.locator(".modal button[name=action_send]:enabled").click();
    await page.locator(".modal").waitFor({ state: "detached" });
}

test("a manager writes a template, is told what Meta minds, and sees it approved", async () => {
    await simulator.change({ template_review: "manual" });
    const manager = await Discuss.open("admin", { width: 1440, height: 1100 });
    const { page } = manager;
    await page.goto(`${process.env.ODOO_URL}/odoo/whatsapp-templates/new`);
    const field = (name) => page.locator(`.o_field_widget[name=${name}]`);
    await field("name").locator("input").fill(PICKUP.name);
    await field("body").locator("textarea").fill("Your table waits for you, {{customer}}");
    const findings = page.locator(".o-wa-TemplateFindings-row[data-level=error]");
    await findings.filter({ hasText: "variable" }).first().waitFor();
    await manager.keepPicture("template-findings");

    await field("body").locator("textarea").fill(PICKUP.body);
    await page.locator(".o_notebook").getByRole("tab", { name: "Variables" }).click();
    await page.locator(".o_data_row [name=sample]").click();
    await page.locator(".o_data_row [name=sample] input").fill("Mona");
    await page.keyboard.press("Tab");
    await page.locator(".o-wa-TemplatePreview", { hasText: "Hello Mona, your table" }).waitFor();
    await findings.first().waitFor({ state: "detached" });
    await manager.keepPicture("template-form");
    await page.locator("button[name=action_submit]").click();
    const status = page.locator(".o_arrow_button_current");
    await status.filter({ hasText: "In Review" }).waitFor();

    const [{ uid }] = await admin.find("wa.template", [["name", "=", PICKUP.name]], ["uid"]);
    await simulator.approve(uid);
    await eventually("Odoo to hear of the approval", () =>
        admin.count("wa.template", [
            ["name", "=", PICKUP.name],
            ["status", "=", "approved"],
        ])
    );
    await page.reload();
    await status.filter({ hasText: "Approved" }).waitFor();
    await manager.keepPicture("template-approved");
    assert.deepEqual(page.problems, []);
});

test("a quotation goes out after the window has closed, a tap confirms it", async () => {
    const chat = await wroteYesterday(BUYER, "Please send me an offer for the table");
    const order = await newOrder(chat.partner, "omar");
    const rep = await Discuss.open("omar", WIDE);
    const phone = await Phone.open(BUYER.phone, sales.number);
    await rep.page.goto(`${process.env.ODOO_URL}/odoo/sale.order/${order.id}`);

    await rep.page.locator(".o-wa-ChatterButton").click();
    const dialog = rep.page.locator(".modal");
    await dialog.locator("[name=template_id] input").fill(OFFER.name);
    await rep.page.locator(".o-autocomplete--dropdown-item", { hasText: OFFER.name }).click();
    await dialog.getByText(`our offer ${order.name}`).waitFor();
    await rep.keepPicture("template-composer");
    await send(rep.page);

    const bubble = phone.bubble(`our offer ${order.name}`);
    await bubble.waitFor();
    await bubble.locator("[data-role=option]", { hasText: "Confirm" }).click();
    await eventually("the order to be confirmed", async () => {
        const [{ state }] = await admin.call("sale.order", "read", [[order.id], ["state"]]);
        return state === "sale";
    });
    await phone.keepPicture("template-confirmed-on-the-phone");
    await rep.page.goto(`${process.env.ODOO_URL}/odoo/discuss`);
    await rep.openChat(BUYER.name);
    await rep.sees(".o-wa-Rich-button.o-wa-tapped:has-text('Confirm')");
    await rep.sees(".o-wa-reply");
    await rep.keepPicture("template-confirmed-in-the-chat");
    assert.deepEqual(rep.page.problems, []);
});

test("an Arabic customer gets the Arabic variant, chosen in place of the text field", async () => {
    const chat = await wroteYesterday(ARABIC, "شكرًا، سأفكر في الأمر");
    await admin.call("res.partner", "write", [[chat.partner], { lang: "ar_001" }]);
    const rep = await Discuss.open("omar", WIDE);
    const phone = await Phone.open(ARABIC.phone, sales.number);
    await rep.rememberPage();
    await rep.openChat(ARABIC.name);
    const options = rep.page.locator(".o-wa-TemplatePicker-option");
    await options.filter({ hasText: GREETING.name }).getByText("Arabic").waitFor();
    assert.equal(await rep.composer.count(), 0);
    await rep.keepPicture("template-picker");
    const search = rep.page.locator(".o-wa-TemplatePicker-search");
    await search.fill("request op");
    await eventually("one template", async () => (await options.count()) === 1);
    await search.press("Enter");
    await send(rep.page);

    await phone.bubble(`مرحبًا ${ARABIC.name}`).waitFor();
    await rep.sees(".o-mail-Message:has(.o-wa-Rich) .o-wa-Ticks.o-wa-delivered");
    await phone.write("نعم، ما زلت مهتمة");
    await rep.composer.waitFor();
    await rep.keepPicture("template-arabic");
    assert.ok(await rep.isSamePage(), "nothing of this needed a reload");
    assert.deepEqual(rep.page.problems, []);
});

test("when WhatsApp says that the window is closed, the chat switches to templates", async () => {
    await sales.arrived(await simulator.write(LATE.phone, sales.number, "Do you have lamps?"));
    const rep = await Discuss.open("omar");
    const phone = await Phone.open(LATE.phone, sales.number);
    await rep.rememberPage();
    await rep.openChat(LATE.name);
    await rep.composer.waitFor();
    await simulator.setClock(25);
    await rep.say("Yes, many of them");
    const banner = rep.page.locator(".o-wa-ComposerBanner", { hasText: "WhatsApp refused" });
    await banner.waitFor();
    assert.equal(await rep.composer.count(), 0);
    await rep.keepPicture("template-after-refusal");

    await banner.locator(".o-wa-TemplatePicker-option", { hasText: GREETING.name }).click();
    await send(rep.page);
    await phone.bubble(`Hello ${LATE.name}`).waitFor();
    await phone.write("Yes, a green one");
    await rep.composer.waitFor();
    assert.equal(await banner.count(), 0);
    assert.ok(await rep.isSamePage(), "nothing of this needed a reload");
    assert.deepEqual(rep.page.problems, []);
});
