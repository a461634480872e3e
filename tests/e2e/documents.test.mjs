/** Chats and documents: a sale and a complaint from the phone to the form and back. */

import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { Discuss, Phone, closeBrowser, keepPicture, openBrowser } from "./support/browser.mjs";
import { Business } from "./support/business.mjs";
import { OdooUser } from "./support/odoo.mjs";
import { simulator } from "./support/simulator.mjs";
import { eventually } from "./support/waiting.mjs";

const WIDE = { width: 1440, height: 900 };
const BUYER = { phone: "201005571701", name: "Hend Kamal" };
const COMPLAINT = { phone: "201005571702", name: "Tarek Lotfy" };
const MIXED = { phone: "201005571703", name: "Samia Naguib" };

let admin, sales, support, youssef;

before(async () => {
    admin = await OdooUser.logIn("admin");
    sales = await Business.called(admin, "Sales");
    support = await Business.called(admin, "Support");
    const [{ id }] = await admin.find("res.users", [["login", "=", "youssef"]], ["id"]);
    youssef = id;
    for (const { phone, name } of [BUYER, COMPLAINT, MIXED]) {
        await simulator.addCustomer(phone, { name });
    }
    await openBrowser();
});

after(closeBrowser);
afterEach(() => simulator.calmDown());

/** Return the customer of a conversation. */
async function customerOf({ id }) {
    const [conversation] = await admin.call("wa.conversation", "read", [[id], ["partner_id"]]);
    return conversation.partner_id[0];
}

async function orderTable(partner, values = {}) {
    const [table] = await admin.find(
        "product.product",
        [["default_code", "=", "TABLE-OAK"]],
        ["id"]
    );
    const order_line = [[0, 0, { product_id: table.id, product_uom_qty: 1 }]];
    const [id] = await admin.call("sale.order", "create", [
        [{ partner_id: partner, order_line, ...values }],
    ]);
    return id;
}

/** Open the form of a document, and return the chat that it shows. */
async function openForm(discuss, model, id) {
    await discuss.page.goto(`${process.env.ODOO_URL}/odoo/${model}/${id}`);
    await discuss.page.locator(".o_form_view").waitFor();
    return discuss.page.locator(".o-wa-ChatPanel");
}

/** Press a button beside the chat. */
function pressBeside(discuss, method) {
    return discuss.page.locator(`.o-wa-CustomerPanel-action[name=${method}]`).click();
}

test("a customer asks for a table, and gets the quotation as PDF", async () => {
    const discuss = await Discuss.open("omar", WIDE);
    const phone = await Phone.open(BUYER.phone, sales.number);
    await phone.write("How much is the oak table for six?");
    await discuss.openChat(BUYER.name);
    await discuss.message("How much is the oak table").waitFor();

    await pressBeside(discuss, "action_new_quotation");
    const dialog = discuss.page.locator(".modal");
    await dialog.locator(".o_field_x2many_list_row_add a").click();
    await dialog.locator("[name=product_id] input").fill("TABLE-OAK");
    await discuss.page
        .locator(".o-autocomplete--dropdown-item", { hasText: "Oak Dining Table" })
        .first()
        .click();
    await dialog.locator("[name=product_id] input").press("Tab");
    await keepPicture(discuss.page, "document-new-quotation");
    await dialog.locator("button[name=action_create]").click();
    await discuss.page.locator(".o_form_view button[name=action_wa_send_document]").click();
    await dialog.locator("[name=caption] textarea").fill("Here is our offer, delivery included.");
    await dialog.locator("button[name=action_send]").click();
    await dialog.waitFor({ state: "detached" });

    await phone.bubble("Here is our offer, delivery included.").waitFor();
    await phone.received("document").waitFor();
    await phone.keepPicture("document-on-the-phone");
    const [order] = await admin.find(
        "sale.order",
        [["partner_id.name", "=", BUYER.name]],
        ["name", "order_line"]
    );
    assert.equal(order.order_line.length, 1);
    const [sent] = await simulator.received(BUYER.phone, sales.number);
    assert.match(JSON.stringify(sent), new RegExp(`Quotation - ${order.name}\\.pdf`));

    // The order is somebody else's from now on, who is in no team.
    await admin.call("sale.order", "write", [[order.id], { user_id: youssef }]);
    const salesperson = await Discuss.open("youssef", WIDE);
    const panel = await openForm(salesperson, "sale.order", order.id);
    await panel.locator("text=Here is our offer, delivery included.").waitFor();
    await panel.locator("text=How much is the oak table").waitFor();
    await phone.write("Fine, I take it!");
    await panel.locator("text=Fine, I take it!").waitFor();
    await salesperson.keepPicture("document-order-with-chat");
    for (const { page } of [discuss, salesperson]) {
        assert.deepEqual(page.problems, []);
    }
});

test("a complaint becomes a ticket, which answers and closes", async () => {
    await admin.call("wa.document.notice", "action_open_settings", []);
    const [closing] = await admin.find(
        "wa.document.notice",
        [["event", "=", "ticket_closed"]],
        ["id"]
    );
    await admin.call("wa.document.notice", "write", [[closing.id], { is_on: true }]);
    const discuss = await Discuss.open("layla", WIDE);
    const phone = await Phone.open(COMPLAINT.phone, support.number);
    await phone.write("The drawer of my cupboard does not close");
    await discuss.openChat(COMPLAINT.name);
    await discuss.message("The drawer of my cupboard").waitFor();

    await pressBeside(discuss, "action_new_ticket");
    await discuss.page.locator(".modal button[name=action_create]").click();
    const panel = discuss.page.locator(".o_form_view .o-wa-ChatPanel, .o-wa-ChatPanel").first();
    await panel.locator("text=The drawer of my cupboard").waitFor();
    await panel.locator(".o-mail-Composer-input").fill("We send somebody on Sunday.");
    await panel.locator(".o-mail-Composer-input").press("Enter");

    await phone.bubble("We send somebody on Sunday.").waitFor();
    await phone.write("Thank you, that works");
    await panel.locator("text=Thank you, that works").waitFor();
    await discuss.keepPicture("document-ticket-with-chat");
    const [ticket] = await eventually("the ticket", async () => {
        const found = await admin.find(
            "helpdesk.ticket",
            [["partner_id.name", "=", COMPLAINT.name]],
            ["number", "name", "wa_conversation_count"]
        );
        return found.length && found;
    });
    assert.match(ticket.name, /drawer/);
    assert.equal(ticket.wa_conversation_count, 1);

    const [done] = await admin.find("helpdesk.ticket.stage", [["closed", "=", true]], ["id"]);
    const layla = await OdooUser.logIn("layla");
    await layla.call("helpdesk.ticket", "write", [[ticket.id], { stage_id: done.id }]);
    await phone.bubble(`${ticket.number} - ${ticket.name} is closed`).waitFor();
    await phone.keepPicture("document-ticket-on-the-phone");
    assert.deepEqual(discuss.page.problems, []);
    await admin.call("wa.document.notice", "write", [[closing.id], { is_on: false }]);
});

test("a salesperson sees of a support chat what belongs to the order, and no more", async () => {
    const business = await Business.open(admin, "Repairs of orders", ["sara"]);
    const rules = { document_access: "stretch", customer_readers: false };
    await admin.call("wa.team", "write", [[business.teamId], rules]);
    await business.arrived(
        await simulator.write(MIXED.phone, business.number, "My bank account is frozen, sorry")
    );
    const wamid = await simulator.write(
        MIXED.phone,
        business.number,
        "Please make the table of my order one metre wide"
    );
    const chat = await business.arrived(wamid);
    const order = await orderTable(await customerOf(chat), { user_id: youssef });
    const [first] = await business.messages([["wamid", "=", wamid]]);
    const sara = await OdooUser.logIn("sara");
    const [link] = await sara.call("wa.conversation.link.document", "create", [
        [
            {
                conversation_id: chat.id,
                kind: "sale_order_id",
                sale_order_id: order,
                stretch: "between",
                first_message_id: first.id,
            },
        ],
    ]);
    await sara.call("wa.conversation.link.document", "action_apply", [[link]]);

    const salesperson = await Discuss.open("youssef", WIDE);
    const panel = await openForm(salesperson, "sale.order", order);
    await panel.locator("text=one metre wide").waitFor();
    await panel.locator("text=Part of a chat").waitFor();
    await simulator.write(MIXED.phone, business.number, "And in dark oak");
    await panel.locator("text=And in dark oak").waitFor();
    assert.equal(await salesperson.page.locator("text=bank account").count(), 0);
    assert.equal(await panel.locator(".o-mail-Composer-input").count(), 0, "reading only");
    await salesperson.keepPicture("document-stretch");
    const reader = await OdooUser.logIn("youssef");
    assert.equal(await reader.count("wa.conversation", [["id", "=", chat.id]]), 0);
    assert.equal(await reader.count("wa.message", [["conversation_id", "=", chat.id]]), 0);
    assert.deepEqual(salesperson.page.problems, []);
});
