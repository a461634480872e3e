import {
    composerActionsRegistry,
    registerComposerAction,
} from "@mail/core/common/composer_actions";
import "@mail/discuss/gif_picker/common/composer_actions_patch";

import { useRef } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";
import { patch } from "@web/core/utils/patch";

const isForCustomer = ({ composer }) => composer.isWa && !composer.isWaNote;

/** @param {string} method of wa.conversation; it returns a dialog */
function openDialog(method) {
    return ({ composer }) => composer.thread.wa_conversation_id.callServer(method);
}

registerComposerAction("wa-internal-note", {
    condition: ({ composer }) => composer.isWa,
    icon: ({ composer }) => (composer.isWaNote ? "fa fa-whatsapp" : "fa fa-lock"),
    isActive: ({ composer }) => composer.isWaNote,
    name: ({ composer }) =>
        composer.isWaNote ? _t("Write to the customer") : _t("Write an internal note"),
    onSelected: ({ composer }) => composer.setWaNote(!composer.isWaNote),
    sequence: 1,
});
registerComposerAction("wa-sticker", {
    condition: isForCustomer,
    icon: "fa fa-sticky-note-o",
    name: _t("Sticker"),
    onSelected: ({ owner }) => owner.waStickerUploaderRef.el?.click(),
    setup: ({ owner }) => (owner.waStickerUploaderRef = useRef("wa-sticker-uploader")),
    sequence: 22,
});
registerComposerAction("wa-location", {
    condition: isForCustomer,
    icon: "fa fa-map-marker",
    name: _t("Location"),
    onSelected: openDialog("action_send_location"),
    sequence: 24,
});
registerComposerAction("wa-contact", {
    condition: isForCustomer,
    icon: "fa fa-address-card-o",
    name: _t("Contact card"),
    onSelected: openDialog("action_send_contact"),
    sequence: 26,
});
registerComposerAction("wa-template", {
    condition: isForCustomer,
    icon: "fa fa-file-text-o",
    name: _t("Templates"),
    onSelected: openDialog("action_compose_template"),
    sequence: 27,
});
registerComposerAction("wa-interactive", {
    condition: isForCustomer,
    icon: "fa fa-list-ul",
    name: _t("Buttons and lists"),
    onSelected: openDialog("action_compose_interactive"),
    sequence: 28,
});

// WhatsApp would get a bare link
patch(composerActionsRegistry.get("add-gif"), {
    condition({ composer }) {
        return !isForCustomer({ composer }) && super.condition(...arguments);
    },
});
