import { WaWindowLeft } from "./wa_window_left";

import { Component, useEffect } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";

const STATE_LABELS = {
    open: _t("Unassigned"),
    in_progress: _t("In progress"),
    waiting: _t("Waiting for the customer"),
    snoozed: _t("Snoozed"),
    closed: _t("Closed"),
};

/** Number, team, agent and state of a conversation, beside its name. */
export class WaHeaderLine extends Component {
    static template = "whatsapp_helpdesk.WaHeaderLine";
    static components = { WaWindowLeft };
    static props = ["conversation"];

    setup() {
        super.setup();
        // whoever shows a conversation shows this line
        useEffect(
            (conversation) => conversation.loadRights(),
            () => [this.props.conversation, this.props.conversation.rightsKey]
        );
    }

    get stateLabel() {
        return STATE_LABELS[this.props.conversation.state];
    }

    get agentName() {
        const { isMine, user_id: agent } = this.props.conversation;
        return isMine ? _t("You") : agent?.name;
    }
}
