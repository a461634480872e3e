import { useEffect } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useDebounced } from "@web/core/utils/timing";
import { CharField, charField } from "@web/views/fields/char/char_field";

const PAUSE = 400; // milliseconds without a key

/** A line that is given to the form while it is written, so that limits are said before it is done. */
export class WaLiveCharField extends CharField {
    setup() {
        super.setup();
        const give = useDebounced(() => this.give(), PAUSE);
        useEffect(
            (el) => {
                if (el) {
                    el.dir = "auto";
                }
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

registry.category("fields").add("wa_live_char", {
    ...charField,
    component: WaLiveCharField,
    displayName: _t("WhatsApp Line"),
    supportedTypes: ["char"],
});
