import { Component, onWillStart, useState } from "@odoo/owl";

import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";

/** Stands for a message that its sender deleted. Supervisors may see what it said. */
export class WaRevoked extends Component {
    static template = "whatsapp_helpdesk.WaRevoked";
    static props = ["message"];

    setup() {
        super.setup();
        this.action = useService("action");
        this.state = useState({ isSupervisor: false });
        onWillStart(() => {
            // what the message says instead need not wait for this
            user.hasGroup("whatsapp_helpdesk.group_supervisor").then((isSupervisor) => {
                this.state.isSupervisor = isSupervisor;
            });
        });
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
