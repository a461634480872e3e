import { Component, onWillStart, useEffect, useRef, useState } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";

export const SEARCH_DELAY = 250;

const CATEGORIES = {
    authentication: _t("Authentication"),
    marketing: _t("Marketing"),
    utility: _t("Utility"),
};
const HEADER_ICONS = {
    document: "fa fa-file-text-o",
    image: "fa fa-picture-o",
    location: "fa fa-map-marker",
    video: "fa fa-video-camera",
};

let lastId = 0;

/** The templates that the user may send to a customer; the chosen one opens its dialog. */
export class WaTemplatePicker extends Component {
    static template = "whatsapp_helpdesk.WaTemplatePicker";
    static props = ["conversation"];

    setup() {
        super.setup();
        this.orm = useService("orm");
        this.listId = `o-wa-TemplatePicker-${++lastId}`;
        this.listRef = useRef("list");
        this.keepLast = new KeepLast();
        this.state = useState({
            active: 0,
            isOpening: false,
            search: "",
            /** @type {Object[]|undefined} see wa.conversation.get_usable_templates; until known */
            templates: undefined,
        });
        this.loadSoon = useDebounced(this.load, SEARCH_DELAY);
        onWillStart(() => {
            this.load();
        });
        useEffect(
            () => {
                const option = this.listRef.el?.querySelector("[aria-selected=true]");
                option?.scrollIntoView({ block: "nearest" });
            },
            () => [this.state.active, this.state.templates]
        );
    }

    /** Whether the list keeps its height, because its length will change soon. */
    get isHeld() {
        return !this.state.templates || Boolean(this.state.search);
    }

    get activeId() {
        return this.state.templates?.length ? this.idOf(this.state.active) : undefined;
    }

    idOf(index) {
        return `${this.listId}-${index}`;
    }

    async load() {
        const { search } = this.state;
        this.state.templates = await this.keepLast.add(
            this.orm.silent.call(
                "wa.conversation",
                "get_usable_templates",
                [[this.props.conversation.id]],
                { search: search.trim() }
            )
        );
        this.state.active = 0;
    }

    categoryOf({ category }) {
        return (CATEGORIES[category] ?? category).toString();
    }

    iconOf({ header_format: format }) {
        return HEADER_ICONS[format];
    }

    firstLineOf({ body }) {
        return (body || "").trim().split("\n")[0];
    }

    onInput(ev) {
        this.state.search = ev.target.value;
        this.loadSoon();
    }

    onKeydown(ev) {
        const count = this.state.templates?.length ?? 0;
        if (ev.key === "Escape" && this.state.search) {
            ev.stopPropagation(); // a chat window would close
            this.state.search = "";
            this.load();
        } else if (ev.key === "Enter") {
            ev.preventDefault();
            this.choose(this.state.templates?.[this.state.active]);
        } else if (["ArrowDown", "ArrowUp"].includes(ev.key) && count) {
            ev.preventDefault();
            const step = ev.key === "ArrowDown" ? 1 : -1;
            this.state.active = (this.state.active + step + count) % count;
        }
    }

    /** Opens the dialog of one template; a second click waits for the first. */
    async choose(template) {
        if (!template || this.state.isOpening) {
            return;
        }
        this.state.isOpening = true;
        try {
            await this.props.conversation.composeTemplate(template.id);
        } finally {
            this.state.isOpening = false;
        }
    }
}
