import { waKinds } from "./wa_kinds";

import { Component } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";

const CHANGES = {
    number: _t("The customer changed the phone number"),
    user_id: _t("The customer's WhatsApp identity changed"),
    identity: _t("The customer's security code changed, perhaps because of a new phone"),
};

/** News of the customer's account. */
export class WaSystem extends Component {
    static template = "whatsapp_helpdesk.WaSystem";
    static props = ["content", "message"];

    get number() {
        const { new_wa_id: digits } = this.props.content;
        return digits && `+${digits}`;
    }

    get text() {
        return systemText(this.props.content);
    }
}

/** @returns {string} the news in the user's words, or else in WhatsApp's */
function systemText({ change, text }) {
    return (CHANGES[change] ?? (text || _t("WhatsApp has news of this customer"))).toString();
}

waKinds.add("system", { component: WaSystem, isLine: true, preview: systemText });
