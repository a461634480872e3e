import "@mail/discuss/core/public_web/thread_model_patch";
import "@mail/core/public_web/thread_model_patch";

import { WA_CHANNEL_TYPE } from "../common/thread_model_patch";

import { Thread } from "@mail/core/common/thread_model";

import { patch } from "@web/core/utils/patch";

patch(Thread.prototype, {
    _computeDiscussAppCategory() {
        if (!this.isWaConversation) {
            return super._computeDiscussAppCategory();
        }
        const { discuss, isWaAgent } = this.store;
        const conversation = this.wa_conversation_id;
        if (isWaAgent === false) {
            return discuss.waOtherCategory;
        }
        if (conversation?.state === "open" && conversation.isUnassigned) {
            return discuss.waUnassignedCategory;
        }
        return conversation?.isMine || this.self_member_id?.is_pinned
            ? discuss.waMineCategory
            : discuss.waOtherCategory;
    },
    _computeDisplayInSidebar() {
        if (!this.isWaConversation) {
            return super._computeDisplayInSidebar();
        }
        const conversation = this.wa_conversation_id;
        if (conversation?.isElsewhere) {
            return false;
        }
        if (this.isLocallyPinned || this.eq(this.store.discuss?.thread)) {
            return true;
        }
        if (!conversation || conversation.isClosed) {
            return false;
        }
        return conversation.isUnassigned
            ? conversation.state === "open"
            : conversation.isMine || super._computeDisplayInSidebar();
    },
    get inChathubOnNewMessage() {
        return (
            super.inChathubOnNewMessage && (!this.isWaConversation || Boolean(this.self_member_id))
        );
    },
    /**
     * What a colleague or another tab wrote to the customer is no news to be alerted of, nor is what
     * belongs to a company that is switched off.
     */
    async notifyMessageToUser(message) {
        const isUnknown = message.isWhatsApp && !this.wa_conversation_id;
        if (!message.isWaOutbound && !this.isWaElsewhere && !isUnknown) {
            return super.notifyMessageToUser(...arguments);
        }
    },
    /** Releasing a conversation must not throw the agent out of it. */
    onPinStateUpdated() {
        if (
            this.isWaConversation &&
            !this.displayToSelf &&
            !this.isLocallyPinned &&
            this.eq(this.store.discuss?.thread)
        ) {
            this.isLocallyPinned = true;
            return;
        }
        super.onPinStateUpdated();
    },
    setAsDiscussThread() {
        super.setAsDiscussThread(...arguments);
        if (this.isWaConversation && this.store.env.services.ui.isSmall) {
            this.store.discuss.activeTab = WA_CHANNEL_TYPE;
        }
    },
});
