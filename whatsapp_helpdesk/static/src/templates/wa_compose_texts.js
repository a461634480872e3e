import { Component, useEffect } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useDebounced } from "@web/core/utils/timing";
import { CharField } from "@web/views/fields/char/char_field";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const PAUSE = 400; // milliseconds without a key

/** A text that is given to the form while it is written, for the preview. */
class WaComposeText extends CharField {
    setup() {
        super.setup();
        const give = useDebounced(() => this.give(), PAUSE);
        useEffect(
            (el) => {
                el?.addEventListener("input", give);
                return () => el?.removeEventListener("input", give);
            },
            () => [this.input.el]
        );
    }

    async give() {
        const { name, record } = this.props;
        const value = this.input.el && this.parse(this.input.el.value);
        if (value !== null && value !== (record.data[name] || "")) {
            await record.update({ [name]: value });
        }
    }
}

/** What the sender of a template writes: a line for each text, with its name and an example. */
export class WaComposeTexts extends Component {
    static template = "whatsapp_helpdesk.WaComposeTexts";
    static components = { WaComposeText };
    static props = { ...standardFieldProps, "*": true };

    get lines() {
        return this.props.record.data[this.props.name].records;
    }

    placeholder({ data }) {
        return data.sample ? _t("For example: %(sample)s", { sample: data.sample }) : "";
    }
}

registry.category("fields").add("wa_compose_texts", {
    component: WaComposeTexts,
    displayName: _t("Texts of a WhatsApp Template"),
    supportedTypes: ["one2many"],
    useSubView: true,
});
