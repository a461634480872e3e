/** What stands inside a bubble, by kind of message. */

import { el, icon } from "./dom.js";
import { faceContent } from "./face.js";
import { renderMarkup } from "./markup.js";
import { body, file, film, picture, place } from "./parts.js";

const KIND_WORDS = {
    image: "photo",
    video: "video",
    document: "document",
    sticker: "sticker",
    location: "location",
    contacts: "contact",
    order: "order",
    call: "call",
};

/** What a message says in one line, for quotes. */
export function summary(message, words) {
    if (message.revoked) {
        return words.deleted;
    }
    if (message.type === "audio") {
        return message.payload.audio.voice ? words.voice : words.audio;
    }
    const said = message.caption || message.text || replyTitle(message) || message.filename;
    return plain(said ?? "") || words[KIND_WORDS[message.type]] || message.type;
}

function plain(text) {
    const isLine = (node) => node.nodeName === "BR" || node.classList?.contains("line");
    const parts = [...renderMarkup(text).childNodes];
    return parts.map((node) => node.textContent + (isLine(node) ? " " : "")).join("");
}

/**
 * Return the nodes for the content of `message`.
 * @param {Object} message  as `GET /sim/chats` gives it
 * @param {Object} context  as `bubble` gets it
 */
export function content(message, context) {
    if (message.revoked) {
        return [el("p", { class: "other" }, "🚫 ", context.words.deleted)];
    }
    const draw = DRAWERS[message.type] ?? other;
    return draw(message, context, message.payload?.[message.type] ?? {});
}

const DRAWERS = {
    text: (message) => [body(message.text)],
    image: (message, context) => [
        picture(message.media_url, message.caption ?? "", context),
        caption(message),
    ],
    video: (message) => [film(message.media_url), caption(message)],
    audio: sound,
    document: (message) => [file(message.media_url, message.filename), caption(message)],
    sticker: (message, context) => [
        el("img", {
            class: "sticker",
            src: message.media_url,
            alt: context.words.sticker,
        }),
    ],
    location: (message, context, given) => [place(given, context)],
    contacts: (message, context, cards) => cards.map(card),
    order: orderLines,
    call: callLine,
    template: (message, context) =>
        message.face ? faceContent(message.face, context) : [body(message.text)],
    interactive: (message, context) =>
        message.face ? faceContent(message.face, context) : [body(replyTitle(message))],
    button: (message) => [body(replyTitle(message))],
    system: (message, context, given) => [el("p", { class: "other" }, given.body ?? "")],
};

function replyTitle(message) {
    const given = message.payload?.[message.type];
    if (message.type === "button") {
        return given.text;
    }
    if (message.type !== "interactive") {
        return "";
    }
    const reply = given[given.type];
    return reply?.title ?? answersOf(reply) ?? given.body?.text ?? "";
}

/** The answers of a form in one line; what is no JSON as it is. */
function answersOf(reply) {
    if (!reply?.response_json) {
        return undefined;
    }
    try {
        const answers = Object.entries(JSON.parse(reply.response_json));
        const words = answers
            .filter(([name]) => name !== "flow_token")
            .map(([, one]) => (typeof one === "object" ? JSON.stringify(one) : one));
        return `📋 ${words.join(" · ")}`;
    } catch {
        return reply.response_json;
    }
}

function other(message) {
    return [el("p", { class: "other" }, icon("file"), message.type)];
}

function caption(message) {
    return message.caption ? body(message.caption) : null;
}

function sound(message, context, given) {
    const player = el("audio", { src: message.media_url, controls: true, preload: "metadata" });
    if (given.voice) {
        player.addEventListener("play", () => context.onPlay(message), { once: true });
    }
    const mark = given.voice ? "🎙" : "🎵";
    return [
        el(
            "div",
            { class: "sound", data: { voice: String(Boolean(given.voice)) } },
            el("span", { class: "mark", "aria-hidden": "true" }, mark),
            player
        ),
    ];
}

function card(given) {
    const lines = [
        ...(given.phones ?? []).map((entry) => entry.phone),
        ...(given.emails ?? []).map((entry) => entry.email),
        given.org?.company,
    ];
    return el(
        "div",
        { class: "card" },
        el("span", { class: "avatar" }, (given.name?.formatted_name ?? "?").slice(0, 1)),
        el(
            "div",
            {},
            el("strong", { dir: "auto" }, given.name?.formatted_name ?? "?"),
            ...lines.filter(Boolean).map((line) => el("span", { dir: "ltr" }, line))
        )
    );
}

function orderLines(message, context, given) {
    const items = given.product_items ?? [];
    const rows = items.map((item) =>
        el(
            "li",
            {},
            el("span", { dir: "ltr" }, `${item.quantity} × ${item.product_retailer_id}`),
            el("span", { dir: "ltr" }, `${item.item_price} ${item.currency}`)
        )
    );
    return [
        el(
            "div",
            { class: "order" },
            el("strong", {}, `🛒 ${context.words.order}`),
            el("ul", {}, ...rows)
        ),
        given.text ? body(given.text) : null,
    ];
}

function callLine(message, context, given) {
    const { words } = context;
    const minutes = Math.floor(given.seconds / 60);
    const length = `${minutes}:${String(given.seconds % 60).padStart(2, "0")}`;
    const text = given.seconds ? `📞 ${words.call} · ${length}` : `📵 ${words.missed}`;
    return [el("p", { class: "other" }, text)];
}
