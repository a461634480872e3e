/** Parts of bubbles that several kinds of messages have: texts, pictures, files, places. */

import { el, icon } from "./dom.js";
import { renderMarkup } from "./markup.js";

const BIG_EMOJI =
    /^(?:\p{Extended_Pictographic}(?:\p{M}|\u200d\p{Extended_Pictographic}|\p{Emoji_Modifier})*){1,3}$/u;
const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}]/u;
const LEFT_TO_RIGHT = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]/u;

/** A text with WhatsApp's markup. */
export function body(text) {
    const node = el("p", { class: "text", dir: "auto" });
    node.append(renderMarkup(text));
    node.classList.toggle("big", BIG_EMOJI.test(text.trim()));
    node.classList.toggle("both-ways", RIGHT_TO_LEFT.test(text) && LEFT_TO_RIGHT.test(text));
    return node;
}

/** A picture that opens in full size. */
export function picture(url, alt, context) {
    if (!url) {
        return el("p", { class: "other" }, icon("file"), context.words.photo);
    }
    const properties = { type: "button", class: "picture", "aria-label": context.words.photo };
    properties.on = { click: () => context.onOpenImage(url) };
    return el("button", properties, el("img", { src: url, alt, loading: "lazy" }));
}

export function film(url) {
    return el("video", { class: "film", src: url, controls: true, preload: "metadata" });
}

/** A file to download. */
export function file(url, filename) {
    const name = filename || "file";
    return el(
        "a",
        { class: "file", href: url, download: name, dir: "auto" },
        icon("file"),
        el("span", {}, name)
    );
}

/** A place with a picture of a map. */
export function place(given, context) {
    const where = `${given.latitude},${given.longitude}`;
    const label = given.name || context.words.location;
    return el(
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
        el("span", { dir: "auto" }, given.address || where)
    );
}
