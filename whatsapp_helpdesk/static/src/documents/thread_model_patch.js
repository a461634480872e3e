import { Thread } from "@mail/core/common/thread_model";
import "@mail/discuss/core/common/thread_model_patch";

import { patch } from "@web/core/utils/patch";

patch(Thread.prototype, {
    setup() {
        super.setup(...arguments);
        /** How many panels in forms show this chat and need to hear of it. */
        this.waPanelCount = 0;
    },
    get shouldSubscribeToBusChannel() {
        return (
            super.shouldSubscribeToBusChannel ||
            (this.isWaConversation && !this.self_member_id && this.waPanelCount > 0)
        );
    },
});
