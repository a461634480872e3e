import { Component } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";

const ICONS = {
    queued: "fa fa-clock-o",
    sending: "fa fa-clock-o",
    unconfirmed: "fa fa-question-circle",
    sent: "fa fa-check",
    delivered: "fa fa-check",
    read: "fa fa-check",
    played: "fa fa-check",
    failed: "fa fa-exclamation-circle",
    cancelled: "fa fa-ban",
};

const LABELS = {
    queued: _t("Waiting to be sent"),
    sending: _t("Being sent"),
    unconfirmed: _t("Not confirmed by WhatsApp yet"),
    sent: _t("Sent"),
    delivered: _t("Delivered"),
    read: _t("Read"),
    played: _t("Played"),
    failed: _t("Not sent"),
    cancelled: _t("Cancelled, not sent"),
};

const DOUBLE = new Set(["delivered", "read", "played"]);

/** How far a message to the customer has come. */
export class WaTicks extends Component {
    static template = "whatsapp_helpdesk.WaTicks";
    static props = ["message?", "state?"];

    get state() {
        return this.props.state ?? this.props.message.wa_state;
    }

    get icon() {
        return ICONS[this.state];
    }

    get label() {
        return LABELS[this.state];
    }

    get isDouble() {
        return DOUBLE.has(this.state);
    }
}
