/** What stands inside a bubble, by kind of message. */

import { el, icon } from "./dom.js";
import { renderMarkup } from "./markup.js";

const BIG_EMOJI =
    /^(?:\p{Extended_Pictographic}(?:\p{M}|\u200d\p{Extended_Pictographic}|\p{Emoji_Modifier})*){1,3}$/u;
const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}]/u;
const LEFT_TO_RIGHT = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]/u;

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
    image: (message, context) => [picture(message, context), caption(message)],
    video: (message) => [
        el("video", { class: "film", src: message.media_url, controls: true, preload: "metadata" }),
        caption(message),
    ],
    audio: sound,
    document: file,
    sticker: (message, context) => [
        el("img", {
            class: "sticker",
            src: message.media_url,
            alt: context.words.sticker,
        }),
    ],
    location: place,
    contacts: (message, context, cards) => cards.map(card),
    order: orderLines,
    call: callLine,
    template: (message) => [el("span", { class: "kind" }, "Template"), body(message.text)],
    interactive: (message, context, given) =>
        message.direction === "inbound"
            ? [body(replyTitle(message))]
            : [body(given.body?.text ?? ""), footer(given)],
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
    return reply?.title ?? reply?.response_json ?? given.body?.text ?? "";
}

function other(message) {
    return [el("p", { class: "other" }, icon("file"), message.type)];
}

function caption(message) {
    return message.caption ? body(message.caption) : null;
}

function body(text) {
    const node = el("p", { class: "text", dir: "auto" });
    node.append(renderMarkup(text));
    node.classList.toggle("big", BIG_EMOJI.test(text.trim()));
    node.classList.toggle("both-ways", RIGHT_TO_LEFT.test(text) && LEFT_TO_RIGHT.test(text));
    return node;
}

function picture(message, context) {
    if (!message.media_url) {
        return el("p", { class: "other" }, icon("file"), context.words.photo);
    }
    const image = el("img", {
        src: message.media_url,
        alt: message.caption ?? "",
        loading: "lazy",
    });
    const properties = { type: "button", class: "picture", "aria-label": context.words.photo };
    properties.on = { click: () => context.onOpenImage(message.media_url) };
    return el("button", properties, image);
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

function file(message) {
    const name = message.filename || "file";
    return [
        el(
            "a",
            { class: "file", href: message.media_url, download: name, dir: "auto" },
            icon("file"),
            el("span", {}, name)
        ),
        caption(message),
    ];
}

function place(message, context, given) {
    const where = `${given.latitude},${given.longitude}`;
    const label = given.name || context.words.location;
    return [
        el(
            "a",
            {
                class: "place",
                href: `https://maps.google.com/?q=${encodeURIComponent(where)}`,
                target: "_blank",
                rel: "noreferrer",
                data: { latitude: given.latitude, longitude: given.longitude },
            },
            el("span", { class: "map", "aria-hidden": "true" }, el("i", {}, "📍")),
            el("strong", { dir: "auto" }, label),
            el("span", { dir: "auto" }, given.address ?? where)
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

function footer(given) {
    return given.footer?.text
        ? el("small", { class: "footer", dir: "auto" }, given.footer.text)
        : null;
}
