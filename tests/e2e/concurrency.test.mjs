/** Everything at the same moment: nothing is lost, nothing happens twice. No browser, only HTTP. */

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { afterEach, before, test } from "node:test";
import { Business } from "./support/business.mjs";
import { OdooUser, hire } from "./support/odoo.mjs";
import { simulator } from "./support/simulator.mjs";
import { eventually, sleep } from "./support/waiting.mjs";
import { postWebhook, textMessage } from "./support/webhook.mjs";

const AGENTS = ["night1", "night2", "night3", "night4", "night5"];
const PHONES = {
    crowd: "201005560101",
    stranger: "201005560102",
    repeated: "201005560103",
    photographer: "201005560104",
    hot: "201005560105",
    hasty: "201005560106",
    unlucky: "201005560107",
};
const PICTURE = new URL("../../demo/images/sofa.jpg", import.meta.url);

let admin, agent, business;

before(async () => {
    admin = await OdooUser.logIn("admin");
    await hire(admin, AGENTS);
    business = await Business.open(admin, "Night shift", AGENTS);
    agent = await OdooUser.logIn(AGENTS[0]);
    for (const [name, phone] of Object.entries(PHONES)) {
        await simulator.addCustomer(phone, { name: `The ${name}` });
    }
});

afterEach(() => simulator.calmDown());

function times(count, make) {
    return Promise.all(Array.from({ length: count }, (_, number) => make(number)));
}

test("ten answers of five agents at once are ten messages on the phone", async () => {
    const agents = await Promise.all(AGENTS.map((login) => OdooUser.logIn(login)));
    const wamid = await simulator.write(PHONES.crowd, business.number, "Is anybody there?");
    const { chat } = await business.arrived(wamid);
    await simulator.change({ latency_s: 0.3 });

    await times(10, (number) => agents[number % 5].post(chat, `Answer ${number}`));

    await eventually("ten answers on the phone", async () => {
        const received = await simulator.received(PHONES.crowd, business.number);
        return received.length >= 10;
    });
    await sleep(1500); // a second copy of any would have left by now
    const texts = (await simulator.sends(business.number)).map((call) => call.payload.text.body);
    const wanted = Array.from({ length: 10 }, (_, number) => `Answer ${number}`);
    assert.deepEqual(texts.toSorted(), wanted, "each text was sent exactly once");
    const stored = await business.messages([["direction", "=", "outbound"]]);
    assert.deepEqual(
        texts,
        stored.map((message) => message.body),
        "they left in the order of the chat"
    );
});

test("eight first messages at once make one customer and one conversation", async () => {
    const partners = await admin.count("res.partner", []);
    const answers = await times(8, (number) =>
        postWebhook(business, textMessage(PHONES.stranger, `First words ${number}`))
    );

    assert.deepEqual(new Set(answers.map((answer) => answer.status)), new Set([200]));
    await eventually("eight messages", async () => {
        const found = await business.messages([["body", "=like", "First words %"]]);
        return found.length === 8;
    });
    assert.equal((await business.conversations(PHONES.stranger)).length, 1);
    assert.equal(await admin.count("wa.contact", [["wa_id", "=", PHONES.stranger]]), 1);
    assert.equal(await admin.count("res.partner", []), partners + 1);
});

test("the same message five times at once is shown once", async () => {
    const message = textMessage(PHONES.repeated, "Only once, please");
    const other = textMessage(PHONES.repeated, "Something else");

    await Promise.all([
        postWebhook(business, message),
        postWebhook(business, message),
        postWebhook(business, message),
        postWebhook(business, other, message),
        postWebhook(business, message, other),
    ]);

    await business.drained();
    const found = await business.messages([["wamid", "in", [message.id, other.id]]]);
    assert.deepEqual(found.map((one) => one.body).toSorted(), [
        "Only once, please",
        "Something else",
    ]);
    const [conversation] = await business.conversations(PHONES.repeated);
    const shown = await admin.count("mail.message", [
        ["model", "=", "discuss.channel"],
        ["res_id", "=", conversation.discuss_channel_id[0]],
        ["message_type", "=", "whatsapp_message"],
    ]);
    assert.equal(shown, 2);
});

test("a picture does not keep the webhook waiting while Graph needs three seconds", async () => {
    await simulator.change({ latency_s: 3 });
    const data = (await readFile(PICTURE)).toString("base64");
    const image = { data, mime_type: "image/jpeg", caption: "Look at this" };

    const wamid = await simulator.write(PHONES.photographer, business.number, "", {
        type: "image",
        image,
    });

    const started = performance.now();
    await business.arrived(wamid);
    assert.ok(performance.now() - started < 2500, "the message is there before its picture");
    const answer = await postWebhook(business, textMessage(PHONES.photographer, "And this"));
    assert.equal(answer.status, 200);
    assert.ok(answer.milliseconds < 1000, `the webhook took ${answer.milliseconds} ms`);
    const [media] = await eventually("the picture", async () => {
        const domain = [
            ["message_id.wamid", "=", wamid],
            ["state", "=", "done"],
        ];
        const found = await admin.find("wa.media", domain, ["attachment_id"]);
        return found.length && found;
    });
    assert.ok(media.attachment_id);
});

test("five agents who ask for a lost picture at once cause one download", async () => {
    const data = (await readFile(PICTURE)).toString("base64");
    const gone = { code: 100, http_status: 400, message: "Unsupported get request." };
    for (const on of ["media_download", "media_info"]) {
        await simulator.addRule({ on, then: { error: gone } });
    }
    const image = { data, mime_type: "image/jpeg" };
    const wamid = await simulator.write(PHONES.photographer, business.number, "", {
        type: "image",
        image,
    });
    const media = (state) =>
        eventually(`the picture to be ${state}`, async () => {
            const domain = [
                ["message_id.wamid", "=", wamid],
                ["state", "=", state],
            ];
            const found = await admin.find("wa.media", domain, ["attachment_id"]);
            return found[0];
        });
    const lost = await media("failed");
    const agents = await Promise.all(AGENTS.map((login) => OdooUser.logIn(login)));
    const downloads = async () => (await simulator.graphCalls("GET", "attachments/")).length;
    const before = await downloads();

    await Promise.all(agents.map((one) => one.call("wa.media", "action_retry", [[lost.id]])));

    assert.ok((await media("done")).attachment_id);
    assert.equal(await downloads(), before + 1);
});

test("sixty webhooks at once for one conversation are sixty messages", async () => {
    const first = Math.floor(Date.now() / 1000) - 60;
    const answers = await times(60, (number) =>
        postWebhook(
            business,
            textMessage(PHONES.hot, `Hot ${number}`, { timestamp: String(first + number) })
        )
    );

    assert.deepEqual(new Set(answers.map((answer) => answer.status)), new Set([200]));
    await business.drained();
    const found = await business.messages([["body", "=like", "Hot %"]]);
    assert.equal(new Set(found.map((message) => message.body)).size, 60);
    assert.equal(found.length, 60);
    const [conversation] = await business.conversations(PHONES.hot);
    assert.equal(conversation.unanswered_count, 60);
    assert.equal(await admin.count("wa.webhook.event", [["state", "=", "failed"]]), 0);
});

test("a status that overtakes the answer to the sending is not lost", async () => {
    const wamid = await simulator.write(PHONES.hasty, business.number, "Hurry up");
    const { chat } = await business.arrived(wamid);
    await simulator.addRule({
        on: "messages",
        phone: PHONES.hasty,
        then: { status_before_response: true, delay_s: 0.5 },
    });

    const posted = await agent.post(chat, "As fast as we can");

    const message = await business.settled(posted, "delivered");
    const [onPhone] = await simulator.received(PHONES.hasty, business.number);
    assert.equal(message.wamid, onPhone.wamid);
});

test("a lost answer of Meta is shown as doubtful, and settled by the status", async () => {
    const wamid = await simulator.write(PHONES.unlucky, business.number, "Can you hear me?");
    const { chat } = await business.arrived(wamid);
    const rule = { phone: PHONES.unlucky };
    await simulator.addRule({ ...rule, on: "messages", then: { accept_then_drop: true } });
    await simulator.addRule({ ...rule, on: "status", times: null, then: { hold: true } });

    const posted = await agent.post(chat, "Loud and clear");

    await business.settled(posted, "unconfirmed");
    await sleep(3000); // long enough for a blind repetition
    assert.equal((await simulator.received(PHONES.unlucky, business.number)).length, 1);
    await simulator.calmDown();
    const message = await business.settled(posted, "delivered");
    const received = await simulator.received(PHONES.unlucky, business.number);
    assert.deepEqual(
        received.map((one) => one.wamid),
        [message.wamid]
    );
});
