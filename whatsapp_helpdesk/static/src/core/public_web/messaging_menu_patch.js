import { WA_CHANNEL_TYPE } from "../common/thread_model_patch";

import { MessagingMenu } from "@mail/core/public_web/messaging_menu";

import { _t } from "@web/core/l10n/translation";
import { patch } from "@web/core/utils/patch";

patch(MessagingMenu.prototype, {
    get _tabs() {
        const tabs = super._tabs;
        const threads = this.store.waSidebarThreads;
        if (threads.length > 0 || this.store.isWaAgent) {
            tabs.push({
                counter: threads.filter((thread) => thread.importantCounter > 0).length,
                icon: "fa fa-whatsapp",
                id: WA_CHANNEL_TYPE,
                label: _t("WhatsApp"),
                sequence: 15,
            });
        }
        return tabs;
    },
});
