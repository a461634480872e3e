import { defineWhatsAppModels } from "../whatsapp_test_helpers";

import { patchUiSize, SIZES } from "@mail/../tests/mail_test_helpers";

import { describe, expect, test } from "@odoo/hoot";
import { animationFrame, click, press, queryAllTexts, queryOne } from "@odoo/hoot-dom";
import { runAllTimers } from "@odoo/hoot-mock";

import {
    contains,
    defineParams,
    getService,
    makeServerError,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";
import { WebClient } from "@web/webclient/webclient";

defineWhatsAppModels();

const SALES = 1;
const SUPPORT = 2;
const BRANCH = 3;

const RULES = [
    {
        name: "exclusive_reply",
        string: "Only the Assignee Answers",
        help: "Colleagues read.",
        selection: [],
        value: false,
    },
    {
        name: "document_access",
        string: "Orders and Tickets Open",
        help: "What those who are responsible read.",
        selection: [
            ["none", "Nothing"],
            ["conversation", "The Whole Conversation"],
        ],
        value: "conversation",
    },
];

function team(id, name, values = {}) {
    return { id, name, color: id, company: "Shop", numbers: [], switches: RULES, ...values };
}

function person(id, name, roles = {}, values = {}) {
    return { id, name, roles, is_manager: false, closed_team_ids: [], ...values };
}

const effectOf = (title, sentence = "Sees nothing.") => ({
    title,
    sections: [{ title, kind: "viewer", people: [], sentences: [sentence], team_id: false }],
    notes: [],
});

/**
 * Opens the page over a server that keeps roles as the real one does.
 *
 * @param {Object} [matrix]
 */
async function openMatrix(matrix = {}) {
    const data = {
        teams: [team(SALES, "Sales"), team(SUPPORT, "Support")],
        people: [
            person(11, "Amal", { [SALES]: "agent_team" }),
            person(12, "Basim", { [SUPPORT]: "viewer" }),
            person(13, "Zaki", {}, { is_manager: true }),
        ],
        hidden_count: 0,
        ...matrix,
    };
    const rowOf = (id) => data.people.find((row) => row.id === id);
    const saved = (row) => ({
        person: row,
        effect: effectOf(row.name, `Has ${Object.keys(row.roles).length} roles.`),
        notice: "",
    });
    onRpc("wa.team", "get_matrix", ({ kwargs }) => {
        expect.step(`matrix ${kwargs.search}|${kwargs.everybody}|${kwargs.user_ids}`);
        return structuredClone(data);
    });
    onRpc("wa.team", "get_effect", () => effectOf("A team"));
    onRpc("res.users", "get_wa_effect", ({ args }) => effectOf(rowOf(args[0][0]).name));
    onRpc("wa.team", "set_role", ({ args: [teamId, userId, role, scope] }) => {
        expect.step(`set ${userId} in ${teamId}: ${role} ${scope}`);
        const row = rowOf(userId);
        delete row.roles[teamId];
        if (role) {
            row.roles[teamId] = role === "agent" ? `agent_${scope}` : role;
        }
        return saved(structuredClone(row));
    });
    onRpc("wa.team", "move_role", ({ args: [userId, from, to] }) => {
        expect.step(`move ${userId} from ${from} to ${to}`);
        const row = rowOf(userId);
        row.roles = { [to]: row.roles[from] };
        return saved(structuredClone(row));
    });
    await mountWithCleanup(WebClient);
    await getService("action").doAction("whatsapp_helpdesk.team_matrix");
    expect.verifySteps(["matrix |false|"]);
    return data;
}

const cell = (personId, teamId) =>
    `.o-wa-MatrixCell[data-person='${personId}'][data-team='${teamId}']`;

async function choose(personId, teamId, item) {
    await contains(cell(personId, teamId)).click();
    await contains(`.o-wa-MatrixMenu ${item}, .o_bottom_sheet ${item}`).click();
    await animationFrame();
}

describe("on a desktop", () => {
    describe.current.tags("desktop");

    test("a cell says the role by word and icon, and managers have none", async () => {
        await openMatrix();
        expect(cell(11, SALES)).toHaveText("Agent, all");
        expect(`${cell(11, SALES)} .fa-users`).toHaveCount(1);
        expect(cell(11, SALES)).toHaveAttribute("aria-label", "Amal in Sales: Agent, all");
        expect(cell(11, SUPPORT)).toHaveText("No role");
        expect(cell(12, SUPPORT)).toHaveText("Viewer");
        expect(`${cell(12, SUPPORT)} .fa-eye`).toHaveCount(1);
        expect(cell(13, SALES)).toHaveCount(0);
        expect(".o-wa-role-manager").toHaveText("Manager: sees everything");
    });

    test("a role is saved at once, and its effect is told", async () => {
        await openMatrix();
        await choose(11, SUPPORT, "[data-role='agent_own']");
        expect.verifySteps(["set 11 in 2: agent own"]);
        expect(cell(11, SUPPORT)).toHaveText("Agent, own");
        expect(".o-wa-MatrixEffect h3").toHaveText("Amal");
        expect(".o-wa-MatrixEffect li:contains('Has 2 roles.')").toHaveCount(1);
        await choose(11, SALES, "[data-role='none']");
        expect.verifySteps(["set 11 in 1: false team"]);
        expect(cell(11, SALES)).toHaveText("No role");
    });

    test("a move to another team is two clicks", async () => {
        await openMatrix();
        await choose(11, SALES, `[data-move-to='${SUPPORT}']`);
        expect.verifySteps(["move 11 from 1 to 2"]);
        expect(cell(11, SALES)).toHaveText("No role");
        expect(cell(11, SUPPORT)).toHaveText("Agent, all");
    });

    test("a refusal is shown, and the cell says what is true", async () => {
        const data = await openMatrix();
        onRpc("wa.team", "set_role", () => {
            data.people[0].roles = { [SALES]: "viewer" };
            throw makeServerError({ message: "Amal cannot open Shop. Ask an administrator." });
        });
        await choose(11, SALES, "[data-role='supervisor']");
        expect.verifySteps(["matrix |false|"]);
        expect(".alert-danger").toHaveText("Amal cannot open Shop. Ask an administrator.");
        expect(cell(11, SALES)).toHaveText("Viewer");
        await contains(".alert-danger .btn-close").click();
        expect(".alert-danger").toHaveCount(0);
    });

    test("what happened to the conversations is told", async () => {
        await openMatrix();
        onRpc("wa.team", "set_role", () => ({
            person: person(11, "Amal"),
            effect: effectOf("Amal"),
            notice: "2 conversations are unassigned now.",
        }));
        await choose(11, SALES, "[data-role='none']");
        expect(".alert-info").toHaveText("2 conversations are unassigned now.");
    });

    test("teams of companies that a person cannot open are locked", async () => {
        await openMatrix({
            teams: [team(SALES, "Sales"), team(BRANCH, "Branch team", { company: "Branch" })],
            people: [person(11, "Amal", { [SALES]: "viewer" }, { closed_team_ids: [BRANCH] })],
        });
        expect(queryAllTexts("th[scope='colgroup']")).toEqual(["Shop", "Branch"]);
        expect(`${cell(11, BRANCH)} .fa-lock`).toHaveCount(1);
        expect(cell(11, BRANCH)).toHaveAttribute("title", /cannot open Branch/);
        await contains(cell(11, SALES)).click();
        expect("[data-move-to]").toHaveCount(0);
    });

    test("arrow keys go from cell to cell, Enter opens the menu", async () => {
        await openMatrix();
        queryOne(cell(11, SALES)).focus();
        await press("ArrowRight");
        expect(cell(11, SUPPORT)).toBeFocused();
        await press("ArrowDown");
        expect(cell(12, SUPPORT)).toBeFocused();
        await press("ArrowLeft");
        expect(cell(12, SALES)).toBeFocused();
        await press("ArrowLeft");
        expect(cell(12, SALES)).toBeFocused();
        await press("ArrowUp");
        expect(cell(11, SALES)).toBeFocused();
        await press("Enter");
        await animationFrame();
        expect(".o-wa-MatrixMenu").toHaveCount(1);
    });

    test("arrow keys follow the eye from right to left", async () => {
        defineParams({ lang_parameters: { direction: "rtl" } });
        await openMatrix();
        queryOne(cell(11, SALES)).focus();
        await press("ArrowLeft");
        expect(cell(11, SUPPORT)).toBeFocused();
        await press("ArrowRight");
        expect(cell(11, SALES)).toBeFocused();
    });

    test("people are searched, also those without access", async () => {
        await openMatrix({ hidden_count: 7 });
        expect(".o-wa-MatrixPage p:contains('7 more people')").toHaveCount(1);
        await contains(".o-wa-Matrix-search").edit("am", { confirm: false });
        await runAllTimers();
        expect.verifySteps(["matrix am|false|"]);
        await click(".o_control_panel input[type='checkbox']");
        await animationFrame();
        expect.verifySteps(["matrix am|true|"]);
    });

    test("a team's name opens its rules", async () => {
        await openMatrix();
        onRpc("wa.team", "write", ({ args }) => {
            expect.step(JSON.stringify(args));
            return true;
        });
        await contains(`.o-wa-Matrix-teamButton[data-team='${SALES}']`).click();
        expect(".o-wa-MatrixEffect h3").toHaveText("A team");
        expect(".modal-title").toHaveText("Sales");
        await contains("[data-switch='exclusive_reply'] input").click();
        await animationFrame();
        expect.verifySteps(['[[1],{"exclusive_reply":true}]', "matrix |false|"]);
        expect("[data-switch='document_access'] select").toHaveValue("conversation");
        await contains("[data-switch='document_access'] select").select("none");
        expect.verifySteps(['[[1],{"document_access":"none"}]', "matrix |false|"]);
        onRpc("wa.team", "write", () => {
            throw makeServerError({ message: "Not now." });
        });
        await contains("[data-switch='exclusive_reply'] input").click();
        await animationFrame();
        expect(".modal .alert-danger").toHaveText("Not now.");
        expect("[data-switch='exclusive_reply'] input").toBeChecked();
    });

    test("without a team the page says what to do", async () => {
        await openMatrix({ teams: [], people: [] });
        expect(".o_view_nocontent_smiling_face").toHaveText("Create your first team");
    });
});

describe("on a phone", () => {
    describe.current.tags("mobile");

    test("one team at a time, and the effect below the person", async () => {
        await patchUiSize({ size: SIZES.SM });
        await openMatrix();
        expect(cell(11, SALES)).toHaveText("Agent, all");
        expect(cell(11, SUPPORT)).toHaveCount(0);
        await contains(".o-wa-Matrix-team").select(String(SUPPORT));
        expect(cell(11, SUPPORT)).toHaveText("No role");
        await choose(11, SUPPORT, "[data-role='viewer']");
        expect.verifySteps(["set 11 in 2: viewer team"]);
        expect(cell(11, SUPPORT)).toHaveText("Viewer");
        expect(".o-wa-MatrixEffect li:contains('Has 2 roles.')").toHaveCount(1);
    });
});
