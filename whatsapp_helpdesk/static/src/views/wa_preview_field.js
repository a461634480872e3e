import { previewText } from "../core/common/wa_message_kinds";

import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { CharField, charField } from "@web/views/fields/char/char_field";

/** The last message on one line; kinds without words are named in the user's language. */
export class WaPreviewField extends CharField {
    get formattedValue() {
        return previewText(super.formattedValue);
    }
}

registry.category("fields").add("wa_preview", {
    ...charField,
    component: WaPreviewField,
    displayName: _t("Last message"),
});
