/** One message on the phone. The phone's owner wrote what the business calls inbound. */

import { content, summary } from "./contents.js";
import { el, icon } from "./dom.js";
import { faceButtons } from "./face.js";
import { openMessageMenu } from "./message_menu.js";
import { clockTime } from "./time.js";

const TICKS = { accepted: "one_tick", sent: "one_tick", delivered: "two_ticks", read: "two_ticks" };
const LINES = new Set(["system", "call"]);

/**
 * Draw a message.
 * @param {Object} message  as `GET /sim/chats` gives it
 * @param {Object} context  `quoted` message or undefined, `phone`, `number`, `words`, `language`,
 *     `businessName`, `onReply(message)`, `onEdit(message)`, `onPlay(message)`, `onOpenImage(url)`,
 *     `onButton(message, button, near)`
 * @returns {HTMLElement}
 */
export function bubble(message, context) {
    const own = message.direction === "inbound";
    const reactions = Object.values(message.reactions ?? {}).join("");
    const data = {
        wamid: message.wamid,
        direction: message.direction,
        status: message.status,
        type: message.type,
        reactions,
        edited: String(Boolean(message.edited)),
        revoked: String(Boolean(message.revoked)),
    };
    const line = LINES.has(message.type) ? " event" : "";
    const node = el(
        "li",
        { class: `bubble ${own ? "own" : "theirs"}${line}`, data, id: bubbleId(message.wamid) },
        tools(message, context),
        message.forwarded ? forwardedMark(message, context) : null,
        message.quoted_wamid ? quote(message, context) : null,
        ...content(message, context),
        stamp(message, context, own),
        reactions ? reactionMarks(message) : null,
        faceButtons(message, context)
    );
    node.addEventListener("dblclick", () => context.onReply(message));
    onLongPress(node, () => openMessageMenu(node, message, context));
    return node;
}

/** Show a new status on a bubble that is drawn already, so that players in it go on playing. */
export function showStatus(node, message, context) {
    node.dataset.status = message.status;
    const fresh = stamp(message, context, message.direction === "inbound");
    node.querySelector(":scope > .stamp").replaceWith(fresh);
}

const bubbleId = (wamid) => `m-${wamid}`;

function forwardedMark(message, context) {
    const arrow = message.forwarded === "often" ? "⏩ " : "↪ ";
    const data = { role: "forwarded", often: String(message.forwarded === "often") };
    return el("small", { class: "forwarded", data }, arrow, context.words.forwarded);
}

function quote(message, context) {
    const quoted = context.quoted;
    const author =
        !quoted || quoted.direction === "outbound" ? context.businessName : context.words.you;
    const hasPicture = quoted && ["image", "sticker"].includes(quoted.type) && quoted.media_url;
    return el(
        "button",
        {
            type: "button",
            class: "quoted",
            on: { click: () => scrollToBubble(message.quoted_wamid) },
        },
        el("strong", { dir: "auto" }, author),
        el("span", { dir: "auto" }, quoted ? summary(quoted, context.words) : "…"),
        hasPicture ? el("img", { src: quoted.media_url, alt: "" }) : null
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
    const edited = message.edited && !message.revoked ? el("i", {}, context.words.edited) : null;
    const tick = own && !LINES.has(message.type) ? icon(TICKS[message.status] ?? "one_tick") : null;
    if (tick) {
        tick.setAttribute("aria-hidden", "false");
        tick.setAttribute("role", "img");
        tick.setAttribute("aria-label", message.status);
        tick.classList.add("ticks");
    }
    return el("span", { class: "stamp" }, edited, time, tick);
}

function reactionMarks(message) {
    const marks = Object.entries(message.reactions).map(([direction, emoji]) =>
        el("span", { class: "reaction", data: { reaction: emoji, by: direction } }, emoji)
    );
    return el("div", { class: "reactions" }, ...marks);
}

function tools(message, context) {
    if (LINES.has(message.type) || message.revoked) {
        return null;
    }
    const tool = (role, label, shape, action) => {
        const onClick = (event) => {
            event.stopPropagation();
            action(event.currentTarget);
        };
        const properties = { type: "button", class: role, "aria-label": label, data: { role } };
        return el("button", { ...properties, on: { click: onClick } }, icon(shape));
    };
    return el(
        "span",
        { class: "tools" },
        tool("reply", "Reply", "reply", () => context.onReply(message)),
        tool("more", "More", "more", (near) => openMessageMenu(near, message, context))
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
