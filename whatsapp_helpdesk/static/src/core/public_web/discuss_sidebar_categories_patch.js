import { WaSidebarLine } from "./wa_sidebar_line";

import { DiscussSidebarChannel } from "@mail/discuss/core/public_web/discuss_sidebar_categories";

import { patch } from "@web/core/utils/patch";

Object.assign(DiscussSidebarChannel.components, { WaSidebarLine });

patch(DiscussSidebarChannel.prototype, {
    get hasWaLine() {
        return Boolean(this.thread.isWaConversation && this.thread.wa_conversation_id);
    },
    get itemNameAttClass() {
        const classes = super.itemNameAttClass;
        return this.thread.waUnansweredCount > 0
            ? { ...classes, "o-unread fw-bolder": true, "opacity-75 opacity-100-hover": false }
            : classes;
    },
});
