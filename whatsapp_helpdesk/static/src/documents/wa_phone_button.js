import { Component, onWillStart } from "@odoo/owl";

import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";

/** Opens the chat with a phone number, beside the number. */
export class WaPhoneButton extends Component {
    static template = "whatsapp_helpdesk.WaPhoneButton";
    static props = { name: String, record: Object };

    setup() {
        super.setup();
        this.action = useService("action");
        this.orm = useService("orm");
        onWillStart(async () => {
            this.isAgent = await user.hasGroup("whatsapp_helpdesk.group_agent");
        });
    }

    /** A number gets a chat through its customer, whom the record is or names. */
    get isShown() {
        const { data, fields, resId, resModel } = this.props.record;
        const hasCustomer =
            resModel === "res.partner" || fields.partner_id?.relation === "res.partner";
        return Boolean(this.isAgent && resId && hasCustomer && data[this.props.name]);
    }

    async onClick() {
        const { record, name } = this.props;
        const { data, resId, resModel } = record;
        const action = await this.orm.call("wa.conversation", "open_chat_of_number", [
            resModel,
            resId,
            data[name],
        ]);
        await this.action.doAction(action);
    }
}
