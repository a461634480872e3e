import "@mail/discuss/message_pin/common/message_actions";
import { messageActionsRegistry } from "@mail/core/common/message_actions";

import { patch } from "@web/core/utils/patch";

/** Pinning would look like something that the customer sees. */
patch(messageActionsRegistry.get("pin"), {
    condition({ thread }) {
        return !thread?.isWaConversation && super.condition(...arguments);
    },
});
