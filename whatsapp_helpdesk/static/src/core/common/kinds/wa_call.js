import { formatDuration } from "./wa_formats";
import { waKinds } from "./wa_kinds";

import { Component } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";

const FROM_CUSTOMER = {
    ringing: _t("The customer is calling…"),
    missed: _t("Missed call"),
    finished: _t("Call from the customer"),
    failed: _t("Call from the customer failed"),
    rejected: _t("Call from the customer was rejected"),
};
const TO_CUSTOMER = {
    ringing: _t("Calling the customer…"),
    missed: _t("The customer did not answer the call"),
    finished: _t("Call to the customer"),
    failed: _t("Call to the customer failed"),
    rejected: _t("The customer rejected the call"),
};

/** A call, from its first ring to its end. */
export class WaCall extends Component {
    static template = "whatsapp_helpdesk.WaCall";
    static props = ["content", "message"];

    get duration() {
        const { seconds, status } = this.props.content;
        return status === "finished" && seconds ? formatDuration(seconds) : "";
    }

    get isLost() {
        return ["failed", "missed", "rejected"].includes(this.props.content.status);
    }

    get text() {
        return callText(this.props.content);
    }
}

/** @returns {string} */
function callText({ from_customer: fromCustomer, status }) {
    const texts = fromCustomer ? FROM_CUSTOMER : TO_CUSTOMER;
    return (texts[status] ?? _t("Call")).toString();
}

waKinds.add("call", { component: WaCall, isLine: true, preview: callText });
