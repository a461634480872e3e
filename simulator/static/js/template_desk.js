/** One template: how customers see it, what Meta knows about it, and what Meta may do with it. */

import { api } from "./api.js";
import { el, icon } from "./dom.js";
import { faceButtons, faceContent } from "./face.js";
import { openImage } from "./lightbox.js";
import { store } from "./store.js";
import { badge, spoken } from "./template_shelf.js";
import { clockTime, duration } from "./time.js";
import { complain } from "./toast.js";
import { directionOf, wordsFor } from "./words.js";

const REASONS = [
    "INVALID_FORMAT",
    "TAG_CONTENT_MISMATCH",
    "INCORRECT_CATEGORY",
    "PROMOTIONAL",
    "ABUSIVE_CONTENT",
    "SCAM",
];
const CATEGORIES = ["UTILITY", "MARKETING", "AUTHENTICATION"];
const SCORES = ["GREEN", "YELLOW", "RED", "UNKNOWN"];
const STEPS = {
    approve: "Approve",
    appeal: "Appeal",
    pause: "Pause",
    unpause: "Unpause",
    disable: "Disable",
    delete: "Delete",
};
const COMING = {
    PENDING: "is decided",
    IN_APPEAL: "is decided",
    PAUSED: "is unpaused",
    PENDING_DELETION: "is gone",
};

export class Desk {
    constructor(node) {
        Object.assign(this, { node, template: null });
        this.due = el("p", { class: "due" });
    }

    /**
     * Show a template, or nothing.
     * @param {Object|null} template  as `GET /sim/templates` gives it
     * @param {() => void} onBack  leads back to the list on a narrow screen
     */
    show(template, onBack) {
        if (JSON.stringify(template) === JSON.stringify(this.template)) {
            return;
        }
        this.template = template;
        if (!template) {
            this.node.replaceChildren(el("p", { class: "empty" }, "Choose a template."));
            return;
        }
        const back = { type: "button", class: "back", "aria-label": "Back to the list" };
        back.on = { click: onBack };
        this.node.replaceChildren(
            el(
                "header",
                { class: "desk-head", data: { template: template.id } },
                el("button", back, icon("back")),
                el("h2", {}, template.name),
                badge(template),
                el("span", { class: "about" }, `${template.language} · ${template.id}`)
            ),
            el("div", { class: "desk-row" }, preview(template), this._side())
        );
        this.tick();
    }

    _side() {
        return el(
            "div",
            { class: "side" },
            facts(this.template),
            this.due,
            this._steps(),
            this._rejection(),
            this._choices()
        );
    }

    /** Once a second: how long until something happens by itself. */
    tick() {
        const due = this.template?.due_at;
        this.due.hidden = !due;
        if (!due) {
            return;
        }
        const seconds = Math.max(0, (new Date(due) - store.now()) / 1000);
        const left = seconds < 60 ? `${Math.ceil(seconds)} s` : duration(seconds);
        const what = COMING[this.template.status] ?? `becomes ${this.template.correct_category}`;
        this.due.textContent = `This template ${what} in ${left}.`;
    }

    _act(action, body = {}) {
        api.actOnTemplate(this.template.id, action, body).catch(complain);
    }

    _steps() {
        const buttons = Object.entries(STEPS)
            .filter(([step]) => this.template.steps.includes(step))
            .map(([step, label]) =>
                el(
                    "button",
                    {
                        type: "button",
                        class: step === "approve" ? "primary" : "step",
                        data: { role: "step", step },
                        on: { click: () => this._act(step) },
                    },
                    label
                )
            );
        return el("div", { class: "steps" }, ...buttons);
    }

    _rejection() {
        if (!this.template.steps.includes("reject")) {
            return null;
        }
        const advice = { name: "recommendation", placeholder: "Recommendation" };
        const form = el(
            "form",
            { class: "line" },
            select("reason", REASONS, "Reason"),
            el("input", { ...advice, "aria-label": advice.placeholder }),
            el("button", { class: "step", data: { role: "step", step: "reject" } }, "Reject")
        );
        return group("Rejection", this._sending(form, "reject"));
    }

    _choices() {
        const { category, quality } = this.template;
        const others = CATEGORIES.filter((one) => one !== category);
        const how = [
            ["notice", "in 24 hours"],
            ["now", "now"],
            ["detected", "detected only"],
        ];
        const move = el(
            "form",
            { class: "line" },
            select("category", others, "Category"),
            select("how", how, "When"),
            el("button", { class: "step", data: { role: "step", step: "category" } }, "Change")
        );
        const scores = SCORES.filter((one) => one !== quality);
        const rate = el(
            "form",
            { class: "line" },
            select("score", scores, "Quality"),
            el("button", { class: "step", data: { role: "step", step: "quality" } }, "Rate")
        );
        return el(
            "div",
            {},
            group("Category", this._sending(move, "category")),
            group("Quality", this._sending(rate, "quality"))
        );
    }

    _sending(form, action) {
        form.addEventListener("submit", (event) => {
            event.preventDefault();
            this._act(action, Object.fromEntries(new FormData(form)));
        });
        return form;
    }
}

function group(title, ...children) {
    return el("fieldset", { class: "group" }, el("legend", {}, title), ...children);
}

function select(name, values, label) {
    const options = values.map((one) => {
        const [value, text] = Array.isArray(one) ? one : [one, spoken(one)];
        return el("option", { value }, text);
    });
    return el("select", { name, "aria-label": label }, ...options);
}

function facts(template) {
    const lines = [
        ["Category", spoken(template.category)],
        ["Was before", spoken(template.previous_category)],
        ["Will be", spoken(template.correct_category)],
        ["Quality", template.quality === "UNKNOWN" ? "" : spoken(template.quality)],
        ["Rejected for", template.rejected_reason === "NONE" ? "" : template.rejected_reason],
        ["Variables", template.parameter_format === "NAMED" ? "by name" : "by position"],
        ["Pauses", template.pauses ? String(template.pauses) : ""],
        ["Edits while active", template.edits ? String(template.edits) : ""],
    ];
    const shown = lines.filter(([, value]) => value);
    const nodes = shown.flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]);
    return el("dl", { class: "facts" }, ...nodes);
}

/** The bubble with the samples in it. */
function preview(template) {
    const { language, face } = template;
    const context = { words: wordsFor(language), language: language.replace("_", "-") };
    context.onOpenImage = openImage;
    context.onButton = () => complain(new Error("Buttons work on the phones, not in the preview."));
    const time = el("time", {}, clockTime(store.now(), language));
    const bubble = el(
        "li",
        { class: "bubble theirs", data: { type: "template" } },
        ...faceContent(face, context),
        el("span", { class: "stamp" }, time),
        faceButtons({ face }, context)
    );
    const frame = { class: "messages", dir: directionOf(language), lang: context.language };
    return el("ol", { ...frame, data: { role: "preview" } }, bubble);
}
