import { ROLES, roleOf } from "./wa_roles";

import { Component } from "@odoo/owl";

import { Dropdown } from "@web/core/dropdown/dropdown";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { _t } from "@web/core/l10n/translation";

/** What one person is in one team, with a menu to change it. */
export class WaMatrixCell extends Component {
    static template = "whatsapp_helpdesk.WaMatrixCell";
    static components = { Dropdown, DropdownItem };
    static props = {
        person: Object,
        team: Object,
        targets: Array,
        isSaving: Boolean,
        onChoose: Function,
        onMove: Function,
        onOpened: Function,
    };

    roles = ROLES;

    get role() {
        return roleOf(this.props.person.roles[this.props.team.id]);
    }

    get isClosed() {
        return this.props.person.closed_team_ids.includes(this.props.team.id);
    }

    get closedHint() {
        return _t("%(person)s cannot open %(company)s; the user settings say which companies.", {
            person: this.props.person.name,
            company: this.props.team.company,
        });
    }

    get label() {
        return _t("%(person)s in %(team)s: %(role)s", {
            person: this.props.person.name,
            team: this.props.team.name,
            role: this.role.name,
        });
    }

    moveLabel(team) {
        return _t("Move to %(team)s", { team: team.name });
    }
}
