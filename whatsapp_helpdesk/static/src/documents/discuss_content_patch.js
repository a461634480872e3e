import { isCustomerPanelWanted } from "./thread_actions";

import { DiscussContent } from "@mail/core/public_web/discuss_content";

import { useEffect } from "@odoo/owl";

import { SIZES } from "@web/core/ui/ui_service";
import { patch } from "@web/core/utils/patch";

patch(DiscussContent.prototype, {
    setup() {
        super.setup(...arguments);
        // core looks when the chat changes, which may be before it is known whose it is
        useEffect(
            (isKnown) => {
                if (isKnown) {
                    this.actionPanelAutoOpenFn();
                }
            },
            () => [Boolean(this.thread?.wa_conversation_id?.state)]
        );
    },
    /** Where there is room beside the chat, the customer is shown there. */
    actionPanelAutoOpenFn() {
        const panel = this.threadActions.actions.find(({ id }) => id === "customer-panel");
        if (!panel || !this.thread?.isWaConversation) {
            super.actionPanelAutoOpenFn();
        } else if (this.ui.size >= SIZES.XL && isCustomerPanelWanted() && !panel.isActive) {
            panel.open();
        }
    },
});
