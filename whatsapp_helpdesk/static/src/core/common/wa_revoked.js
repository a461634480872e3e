import { Component } from "@odoo/owl";

import { useService } from "@web/core/utils/hooks";

/** Stands for a message that its sender deleted. Supervisors may see what it said. */
export class WaRevoked extends Component {
    static template = "whatsapp_helpdesk.WaRevoked";
    static props = ["message"];

    setup() {
        super.setup();
        this.action = useService("action");
    }

    get hasOriginal() {
        const { thread, wa_message_id: messageId } = this.props.message;
        return Boolean(messageId && thread?.wa_conversation_id?.can("manage"));
    }

    onClickOriginal() {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "wa.message",
            res_id: this.props.message.wa_message_id,
            views: [[false, "form"]],
        });
    }
}
