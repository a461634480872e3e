import { waKinds } from "./wa_kinds";

import { Component } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";

/** Meta's words for what it does not hand over. */
const CONTENT_NAMES = {
    button: _t("a button"),
    edit: _t("an edited message"),
    gif: _t("a moving picture"),
    group_invite: _t("an invitation to a group"),
    image: _t("a photo"),
    interactive: _t("an interactive message"),
    keep_in_chat: _t("a kept message"),
    link_preview: _t("a preview of a link"),
    list: _t("a list"),
    location: _t("a location"),
    media_placeholder: _t("a file"),
    order: _t("an order"),
    pin: _t("a pinned message"),
    poll: _t("a poll"),
    poll_creation: _t("a poll"),
    poll_update: _t("a vote in a poll"),
    product: _t("a product"),
    reaction: _t("a reaction"),
};

/** Stands for a message that WhatsApp does not hand over, or that this version does not read. */
export class WaUnreadable extends Component {
    static template = "whatsapp_helpdesk.WaUnreadable";
    static props = ["content", "message"];

    get text() {
        return unreadableText(this.props.content);
    }

    /** What WhatsApp, or the reader, said of it. */
    get reason() {
        const { code, details, reason } = this.props.content;
        return [reason || details, code && `(${code})`].filter(Boolean).join(" ");
    }
}

/** @returns {string} */
function unreadableText({ kind, what }) {
    if (kind === "unknown") {
        return _t("This message could not be read.");
    }
    if (!what || what === "unknown") {
        return _t("WhatsApp does not hand over this message.");
    }
    return _t("WhatsApp does not hand over this message: %(what)s.", {
        what: CONTENT_NAMES[what] ?? what,
    });
}

waKinds.add("unsupported", { component: WaUnreadable, preview: unreadableText });
waKinds.add("unknown", { component: WaUnreadable, preview: unreadableText });
