import { Component } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const LEVELS = {
    error: { icon: "fa fa-times-circle text-danger", name: _t("Meta refuses this") },
    warning: { icon: "fa fa-exclamation-triangle text-warning", name: _t("Meta may mind this") },
};

/** What Meta would object to: where, what, why and what to do. */
export class WaTemplateFindings extends Component {
    static template = "whatsapp_helpdesk.WaTemplateFindings";
    static props = {
        /** As `_findings` of `wa.template` returns them. */
        findings: Array,
    };

    get rows() {
        return this.props.findings.map((finding) => ({
            ...finding,
            ...(LEVELS[finding.level] ?? LEVELS.warning),
        }));
    }
}

export class WaTemplateFindingsField extends Component {
    static template = "whatsapp_helpdesk.WaTemplateFindingsField";
    static components = { WaTemplateFindings };
    static props = { ...standardFieldProps };

    get findings() {
        return this.props.record.data[this.props.name] || [];
    }
}

registry.category("fields").add("wa_template_findings", {
    component: WaTemplateFindingsField,
    displayName: _t("WhatsApp Template Findings"),
    isEmpty: () => false,
    supportedTypes: ["json"],
});
