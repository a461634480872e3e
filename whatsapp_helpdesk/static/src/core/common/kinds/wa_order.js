import { formatMoney, formatQuantity } from "./wa_formats";
import { waKinds } from "./wa_kinds";

import { Component, useState } from "@odoo/owl";

import { useService } from "@web/core/utils/hooks";

/** The cart that the customer sent from the catalogue. */
export class WaOrder extends Component {
    static template = "whatsapp_helpdesk.WaOrder";
    static props = ["content", "message"];

    setup() {
        super.setup();
        this.action = useService("action");
        this.orm = useService("orm");
        this.state = useState({ busy: false });
        this.formatMoney = formatMoney;
        this.formatQuantity = formatQuantity;
    }

    get canMakeQuotation() {
        const { message } = this.props;
        return Boolean(message.wa_message_id && message.thread?.wa_conversation_id?.can("note"));
    }

    /** A second click opens what the first one made. */
    async onClickQuotation() {
        this.state.busy = true;
        try {
            const args = [[this.props.message.wa_message_id]];
            const action = await this.orm.call("wa.message", "action_make_quotation", args);
            await this.action.doAction(action);
        } finally {
            this.state.busy = false;
        }
    }
}

waKinds.add("order", {
    component: WaOrder,
    preview: ({ note, totals }) =>
        [...(totals || []).map(({ amount, currency }) => formatMoney(amount, currency)), note]
            .filter(Boolean)
            .join(" · "),
});
