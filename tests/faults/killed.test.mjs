/** The server dies at the worst moments: nothing acknowledged is lost, nothing happens twice. */

import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { Business } from "../e2e/support/business.mjs";
import { OdooUser, hire } from "../e2e/support/odoo.mjs";
import { simulator } from "../e2e/support/simulator.mjs";
import { eventually } from "../e2e/support/waiting.mjs";
import { postWebhook, textMessage } from "../e2e/support/webhook.mjs";
import {
    endLeases,
    ensure,
    holdTable,
    kill,
    runScheduledActions,
    start,
    waitingForLock,
} from "./support/server.mjs";

const PHONES = {
    unreached: "201005570301",
    unheard: "201005570302",
    patient: "201005570303",
    batch: "201005570304",
    photographer: "201005570305",
};
const PICTURE = { sample: "image", caption: "Our roof" };

let admin, agent, business;

before(async () => {
    await ensure();
    admin = await OdooUser.logIn("admin");
    await hire(admin, ["guard"]);
    business = await Business.open(admin, "Emergency", ["guard"]);
    agent = await OdooUser.logIn("guard");
    for (const [name, phone] of Object.entries(PHONES)) {
        await simulator.addCustomer(phone, { name: `The ${name}` });
    }
});

after(kill);
afterEach(async () => {
    await simulator.cutOff(false);
    await simulator.calmDown();
});

/** Start again after two minutes, with what the scheduled actions find. */
async function recover() {
    await start();
    endLeases();
    await runScheduledActions(admin);
}

async function chatWith(phone, text) {
    const wamid = await simulator.write(phone, business.number, text);
    return (await business.arrived(wamid)).chat;
}

/** Return how often chats show messages that a phone sent or got. */
async function countShown(phone) {
    const [conversation] = await business.conversations(phone);
    return admin.count("mail.message", [
        ["model", "=", "discuss.channel"],
        ["res_id", "=", conversation.discuss_channel_id[0]],
        ["message_type", "=", "whatsapp_message"],
    ]);
}

test("killed after claiming a message: it is doubtful, and a person sends it once", async () => {
    const phone = PHONES.unreached;
    const chat = await chatWith(phone, "Is the shop open?");
    // The call is on its way for longer than the server lives, and never arrives.
    const then = { delay_s: 3, reset_before_accept: true };
    await simulator.addRule({ on: "messages", phone, then });
    const posted = await agent.post(chat, "Until six");
    await business.settled(posted, "sending");

    await kill();
    await recover();

    const doubtful = await business.settled(posted, "unconfirmed");
    assert.deepEqual(await simulator.received(phone, business.number), []);
    await agent.call("wa.message", "action_retry", [[doubtful.id]]);
    await business.settled(posted, "delivered");
    assert.equal((await simulator.received(phone, business.number)).length, 1);
    assert.equal(await countShown(phone), 2);
});

test("killed before Meta's answer: doubtful, then settled by our id in the status", async () => {
    const phone = PHONES.unheard;
    const chat = await chatWith(phone, "And on Sunday?");
    // Meta answers when its first status is on its way, and the server dies before that.
    await simulator.addRule({ on: "messages", phone, then: { status_before_response: true } });
    await simulator.addRule({ on: "status", phone, contains: "sent", then: { delay_s: 8 } });
    const posted = await agent.post(chat, "Closed on Sunday");
    await eventually("Meta to accept", async () => {
        return (await simulator.received(phone, business.number)).length;
    });

    await kill();
    await simulator.cutOff(true);
    await recover();

    await business.settled(posted, "unconfirmed");
    await simulator.cutOff(false);
    const message = await eventually("the status", async () => {
        await simulator.repeatWebhooks();
        const [found] = await business.messages([["mail_message_id", "=", posted]]);
        return found.state === "delivered" && found;
    });
    const received = await simulator.received(phone, business.number);
    assert.deepEqual(
        received.map((one) => one.wamid),
        [message.wamid]
    );
    assert.equal(await countShown(phone), 2);
});

test("killed while webhooks are stored: Meta repeats, and each is there once", async () => {
    const phone = PHONES.patient;
    const messages = Array.from({ length: 40 }, (_, number) =>
        textMessage(phone, `Patient ${number}`)
    );
    let acknowledged = 0;
    const posting = Promise.allSettled(
        messages.map(async (message) => {
            const { status } = await postWebhook(business, message);
            acknowledged += status === 200;
            return status;
        })
    );
    await eventually("some to be acknowledged", () => acknowledged >= 5);

    await kill();
    const answers = await posting;
    await start();
    const kept = messages.filter((_message, index) => answers[index].value === 200);
    await runScheduledActions(admin);
    await business.drained();
    const ids = (found) => found.map((message) => message.wamid);
    const stored = new Set(ids(await business.messages([["body", "=like", "Patient %"]])));
    assert.deepEqual(
        kept.filter((message) => !stored.has(message.id)),
        [],
        "what was acknowledged is there"
    );

    await Promise.all(messages.map((message) => postWebhook(business, message)));

    await eventually("all forty", async () => {
        return (await business.messages([["body", "=like", "Patient %"]])).length >= 40;
    });
    await business.drained();
    assert.equal((await business.messages([["body", "=like", "Patient %"]])).length, 40);
    assert.equal(await countShown(phone), 40);
});

test("killed in the middle of a batch: it is processed again as a whole", async () => {
    const phone = PHONES.batch;
    const messages = [1, 2, 3, 4, 5].map((number) => textMessage(phone, `Batch ${number}`));
    const letGo = await holdTable("mail_message");
    try {
        for (const message of messages) {
            assert.equal((await postWebhook(business, message)).status, 200);
        }
        await eventually("the drain to be half way", waitingForLock);
        await kill();
    } finally {
        await letGo();
    }
    await recover();

    await business.drained();
    const found = await business.messages([["body", "=like", "Batch %"]]);
    assert.deepEqual(
        found.map((message) => message.wamid),
        messages.map((message) => message.id)
    );
    assert.equal(await countShown(phone), 5);
    assert.equal((await business.conversations(phone))[0].unanswered_count, 5);
});

test("killed while fetching a picture: it is fetched again and there once", async () => {
    const phone = PHONES.photographer;
    await simulator.addRule({ on: "media_download", then: { delay_s: 20 } });
    const wamid = await simulator.write(phone, business.number, "", {
        type: "image",
        image: PICTURE,
    });
    await business.arrived(wamid);
    const media = async (state) => {
        const domain = [
            ["message_id.wamid", "=", wamid],
            ["state", "=", state],
        ];
        const found = await admin.find("wa.media", domain, ["attachment_id"]);
        return found.length && found;
    };
    await eventually("the download to begin", () => media("fetching"));

    await kill();
    await recover();

    const [fetched] = await eventually("the picture", () => media("done"));
    const [message] = await business.messages([["wamid", "=", wamid]]);
    const [shown] = await admin.find(
        "mail.message",
        [["id", "=", message.mail_message_id[0]]],
        ["attachment_ids"]
    );
    assert.deepEqual(shown.attachment_ids, [fetched.attachment_id[0]]);
});
