import { _t } from "@web/core/l10n/translation";

/**
 * What somebody can be in a team, from nothing to most. Icon and word tell them apart, not only the
 * colour.
 */
export const ROLES = [
    { key: "", role: false, scope: "team", icon: "fa-minus", name: _t("No role"), hint: "" },
    {
        key: "viewer",
        role: "viewer",
        scope: "team",
        icon: "fa-eye",
        name: _t("Viewer"),
        hint: _t("Reads"),
    },
    {
        key: "agent_own",
        role: "agent",
        scope: "own",
        icon: "fa-user",
        name: _t("Agent, own"),
        hint: _t("Answers own and unassigned ones, does not see the others"),
    },
    {
        key: "agent_team",
        role: "agent",
        scope: "team",
        icon: "fa-users",
        name: _t("Agent, all"),
        hint: _t("Sees and answers all of the team"),
    },
    {
        key: "supervisor",
        role: "supervisor",
        scope: "team",
        icon: "fa-star",
        name: _t("Supervisor"),
        hint: _t("Also hands over, closes for others, blocks"),
    },
];

/**
 * @param {string} [key] of `ROLES`
 */
export function roleOf(key) {
    return ROLES.find((role) => role.key === (key || ""));
}
