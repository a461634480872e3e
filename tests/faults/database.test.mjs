/** PostgreSQL drops its connections, as in a restart or a failover: work goes on by itself. */

import assert from "node:assert/strict";
import { afterEach, before, test } from "node:test";
import { Business } from "../e2e/support/business.mjs";
import { OdooUser, hire } from "../e2e/support/odoo.mjs";
import { simulator } from "../e2e/support/simulator.mjs";
import { eventually, sleep } from "../e2e/support/waiting.mjs";
import { postWebhook, textMessage } from "../e2e/support/webhook.mjs";
import { dropConnections, endLeases, ensure, runScheduledActions } from "./support/server.mjs";

const WRITER = "201005570401";
const READERS = ["201005570411", "201005570412", "201005570413", "201005570414"];

let admin, agent, business;

before(async () => {
    await ensure();
    admin = await OdooUser.logIn("admin");
    await hire(admin, ["anchor"]);
    business = await Business.open(admin, "Harbour", ["anchor"]);
    agent = await OdooUser.logIn("anchor");
    for (const phone of [WRITER, ...READERS]) {
        await simulator.addCustomer(phone, { name: `Customer ${phone.slice(-3)}` });
    }
});

afterEach(() => simulator.calmDown());

test("connections drop while messages come in: each is there once", async () => {
    const messages = Array.from({ length: 30 }, (_, number) =>
        textMessage(WRITER, `Wave ${number}`)
    );
    const deliver = (message) => postWebhook(business, message).catch(() => ({ status: 0 }));
    const posting = Promise.all(messages.map(deliver));
    for (let round = 0; round < 3; round++) {
        dropConnections();
        await sleep(60);
    }
    const answers = await posting;

    // Meta repeats what was not acknowledged.
    const repeated = messages.filter((_message, index) => answers[index].status !== 200);
    await eventually("Odoo to take the rest", async () => {
        const again = await Promise.all(repeated.map(deliver));
        return again.every((answer) => answer.status === 200);
    });
    await runScheduledActions(admin);

    const arrived = () => business.messages([["body", "=like", "Wave %"]]);
    await eventually("thirty messages", async () => (await arrived()).length >= 30);
    await business.drained();
    const found = (await arrived()).map((message) => message.body);
    assert.deepEqual(
        found.toSorted(),
        messages.map((message) => message.text.body).toSorted(),
        "every message is there, none twice"
    );
});

test("connections drop while answers are under way: each is on its phone once", async () => {
    const posted = [];
    for (const phone of READERS) {
        const wamid = await simulator.write(phone, business.number, "Where is my order?");
        posted.push({ phone, chat: (await business.arrived(wamid)).chat });
    }
    await simulator.change({ latency_s: 1 });
    for (const one of posted) {
        one.message = await agent.post(one.chat, "On its way");
    }
    await eventually("the calls to Meta", async () => {
        return (await simulator.sends(business.number)).length === READERS.length;
    });

    dropConnections();

    await sleep(1500); // Meta's answers meet the broken connections
    endLeases();
    await eventually("the next scheduled action", () =>
        runScheduledActions(admin).then(
            () => true,
            () => false
        )
    );
    for (const { phone, message } of posted) {
        await business.settled(message, "sent", "delivered");
        assert.equal((await simulator.received(phone, business.number)).length, 1);
    }
    assert.equal((await simulator.sends(business.number)).length, READERS.length);
});
