import { WaRichPart } from "../core/common/kinds/wa_rich";
import { RICH_KINDS, richPart } from "../core/common/kinds/wa_rich_content";

import { Component } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** A message with buttons or a list as it will stand on the customer's phone. */
export class WaRichPreviewField extends Component {
    static template = "whatsapp_helpdesk.WaRichPreviewField";
    static components = { WaRichPart };
    static props = { ...standardFieldProps };

    /** @returns {Object|false} content of a message, see `WaRich` */
    get content() {
        const content = this.props.record.data[this.props.name];
        return Boolean(content) && RICH_KINDS.includes(content.kind) && content;
    }

    get part() {
        return richPart(this.content);
    }
}

registry.category("fields").add("wa_rich_preview", {
    component: WaRichPreviewField,
    displayName: _t("WhatsApp Message Preview"),
    supportedTypes: ["json"],
});
