import { WaRichPart } from "../core/common/kinds/wa_rich";
import { richPart } from "../core/common/kinds/wa_rich_content";

import { Component } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const SHOWN_FILES = ["image", "video"];

/** A template as it stands on the customer's phone. */
export class WaTemplatePreview extends Component {
    static template = "whatsapp_helpdesk.WaTemplatePreview";
    static components = { WaRichPart };
    static props = {
        /** As `_preview` of `wa.template` returns it. */
        preview: Object,
    };

    get message() {
        return bubbleOf(this.props.preview);
    }

    get cards() {
        return (this.props.preview.cards || []).map(bubbleOf);
    }

    get isEmpty() {
        const { body, header, footer, buttons, offer } = this.props.preview;
        return !body && !header && !footer && !offer && !buttons?.length && !this.cards.length;
    }
}

/**
 * @param {Object} preview of a template or of a card
 * @returns {{part: import("../core/common/kinds/wa_rich_content").WaRichPart, file: Object|false}}
 * the bubble, and the file above its text if it can be shown
 */
function bubbleOf({ header, body, footer, buttons, offer }) {
    const file = Boolean(header && header.url && SHOWN_FILES.includes(header.format)) && header;
    const part = richPart({
        kind: "template",
        header_format: header && !file ? header.format : "",
        header: header && !file ? header.text || header.filename : "",
        html: body,
        footer,
        buttons,
        offer: offer ? offer.text : "",
        offer_code: offer ? offer.code : "",
        offer_ends_at: offer ? offer.ends_at : 0,
    });
    return { part, file };
}

export class WaTemplatePreviewField extends Component {
    static template = "whatsapp_helpdesk.WaTemplatePreviewField";
    static components = { WaTemplatePreview };
    static props = { ...standardFieldProps };

    get preview() {
        return this.props.record.data[this.props.name];
    }
}

registry.category("fields").add("wa_template_preview", {
    component: WaTemplatePreviewField,
    displayName: _t("WhatsApp Template Preview"),
    supportedTypes: ["json"],
});
