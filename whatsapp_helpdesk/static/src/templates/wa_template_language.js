import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useSpecialData } from "@web/views/fields/relational_utils";
import { SelectionField, selectionField } from "@web/views/fields/selection/selection_field";

/** Meta's code of a language, chosen by the name of the language. */
export class WaTemplateLanguageField extends SelectionField {
    setup() {
        super.setup();
        this.languages = useSpecialData((orm, { record }) =>
            orm.call(record.resModel, "get_languages", [])
        );
    }

    get options() {
        const known = this.languages.data;
        const isKnown = !this.value || known.some(([code]) => code === this.value);
        return isKnown ? known : [...known, [this.value, this.value]];
    }

    get string() {
        return this.options.find(([code]) => code === this.value)?.[1] ?? "";
    }

    onChange(value) {
        this.props.record.update({ [this.props.name]: value ?? false });
    }
}

registry.category("fields").add("wa_template_language", {
    ...selectionField,
    component: WaTemplateLanguageField,
    displayName: _t("WhatsApp Template Language"),
    supportedTypes: ["char"],
});
