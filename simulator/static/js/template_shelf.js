/** The list of templates, with a search and a filter by status. */

import { el } from "./dom.js";

const WORDS = {
    APPROVED: "Active",
    PENDING: "In review",
    REJECTED: "Rejected",
    PAUSED: "Paused",
    DISABLED: "Disabled",
    IN_APPEAL: "In appeal",
    PENDING_DELETION: "Being deleted",
    LIMIT_EXCEEDED: "Limit exceeded",
    ARCHIVED: "Archived",
};

/** A coloured word for the status of a template. */
export function badge(template) {
    const { status } = template;
    return el("span", { class: "badge", data: { status } }, WORDS[status] ?? status);
}

/** "UTILITY" as people write it. */
export const spoken = (word) => word.charAt(0) + word.slice(1).toLowerCase().replaceAll("_", " ");

export class Shelf {
    /**
     * @param {Element} node
     * @param {(template: Object|null) => void} onChosen  also called when the chosen one changed
     */
    constructor(node, onChosen) {
        Object.assign(this, { node, onChosen, templates: [], chosen: location.hash.slice(1) });
        this.search = el("input", {
            type: "search",
            placeholder: "Search name or text",
            "aria-label": "Search name or text",
            data: { role: "search" },
            on: { input: () => this.draw() },
        });
        this.status = el("select", {
            "aria-label": "Status",
            data: { role: "status-filter" },
            on: { change: () => this.draw() },
        });
        this.list = el("ul", { class: "template-list" });
        node.append(el("div", { class: "search" }, this.search, this.status), this.list);
    }

    /** Show these templates and keep the chosen one. */
    take(templates) {
        this.templates = templates;
        this._drawStatuses();
        this.draw();
        const found = templates.find((one) => one.id === this.chosen);
        const wide = matchMedia("(min-width: 900px)").matches;
        this._choose(found ?? (wide ? templates[0] : undefined) ?? null);
    }

    _drawStatuses() {
        const present = [...new Set(this.templates.map((one) => one.status))].sort();
        const chosen = this.status.value;
        const option = (value, label) => el("option", { value, selected: value === chosen }, label);
        this.status.replaceChildren(
            option("", "All statuses"),
            ...present.map((status) => option(status, WORDS[status] ?? status))
        );
    }

    draw() {
        const wanted = this.search.value.trim().toLowerCase();
        const shown = this.templates.filter(
            (one) =>
                (!this.status.value || one.status === this.status.value) &&
                `${one.name} ${one.language} ${one.face.text}`.toLowerCase().includes(wanted)
        );
        this.list.replaceChildren(...shown.map((one) => this._line(one)));
        if (!shown.length) {
            const words = this.templates.length
                ? "No template fits."
                : "No account has templates yet.";
            this.list.append(el("li", { class: "empty" }, words));
        }
    }

    _line(template) {
        const line = el(
            "button",
            {
                type: "button",
                "aria-current": String(template.id === this.chosen),
                on: { click: () => this._choose(template) },
            },
            el("strong", {}, template.name),
            badge(template),
            el(
                "span",
                { class: "about" },
                `${template.language} · ${spoken(template.category)}`,
                template.quality === "UNKNOWN" ? null : quality(template)
            ),
            el("span", { class: "teaser", dir: "auto" }, template.face.text ?? "")
        );
        const data = { template: template.id, name: template.name, language: template.language };
        return el("li", { data: { ...data, status: template.status } }, line);
    }

    _choose(template) {
        this.chosen = template?.id ?? "";
        history.replaceState(null, "", template ? `#${template.id}` : location.pathname);
        for (const line of this.list.children) {
            const current = String(line.dataset.template === this.chosen);
            line.firstChild.setAttribute?.("aria-current", current);
            if (current === "true") {
                line.scrollIntoView({ block: "nearest" });
            }
        }
        document.body.classList.toggle("reading", Boolean(template));
        this.onChosen(template, () => this._choose(null));
    }
}

function quality(template) {
    const label = `Quality: ${spoken(template.quality)}`;
    return el("i", { class: "quality", data: { quality: template.quality }, title: label });
}
