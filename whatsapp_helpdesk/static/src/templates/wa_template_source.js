import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import {
    FieldSelectorField,
    fieldSelectorField,
} from "@web/views/fields/field_selector/field_selector_field";

/** What fills in a variable: a field path, or the text of `static_value` if it is always the same. */
export class WaTemplateSourceField extends FieldSelectorField {
    static template = "whatsapp_helpdesk.WaTemplateSourceField";

    get source() {
        return this.props.record.data.source;
    }

    get isPath() {
        return ["field", "user"].includes(this.source) && Boolean(this.record.path_model);
    }

    get isText() {
        return this.source === "static";
    }

    get record() {
        return this.props.record.data;
    }

    onWrite(ev) {
        return this.props.record.update({ static_value: ev.target.value.trim() });
    }
}

registry.category("fields").add("wa_template_source", {
    ...fieldSelectorField,
    component: WaTemplateSourceField,
    displayName: _t("WhatsApp Template Variable's Source"),
    fieldDependencies: [
        { name: "path_model", type: "char" },
        { name: "source", type: "selection" },
        { name: "static_value", type: "char", readonly: false },
    ],
});
