import { Component, onWillStart } from "@odoo/owl";

import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";

/** Opens the chat about the record of a form, beside "Send message". */
export class WaChatterButton extends Component {
    static template = "whatsapp_helpdesk.WaChatterButton";
    static props = { record: Object, compactHeight: { type: Boolean, optional: true } };

    setup() {
        super.setup();
        this.action = useService("action");
        this.orm = useService("orm");
        onWillStart(async () => {
            this.isAgent = await user.hasGroup("whatsapp_helpdesk.group_agent");
        });
    }

    /** Agents may also learn that there is no chat yet; others see it only if there is one. */
    get isShown() {
        const { data, resId } = this.props.record;
        return Boolean(resId && (this.isAgent || data.wa_conversation_count));
    }

    get unanswered() {
        return this.props.record.data.wa_unanswered_count || 0;
    }

    async onClick() {
        const { record } = this.props;
        const action = await this.orm.call(record.resModel, "action_wa_open_chat", [
            [record.resId],
        ]);
        await this.action.doAction(action);
    }
}
