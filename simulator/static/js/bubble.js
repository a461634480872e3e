/** One message on the phone. The phone's owner wrote what the business calls inbound. */

import { el, icon } from "./dom.js";
import { renderMarkup } from "./markup.js";
import { clockTime } from "./time.js";

const TICKS = { accepted: "one_tick", sent: "one_tick", delivered: "two_ticks", read: "two_ticks" };
const BIG_EMOJI =
    /^(?:\p{Extended_Pictographic}(?:\p{M}|\u200d\p{Extended_Pictographic}|\p{Emoji_Modifier})*){1,3}$/u;
const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}]/u;
const LEFT_TO_RIGHT = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]/u;

/** What a message says in one line, for quotes. */
export function summary(message, words) {
    if (message.type === "image") {
        return plain(message.caption ?? "") || words.photo;
    }
    return plain(message.text) || message.type;
}

function plain(text) {
    const isLine = (node) => node.nodeName === "BR" || node.classList?.contains("line");
    const parts = [...renderMarkup(text).childNodes];
    return parts.map((node) => node.textContent + (isLine(node) ? " " : "")).join("");
}

/**
 * Draw a message.
 * @param {Object} message  as `GET /sim/chats` gives it
 * @param {Object} context  `quoted` message or undefined, `words`, `language`, `businessName`,
 *     `onReply(message)`, `onOpenImage(url)`
 * @returns {HTMLElement}
 */
export function bubble(message, context) {
    const own = message.direction === "inbound";
    const data = {
        wamid: message.wamid,
        direction: message.direction,
        status: message.status,
        type: message.type,
    };
    const node = el(
        "li",
        { class: `bubble ${own ? "own" : "theirs"}`, data, id: bubbleId(message.wamid) },
        replyButton(message, context),
        message.quoted_wamid ? quote(message, context) : null,
        ...content(message, context),
        stamp(message, context, own)
    );
    node.addEventListener("dblclick", () => context.onReply(message));
    onLongPress(node, () => context.onReply(message));
    return node;
}

const bubbleId = (wamid) => `m-${wamid}`;

function content(message, context) {
    if (message.type === "text") {
        return [body(message.text)];
    }
    if (message.type === "image" && message.media_url) {
        return [image(message, context), message.caption ? body(message.caption) : null];
    }
    if (message.type === "template") {
        return [el("span", { class: "kind" }, "Template"), body(message.text)];
    }
    return [el("p", { class: "other" }, icon("file"), message.type)];
}

function body(text) {
    const node = el("p", { class: "text", dir: "auto" });
    node.append(renderMarkup(text));
    node.classList.toggle("big", BIG_EMOJI.test(text.trim()));
    node.classList.toggle("both-ways", RIGHT_TO_LEFT.test(text) && LEFT_TO_RIGHT.test(text));
    return node;
}

function image(message, context) {
    const picture = el("img", {
        src: message.media_url,
        alt: message.caption ?? "",
        loading: "lazy",
    });
    return el(
        "button",
        {
            type: "button",
            class: "picture",
            "aria-label": context.words.photo,
            on: { click: () => context.onOpenImage(message.media_url) },
        },
        picture
    );
}

function quote(message, context) {
    const quoted = context.quoted;
    const author =
        !quoted || quoted.direction === "outbound" ? context.businessName : context.words.you;
    return el(
        "button",
        {
            type: "button",
            class: "quoted",
            on: { click: () => scrollToBubble(message.quoted_wamid) },
        },
        el("strong", { dir: "auto" }, author),
        el("span", { dir: "auto" }, quoted ? summary(quoted, context.words) : "…"),
        quoted?.media_url ? el("img", { src: quoted.media_url, alt: "" }) : null
    );
}

function scrollToBubble(wamid) {
    const target = document.getElementById(bubbleId(wamid));
    target?.scrollIntoView({ block: "center", behavior: "smooth" });
    target?.animate([{ filter: "brightness(0.85)" }, { filter: "none" }], 1200);
}

function stamp(message, context, own) {
    const time = el(
        "time",
        { datetime: message.at },
        clockTime(new Date(message.at), context.language)
    );
    const tick = own ? icon(TICKS[message.status] ?? "one_tick") : null;
    if (tick) {
        tick.setAttribute("aria-hidden", "false");
        tick.setAttribute("role", "img");
        tick.setAttribute("aria-label", message.status);
        tick.classList.add("ticks");
    }
    return el("span", { class: "stamp" }, time, tick);
}

function replyButton(message, context) {
    const onClick = (event) => {
        event.stopPropagation();
        context.onReply(message);
    };
    return el(
        "button",
        {
            type: "button",
            class: "reply",
            "aria-label": "Reply",
            data: { role: "reply" },
            on: { click: onClick },
        },
        icon("reply")
    );
}

const LONG_PRESS_MS = 500;

function onLongPress(node, action) {
    let timer = 0;
    node.addEventListener("pointerdown", (event) => {
        if (event.pointerType !== "mouse") {
            timer = setTimeout(action, LONG_PRESS_MS);
        }
    });
    for (const end of ["pointerup", "pointermove", "pointercancel", "pointerleave"]) {
        node.addEventListener(end, () => clearTimeout(timer));
    }
}
