import "@mail/discuss/core/web/messaging_menu_patch";

import { MessagingMenu } from "@mail/core/public_web/messaging_menu";

import { patch } from "@web/core/utils/patch";

patch(MessagingMenu.prototype, {
    beforeOpen() {
        this.store.loadWaInbox();
        return super.beforeOpen(...arguments);
    },
});
