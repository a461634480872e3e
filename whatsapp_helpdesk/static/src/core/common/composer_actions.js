import {
    composerActionsRegistry,
    registerComposerAction,
} from "@mail/core/common/composer_actions";
import "@mail/discuss/gif_picker/common/composer_actions_patch";
import "@mail/discuss/voice_message/common/composer_actions_patch";

import { _t } from "@web/core/l10n/translation";
import { patch } from "@web/core/utils/patch";

registerComposerAction("wa-internal-note", {
    condition: ({ composer }) => composer.isWa,
    icon: ({ composer }) => (composer.isWaNote ? "fa fa-whatsapp" : "fa fa-lock"),
    isActive: ({ composer }) => composer.isWaNote,
    name: ({ composer }) =>
        composer.isWaNote ? _t("Write to the customer") : _t("Write an internal note"),
    onSelected: ({ composer }) => composer.setWaNote(!composer.isWaNote),
    sequence: 1,
});

// WhatsApp would get a bare link (GIF) or a recording in a format that it refuses
for (const id of ["add-gif", "voice-start"]) {
    patch(composerActionsRegistry.get(id), {
        condition({ composer }) {
            return (!composer.isWa || composer.isWaNote) && super.condition(...arguments);
        },
    });
}
