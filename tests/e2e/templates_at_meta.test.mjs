/** Meta's side of templates: a person plays the review, customers see and tap what was approved. */

import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import {
    DESKTOP,
    PHONE,
    Phone,
    closeBrowser,
    keepPicture,
    openBrowser,
} from "./support/browser.mjs";
import { simulator } from "./support/simulator.mjs";
import { eventually } from "./support/waiting.mjs";

// A business of its own: what is shown here does not need Odoo.
const BUSINESS = { account: "700100200300", number: "700100200301", token: "token-of-templates" };
const SALMA = { phone: "966505550711", name: "سلمى", country: "SA", language: "ar" };
const PROMISE = {
    name: "delivery_day",
    language: "ar",
    category: "UTILITY",
    components: [
        {
            type: "BODY",
            text: "مرحبًا {{1}}، موعد التسليم يوم *{{2}}* صباحًا. هل يناسبك؟",
            example: { body_text: [["منى", "الثلاثاء"]] },
        },
        {
            type: "BUTTONS",
            buttons: [
                { type: "QUICK_REPLY", text: "نعم" },
                { type: "QUICK_REPLY", text: "موعد آخر" },
                { type: "URL", text: "تفاصيل الطلب", url: "https://shop.example.com/42" },
                { type: "PHONE_NUMBER", text: "اتصل بنا", phone_number: "+20225550100" },
            ],
        },
    ],
};
const TIMES = {
    type: "list",
    body: { text: "متى نزورك؟" },
    action: {
        button: "اختر موعدًا",
        sections: [{ rows: [{ id: "t10", title: "العاشرة", description: "مع عمر" }] }],
    },
};

let phone, uid;

const graph = (method, path, body) => simulator.graph(BUSINESS.token, method, path, body);

async function send(type, content) {
    const body = { messaging_product: "whatsapp", to: SALMA.phone, type, [type]: content };
    return graph("POST", `${BUSINESS.number}/messages`, body);
}

const sendPromise = () => {
    const parameters = ["سلمى", "الأربعاء"].map((text) => ({ type: "text", text }));
    const components = [
        { type: "body", parameters },
        {
            type: "button",
            sub_type: "quick_reply",
            index: "0",
            parameters: [{ type: "payload", payload: "confirm:42" }],
        },
    ];
    return send("template", { name: PROMISE.name, language: { code: "ar" }, components });
};

before(async () => {
    const { phone: digits, ...profile } = SALMA;
    await simulator.addAccount(BUSINESS.account, {
        app_uid: "700100200302",
        access_token: BUSINESS.token,
        portfolio_uid: "700100200303",
        name: "Oasis",
        numbers: [
            {
                phone_number_uid: BUSINESS.number,
                display_phone_number: "+20 2 2555 0900",
                verified_name: "Oasis",
            },
        ],
    });
    await simulator.addCustomer(digits, profile);
    await simulator.change({ template_review: "manual" });
    await openBrowser();
    phone = await Phone.open(digits, BUSINESS.number);
});

after(async () => {
    await simulator.calmDown();
    await closeBrowser();
});

afterEach(() => assert.deepEqual(phone.page.problems, []));

test("a person approves a template on the page of templates", async () => {
    const created = await graph("POST", `${BUSINESS.account}/message_templates`, PROMISE);
    assert.equal(created.answer.status, "PENDING");
    uid = created.answer.id;
    assert.equal((await sendPromise()).answer.error.code, 132001);
    const page = await phone.page.context().newPage();
    await page.setViewportSize(DESKTOP);
    await page.goto(`${simulator.url}/templates#${uid}`);
    const preview = page.locator("[data-role=preview]");
    await preview.getByText("موعد التسليم يوم").waitFor();
    assert.equal(await preview.getAttribute("dir"), "rtl");
    assert.equal(await preview.locator("strong", { hasText: "الثلاثاء" }).count(), 1);
    await keepPicture(page, "template_in_review");
    await page.locator("[data-role=step][data-step=approve]").click();
    await page.locator(`li[data-template="${uid}"][data-status=APPROVED]`).waitFor();
    const [found] = (await simulator.templates(BUSINESS.account)).filter((t) => t.id === uid);
    assert.equal(found.status, "APPROVED");
    await page.setViewportSize(PHONE);
    await keepPicture(page, "template_on_a_phone");
    await page.close();
});

test("the customer sees it filled in and her taps answer", async () => {
    assert.equal((await sendPromise()).status, 200);
    const bubble = phone.received("template").last();
    await bubble.getByText("الأربعاء").waitFor();
    // Four buttons: two are shown, all of them in a sheet.
    await bubble.locator("[data-kind=list]").click();
    await phone.frame.locator(".sheet [data-kind=url]").click();
    const [shown] = await eventually("the tap on the link", async () => {
        const messages = await simulator.received(SALMA.phone, BUSINESS.number);
        return messages.some((message) => message.tapped) && messages;
    });
    assert.deepEqual(shown.tapped, ["https://shop.example.com/42"]);
    await bubble.locator("[data-option='confirm:42']").click();
    await phone.frame.locator(".bubble[data-type=button]", { hasText: "نعم" }).waitFor();
    const last = (await simulator.chat(SALMA.phone, BUSINESS.number)).at(-1);
    assert.deepEqual(last.payload.button, { payload: "confirm:42", text: "نعم" });
    await phone.keepPicture("template_tapped");
});

test("rows of a list stand in a sheet", async () => {
    assert.equal((await send("interactive", TIMES)).status, 200);
    await phone.received("interactive").last().locator("[data-kind=list]").click();
    await phone.keepPicture("list_sheet");
    await phone.frame.locator(".sheet [data-option=t10]").click();
    const answer = phone.frame.locator(".bubble[data-direction=inbound][data-type=interactive]");
    await answer.getByText("العاشرة").waitFor();
});

test("a paused template is not sent", async () => {
    const page = await phone.page.context().newPage();
    await page.goto(`${simulator.url}/templates#${uid}`);
    await page.locator("[data-role=step][data-step=pause]").click();
    await page.getByText("This template is unpaused in").waitFor();
    assert.equal((await sendPromise()).answer.error.code, 132015);
    await page.close();
});
