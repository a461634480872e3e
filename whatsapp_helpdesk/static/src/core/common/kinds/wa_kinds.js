import { registry } from "@web/core/registry";

/**
 * How messages look that are more than text and files, by `wa_content.kind`.
 *
 * @typedef {Object} WaKind
 * @property {typeof import("@odoo/owl").Component} component takes the props `content` and `message`
 * @property {boolean} [isLine] stands by itself between the bubbles, not in one
 * @property {boolean} [isWhole] draws the files and the ticks of the message too
 * @property {(content: Object) => string} [preview] the content in a few words, "" if it has none;
 * without it the text of the message says all
 */
export const waKinds = registry.category("whatsapp_helpdesk.kinds");

/**
 * @param {Object|false|undefined} content of a message
 * @returns {WaKind|undefined} how to show it, undefined if text and files say all
 */
export function waKindOf(content) {
    return content ? waKinds.get(content.kind, undefined) : undefined;
}
