import { DiscussAppCategory } from "@mail/discuss/core/public_web/discuss_app_category_model";
import { compareDatetime } from "@mail/utils/common/misc";

import { patch } from "@web/core/utils/patch";

const WA_PREFIX = "whatsapp_helpdesk.";

patch(DiscussAppCategory.prototype, {
    get isWa() {
        return this.id.startsWith(WA_PREFIX);
    },
    get isVisible() {
        if (!this.isWa) {
            return super.isVisible;
        }
        const alwaysShown = this.store.isWaAgent && this.notEq(this.app?.waOtherCategory);
        return (
            !this.hidden && (alwaysShown || this.threads.some((thread) => thread.displayInSidebar))
        );
    },
    sortThreads(t1, t2) {
        if (!this.isWa) {
            return super.sortThreads(...arguments);
        }
        const at1 = t1.wa_conversation_id?.last_message_at;
        const at2 = t2.wa_conversation_id?.last_message_at;
        return compareDatetime(at2, at1) || t2.id - t1.id;
    },
});
