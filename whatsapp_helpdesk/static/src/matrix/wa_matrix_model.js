import { _t } from "@web/core/l10n/translation";
import { RPCError } from "@web/core/network/rpc";
import { KeepLast } from "@web/core/utils/concurrency";

/**
 * What the page knows. Nothing is shown before the server has said so: a cell changes when the role
 * is saved, and after a refusal everything is read again.
 */
export class WaMatrixModel {
    teams = [];
    people = [];
    hiddenCount = 0;
    search = "";
    everybody = false;
    addedIds = [];
    /** What the text below is about: `{ model, id }` of a person or a team. */
    subject = null;
    effect = null;
    changedTeamIds = [];
    savingKey = "";
    error = "";
    notice = "";

    constructor(orm) {
        this.orm = orm;
        this.keepLastMatrix = new KeepLast();
        this.keepLastEffect = new KeepLast();
    }

    async load() {
        const matrix = await this.keepLastMatrix.add(
            this.orm.call("wa.team", "get_matrix", [], {
                search: this.search,
                everybody: this.everybody,
                user_ids: this.addedIds,
            })
        );
        this.teams = matrix.teams;
        this.people = matrix.people;
        this.hiddenCount = matrix.hidden_count;
    }

    async find(search, everybody) {
        Object.assign(this, { search, everybody });
        await this.load();
    }

    async add(userIds) {
        this.addedIds = [...new Set([...this.addedIds, ...userIds])];
        await this.load();
    }

    /**
     * @param {"res.users"|"wa.team"} model
     * @param {number} id
     */
    async explain(model, id) {
        if (this.isExplained(model, id)) {
            return;
        }
        this.subject = { model, id };
        this.changedTeamIds = [];
        await this.reloadEffect();
    }

    async reloadEffect() {
        const { model, id } = this.subject;
        const method = model === "wa.team" ? "get_effect" : "get_wa_effect";
        this.effect = await this.keepLastEffect.add(this.orm.call(model, method, [[id]]));
    }

    isExplained(model, id) {
        return this.subject?.model === model && this.subject.id === id;
    }

    /** Teams into which somebody can be moved from another. */
    targets(person, team) {
        return this.teams.filter(
            ({ id }) => id !== team.id && !person.closed_team_ids.includes(id)
        );
    }

    async setRole(person, team, role) {
        await this.save(person, [team], "set_role", [team.id, person.id, role.role, role.scope]);
    }

    async move(person, team, target) {
        await this.save(person, [team, target], "move_role", [person.id, team.id, target.id]);
    }

    async save(person, teams, method, args) {
        if (this.savingKey) {
            return;
        }
        this.savingKey = `${person.id}-${teams[0].id}`;
        Object.assign(this, { error: "", notice: "" });
        try {
            const saved = await this.keepLastEffect.add(this.orm.call("wa.team", method, args));
            this.addedIds = [...new Set([...this.addedIds, person.id])];
            this.people = this.people.map((row) => (row.id === person.id ? saved.person : row));
            this.subject = { model: "res.users", id: person.id };
            this.effect = saved.effect;
            this.changedTeamIds = teams.map((team) => team.id);
            this.notice = saved.notice;
        } catch (error) {
            this.error = errorText(error);
            await this.load();
        } finally {
            this.savingKey = "";
        }
    }

    /**
     * @returns {Promise<string>} an error in words, empty if the rule is switched
     */
    async switchRule(team, name, value) {
        try {
            await this.orm.write("wa.team", [team.id], { [name]: value });
        } catch (error) {
            return errorText(error);
        }
        await this.load();
        if (this.subject) {
            await this.reloadEffect();
        }
        return "";
    }
}

/** What the server says to people; errors that nobody expects go to Odoo's own dialog. */
function errorText(error) {
    if (!(error instanceof RPCError)) {
        throw error;
    }
    return error.data?.message || _t("This was not saved. Reload the page and try again.");
}
