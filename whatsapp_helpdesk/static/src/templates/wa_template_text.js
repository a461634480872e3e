import { useEffect } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useDebounced } from "@web/core/utils/timing";
import { TextField, textField } from "@web/views/fields/text/text_field";

const PAUSE = 400; // milliseconds without a key
const FROM_THE_RIGHT = ["ar", "fa", "he", "prs", "ps", "ur"];

/**
 * A text of a template. It is given to the form while it is written, for preview and findings, and
 * has the language of the template, for the browser's speller.
 */
export class WaTemplateTextField extends TextField {
    setup() {
        super.setup();
        const give = useDebounced(() => this.give(), PAUSE);
        useEffect(
            (el) => {
                el?.addEventListener("input", give);
                return () => el?.removeEventListener("input", give);
            },
            () => [this.textareaRef.el]
        );
        useEffect(
            (el, language) => {
                if (el) {
                    el.lang = language.replace("_", "-");
                    el.dir = FROM_THE_RIGHT.includes(language.split("_")[0]) ? "rtl" : "ltr";
                }
            },
            () => [this.textareaRef.el, this.props.record.data.language || ""]
        );
    }

    /** Does what leaving the field does. A blank at the end would be taken away: more follows. */
    give() {
        const el = this.textareaRef.el;
        if (el && this.parse(el.value) === el.value) {
            el.dispatchEvent(new Event("change"));
        }
    }
}

registry.category("fields").add("wa_template_text", {
    ...textField,
    component: WaTemplateTextField,
    displayName: _t("WhatsApp Template Text"),
    supportedTypes: ["char", "text"],
});
