import { WaMatrixCell } from "./wa_matrix_cell";
import { WaMatrixEffect } from "./wa_matrix_effect";
import { WaMatrixModel } from "./wa_matrix_model";
import { WaTeamRulesDialog } from "./wa_team_rules_dialog";

import { Component, onWillStart, useEffect, useRef, useState } from "@odoo/owl";

import { CheckBox } from "@web/core/checkbox/checkbox";
import { localization } from "@web/core/l10n/localization";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";
import { imageUrl } from "@web/core/utils/urls";
import { Layout } from "@web/search/layout";
import { SelectCreateDialog } from "@web/views/view_dialogs/select_create_dialog";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

/** Which row and column an arrow key leads to, in a page that is read from left to right. */
const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/** “Teams & Access”: people by teams, and what their roles come down to in words. */
export class WaMatrix extends Component {
    static template = "whatsapp_helpdesk.WaMatrix";
    static components = { CheckBox, Layout, WaMatrixCell, WaMatrixEffect };
    static props = { ...standardActionServiceProps };

    setup() {
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.ui = useState(useService("ui"));
        this.grid = useRef("grid");
        this.model = useState(new WaMatrixModel(useService("orm")));
        this.phone = useState({ teamId: 0 });
        this.searchSoon = useDebounced((text) => this.model.find(text, this.model.everybody), 250);
        this.env.config.setDisplayName(_t("Teams & Access"));
        onWillStart(() => this.model.load());
        useEffect(
            () => this.keepInView(),
            () => [this.model.effect]
        );
    }

    /** Runs of teams of one company, for the row above the teams. */
    get companies() {
        const runs = [];
        for (const { company } of this.model.teams) {
            if (runs.at(-1)?.name !== company) {
                runs.push({ name: company, count: 0 });
            }
            runs.at(-1).count++;
        }
        return runs;
    }

    /** The columns: on a phone one team at a time. */
    get shownTeams() {
        return this.ui.isSmall ? [this.phoneTeam] : this.model.teams;
    }

    get phoneTeam() {
        return this.model.teams.find(({ id }) => id === this.phone.teamId) || this.model.teams[0];
    }

    avatarOf(person) {
        return imageUrl("res.users", person.id, "avatar_128");
    }

    /** On a phone the words unfold between the people, which moves those below. */
    keepInView() {
        if (this.ui.isSmall) {
            this.grid.el?.querySelector(".o-wa-selected")?.scrollIntoView({ block: "nearest" });
        }
    }

    onChooseTeam(ev) {
        this.phone.teamId = Number(ev.target.value);
    }

    onSearch(ev) {
        this.searchSoon(ev.target.value);
    }

    onAddPeople() {
        this.dialog.add(SelectCreateDialog, {
            title: _t("Add people"),
            resModel: "res.users",
            domain: [
                ["share", "=", false],
                ["id", "not in", this.model.people.map((person) => person.id)],
            ],
            noCreate: true,
            onSelected: (ids) => this.model.add(ids),
        });
    }

    onOpenRules(team) {
        this.model.explain("wa.team", team.id);
        this.dialog.add(WaTeamRulesDialog, {
            team,
            onSwitch: (name, value) => this.model.switchRule(team, name, value),
            onOpenTeam: () => this.openTeam(team.id),
        });
    }

    openTeam(teamId) {
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "wa.team",
            res_id: teamId || false,
            views: [[false, "form"]],
        });
    }

    /** Arrow keys go from cell to cell. */
    onKeydown(ev) {
        const step = STEPS[ev.key];
        const cell = ev.target.closest(".o-wa-MatrixCell");
        if (!step || !cell) {
            return;
        }
        ev.preventDefault();
        const { person, team } = cell.dataset;
        const sideways = localization.direction === "rtl" ? -step[1] : step[1];
        const neighbour = this.at(this.model.people, person, step[0]);
        const column = this.at(this.shownTeams, team, sideways);
        this.grid.el
            .querySelector(
                `.o-wa-MatrixCell[data-person="${neighbour.id}"][data-team="${column.id}"]`
            )
            ?.focus();
    }

    at(records, id, step) {
        const index = records.findIndex((record) => record.id === Number(id)) + step;
        return records[Math.min(Math.max(index, 0), records.length - 1)];
    }
}

registry.category("actions").add("whatsapp_helpdesk.team_matrix", WaMatrix);
