import { roleOf } from "./wa_roles";

import { Component } from "@odoo/owl";

/** What somebody, or everybody in a team, may do: the server's sentences. */
export class WaMatrixEffect extends Component {
    static template = "whatsapp_helpdesk.WaMatrixEffect";
    static props = { effect: Object, changedTeamIds: { type: Array, optional: true } };
    static defaultProps = { changedTeamIds: [] };

    iconOf(section) {
        return section.kind === "manager" ? "fa-shield" : roleOf(section.kind).icon;
    }
}
