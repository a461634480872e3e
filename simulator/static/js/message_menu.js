/** What the phone's owner can do with one message: react, reply, forward, edit, delete. */

import { api } from "./api.js";
import { el } from "./dom.js";
import { menuLine, openSheet } from "./sheet.js";
import { complain } from "./toast.js";

const EMOJI = ["👍", "❤️", "😂", "😮", "😢", "🙏"];
const EDITABLE = new Set(["text", "image", "video", "document"]);

/**
 * Open the menu of `message`.
 * @param {Element} near  the bubble
 * @param {Object} message
 * @param {Object} context  `phone`, `number`, `words`, `onReply(message)`, `onEdit(message)`
 */
export function openMessageMenu(near, message, context) {
    const { phone, number, words } = context;
    const wamid = message.wamid;
    const forward = (often) =>
        api.act(phone, "forward", { wamid, phone_number_uid: number, often });
    const action = (name, label, run) => menuLine(label, { role: name }, run);
    const lines = [
        action("menu-reply", words.reply, () => context.onReply(message)),
        action("forward", words.forward, () => forward(false)),
        action("forward-often", `${words.forward} ⏩`, () => forward(true)),
    ];
    if (message.direction === "inbound") {
        if (EDITABLE.has(message.type)) {
            lines.push(action("edit", words.edit, () => context.onEdit(message)));
        }
        lines.push(action("delete", words.delete, () => api.act(phone, "delete", { wamid })));
    }
    openSheet(near, emojiRow(message, phone, words), ...lines);
}

function emojiRow(message, phone, words) {
    const mine = message.reactions?.inbound;
    const buttons = EMOJI.map((emoji) => {
        const onClick = (event) => {
            event.currentTarget.closest(".sheet-room").remove();
            const chosen = emoji === mine ? "" : emoji;
            api.act(phone, "react", { wamid: message.wamid, emoji: chosen }).catch(complain);
        };
        const data = { role: "react", reaction: emoji };
        const properties = { type: "button", data, "aria-pressed": String(emoji === mine) };
        return el("button", { ...properties, on: { click: onClick } }, emoji);
    });
    return el("div", { class: "emoji-row", role: "group", "aria-label": words.react }, ...buttons);
}
