import { Component, useState } from "@odoo/owl";

import { CheckBox } from "@web/core/checkbox/checkbox";
import { Dialog } from "@web/core/dialog/dialog";
import { useService } from "@web/core/utils/hooks";

/** The rules of a team as sentences, each switched at once. */
export class WaTeamRulesDialog extends Component {
    static template = "whatsapp_helpdesk.WaTeamRulesDialog";
    static components = { CheckBox, Dialog };
    static props = {
        team: Object,
        /** Saves; resolves to an error in words, empty if there is none. */
        onSwitch: Function,
        onOpenTeam: Function,
        close: Function,
    };

    setup() {
        this.ui = useService("ui");
        this.state = useState({
            error: "",
            values: Object.fromEntries(this.props.team.switches.map((s) => [s.name, s.value])),
        });
    }

    async onChange(name, value) {
        const before = this.state.values[name];
        this.state.values[name] = value;
        this.state.error = await this.props.onSwitch(name, value);
        if (this.state.error) {
            this.state.values[name] = before;
        }
    }

    onOpenTeam() {
        this.props.close();
        this.props.onOpenTeam();
    }
}
