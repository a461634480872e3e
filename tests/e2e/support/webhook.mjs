/** Webhooks as Meta sends them, for stories in which many come at the same moment. */

import { createHmac, randomUUID } from "node:crypto";

const URL_OF_ODOO = process.env.ODOO_URL;

/** Return Meta's JSON of one text message. */
export function textMessage(phone, text, more = {}) {
    return {
        from: phone,
        id: `wamid.${randomUUID()}`,
        timestamp: String(Math.floor(Date.now() / 1000)),
        type: "text",
        text: { body: text },
        ...more,
    };
}

/**
 * Post signed messages to Odoo's webhook.
 *
 * @param {import("./business.mjs").Business} business whose account signs
 * @param {object[]} messages of one sender
 * @returns {Promise<{status: number, milliseconds: number}>}
 */
export async function postWebhook(business, ...messages) {
    const body = asMetaWrites(envelope(business, messages));
    const signature = createHmac("sha256", business.account.app_secret).update(body).digest("hex");
    const started = performance.now();
    const path = `/whatsapp_helpdesk/webhook/${business.account.webhook_key}`;
    const response = await fetch(URL_OF_ODOO + path, {
        method: "POST",
        headers: {
            "Content-Type": "application/json",
            "X-Hub-Signature-256": `sha256=${signature}`,
        },
        body,
    });
    await response.arrayBuffer();
    return { status: response.status, milliseconds: performance.now() - started };
}

function envelope(business, messages) {
    const value = {
        messaging_product: "whatsapp",
        metadata: { display_phone_number: "20225550100", phone_number_id: business.number },
        contacts: [{ profile: { name: "Crowd" }, wa_id: messages[0].from }],
        messages,
    };
    return {
        object: "whatsapp_business_account",
        entry: [{ id: business.account.waba_uid, changes: [{ field: "messages", value }] }],
    };
}

/** One line, `\uXXXX` for what is not ASCII, `\/` for slashes: the bytes that Meta signs. */
function asMetaWrites(payload) {
    return JSON.stringify(payload)
        .replace(/[\u0080-\uffff]/g, escapeUnit)
        .replaceAll("/", "\\/");
}

function escapeUnit(unit) {
    return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
