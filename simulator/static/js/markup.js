/**
 * WhatsApp's text markup as DOM nodes. User text only ever becomes text nodes, so nothing in it
 * can act as HTML.
 */

import { el } from "./dom.js";

const STYLES = { "*": "strong", _: "em", "~": "s" };
const URL_PATTERN = /https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]'*_~]/g;
const BLANK_OR_MARK = /[\s\p{P}\p{S}]/u;

/**
 * Render a message body.
 * @param {string} text
 * @returns {DocumentFragment}
 */
export function renderMarkup(text) {
    const fragment = document.createDocumentFragment();
    const parts = text.split(/```([\s\S]+?)```/);
    parts.forEach((part, index) => {
        if (index % 2) {
            fragment.append(el("code", { class: "block" }, part.replace(/^\n|\n$/g, "")));
        } else if (part) {
            fragment.append(...renderLines(part));
        }
    });
    return fragment;
}

function renderLines(text) {
    const nodes = [];
    const lines = text.split("\n");
    lines.forEach((line, index) => {
        const block = renderBlockLine(line);
        nodes.push(...(block ? [block] : renderInline(line)));
        if (!block && index < lines.length - 1) {
            nodes.push(el("br"));
        }
    });
    return nodes;
}

function renderBlockLine(line) {
    const quote = /^> (.+)/.exec(line);
    if (quote) {
        return el("span", { class: "line quote-line", dir: "auto" }, ...renderInline(quote[1]));
    }
    const item = /^(?:[-*]|(\d{1,3})\.) (.+)/.exec(line);
    if (item) {
        const sign = item[1] ? `${item[1]}.` : "•";
        const content = el("span", {}, ...renderInline(item[2]));
        return el("span", { class: "line item-line", dir: "auto" }, el("span", {}, sign), content);
    }
    return null;
}

function renderInline(text) {
    const code = /`([^`\n]+)`/.exec(text);
    if (code) {
        const after = text.slice(code.index + code[0].length);
        return [
            ...renderStyled(text.slice(0, code.index)),
            el("code", {}, code[1]),
            ...renderInline(after),
        ];
    }
    return renderStyled(text);
}

function renderStyled(text) {
    const found = findStyled(text);
    if (!found) {
        return renderLinks(text);
    }
    const { start, end } = found;
    return [
        ...renderLinks(text.slice(0, start)),
        el(STYLES[text[start]], {}, ...renderStyled(text.slice(start + 1, end))),
        ...renderStyled(text.slice(end + 1)),
    ];
}

/** Find the first pair of markers that touch text inside and a boundary outside. */
function findStyled(text) {
    const links = [...text.matchAll(URL_PATTERN)];
    const inLink = (at) => links.some((m) => at >= m.index && at < m.index + m[0].length);
    for (let start = 0; start < text.length; start++) {
        if (text[start] in STYLES && !inLink(start) && opens(text, start)) {
            const end = closing(text, start, inLink);
            if (end > 0) {
                return { start, end };
            }
        }
    }
    return null;
}

function closing(text, start, inLink) {
    let end = text.indexOf(text[start], start + 2);
    while (end > 0 && (inLink(end) || !closes(text, end))) {
        end = text.indexOf(text[start], end + 1);
    }
    return end;
}

const isBoundary = (character) => character === undefined || BLANK_OR_MARK.test(character);
const isSolid = (character) => character !== undefined && !/\s/.test(character);
const opens = (text, at) => isBoundary(text[at - 1]) && isSolid(text[at + 1]);
const closes = (text, at) => isBoundary(text[at + 1]) && isSolid(text[at - 1]);

function renderLinks(text) {
    const nodes = [];
    let from = 0;
    for (const match of text.matchAll(URL_PATTERN)) {
        nodes.push(text.slice(from, match.index));
        nodes.push(el("a", { href: match[0], target: "_blank", rel: "noreferrer" }, match[0]));
        from = match.index + match[0].length;
    }
    nodes.push(text.slice(from));
    return nodes.filter((node) => node !== "");
}
