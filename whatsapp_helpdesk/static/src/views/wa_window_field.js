import { useWaClock } from "../core/common/wa_clock";
import { durationText, minutesUntil, windowTitle } from "../core/common/wa_window_left";

import { Component } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** The end of a customer service window as the time that is left, which moves by itself. */
export class WaWindowField extends Component {
    static template = "whatsapp_helpdesk.WaWindowField";
    static props = { ...standardFieldProps };

    setup() {
        super.setup();
        this.clock = useWaClock();
    }

    get end() {
        return this.props.record.data[this.props.name];
    }

    get minutes() {
        return minutesUntil(this.end, this.clock.now);
    }

    get isShown() {
        return this.props.record.data.state !== "closed";
    }

    get text() {
        return this.minutes ? durationText(this.minutes) : _t("Closed");
    }

    get style() {
        if (!this.minutes) {
            return "text-bg-danger";
        }
        return this.props.record.data.window_state === "closing" ? "text-bg-warning" : "";
    }

    get title() {
        return windowTitle(this.end, this.minutes > 0);
    }
}

registry.category("fields").add("wa_window", {
    component: WaWindowField,
    displayName: _t("Time left in the window"),
    supportedTypes: ["datetime"],
    fieldDependencies: [
        { name: "state", type: "selection" },
        { name: "window_state", type: "selection" },
    ],
});
