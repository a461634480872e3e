import { useEffect } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useDebounced } from "@web/core/utils/timing";
import { CharField, charField } from "@web/views/fields/char/char_field";
import { TextField, textField } from "@web/views/fields/text/text_field";

const PAUSE = 400; // milliseconds without a key

/**
 * Give a field's words to the form while they are written, so that limits are said before it is
 * done. Words decide for themselves from which side they are read.
 *
 * @param {CharField|TextField} field
 * @param {{el: HTMLInputElement|HTMLTextAreaElement|null}} ref of what is typed in
 */
function useLiveWords(field, ref) {
    // Does what leaving the field does. A blank at the end would be taken away: more follows.
    const give = useDebounced(() => {
        if (ref.el && field.parse(ref.el.value) === ref.el.value) {
            ref.el.dispatchEvent(new Event("change"));
        }
    }, PAUSE);
    useEffect(
        (el) => {
            if (el) {
                el.dir = "auto";
            }
            el?.addEventListener("input", give);
            return () => el?.removeEventListener("input", give);
        },
        () => [ref.el]
    );
}

export class WaLiveCharField extends CharField {
    setup() {
        super.setup();
        useLiveWords(this, this.input);
    }
}

export class WaLiveTextField extends TextField {
    setup() {
        super.setup();
        useLiveWords(this, this.textareaRef);
    }
}

registry.category("fields").add("wa_live_char", {
    ...charField,
    component: WaLiveCharField,
    displayName: _t("WhatsApp Line"),
    supportedTypes: ["char"],
});
registry.category("fields").add("wa_live_text", {
    ...textField,
    component: WaLiveTextField,
    displayName: _t("WhatsApp Text"),
    supportedTypes: ["text"],
});
