import { formatMoney, formatQuantity } from "./wa_formats";
import { waKinds } from "./wa_kinds";

import { Component } from "@odoo/owl";

/** The cart that the customer sent from the catalogue. */
export class WaOrder extends Component {
    static template = "whatsapp_helpdesk.WaOrder";
    static props = ["content", "message"];

    setup() {
        super.setup();
        this.formatMoney = formatMoney;
        this.formatQuantity = formatQuantity;
    }
}

waKinds.add("order", {
    component: WaOrder,
    preview: ({ note, totals }) =>
        [...(totals || []).map(({ amount, currency }) => formatMoney(amount, currency)), note]
            .filter(Boolean)
            .join(" · "),
});
