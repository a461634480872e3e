import { fields } from "@mail/core/common/record";
import { Thread } from "@mail/core/common/thread_model";

import { patch } from "@web/core/utils/patch";

export const WA_CHANNEL_TYPE = "wa_conversation";

patch(Thread, {
    /** A conversation that came whole over the bus need not be asked for again. */
    async getOrFetch(data, fieldNames = []) {
        const thread = this.get(data);
        if (thread?.isWaLoaded) {
            thread.fetchChannelInfoState = "fetched";
        }
        return super.getOrFetch(...arguments);
    },
});

/** @type {import("models").Thread} */
const threadPatch = {
    setup() {
        super.setup(...arguments);
        this.wa_conversation_id = fields.One("wa.conversation", { inverse: "discuss_channel_id" });
        /** Posts under way, oldest first: whether each one is an internal note. */
        this.waPendingNotes = [];
        const { compute, onUpdate } = this.displayToSelf;
        this.displayToSelf = fields.Attr(false, {
            compute() {
                return !this.isWaElsewhere && compute.call(this);
            },
            onUpdate,
        });
    },
    get isWaConversation() {
        return this.channel_type === WA_CHANNEL_TYPE;
    },
    /** Whether what the client knows is enough to show the conversation. */
    get isWaLoaded() {
        const conversation = this.wa_conversation_id;
        return Boolean(
            this.isWaConversation &&
            conversation?.state &&
            (this.self_member_id || !conversation.isMine)
        );
    },
    /** Whether it belongs to a company that is switched off, of which nothing is shown. */
    get isWaElsewhere() {
        return Boolean(this.wa_conversation_id?.isElsewhere);
    },
    /** Whether what would be written now would be refused. */
    get waComposerBlocked() {
        const conversation = this.isWaConversation && this.wa_conversation_id;
        if (!conversation) {
            return false;
        }
        return this.composer?.isWaNote
            ? !conversation.can("note")
            : Boolean(conversation.replyObstacle);
    },
    get waUnansweredCount() {
        const conversation = this.isWaConversation && this.wa_conversation_id;
        return conversation && !conversation.isElsewhere ? conversation.unanswered_count : 0;
    },
    /** With one agent as the only member, core would take the agent for the one talked to. */
    computeCorrespondent() {
        return this.isWaConversation ? undefined : super.computeCorrespondent();
    },
    get avatarUrl() {
        return (
            (this.isWaConversation && this.wa_conversation_id?.partner_id?.avatarUrl) ||
            super.avatarUrl
        );
    },
    get displayName() {
        return (this.isWaConversation && this.wa_conversation_id?.displayName) || super.displayName;
    },
    get importantCounter() {
        return this.isWaConversation ? this.waUnansweredCount : super.importantCounter;
    },
    get invitationLink() {
        return this.isWaConversation ? undefined : super.invitationLink;
    },
    get isChatChannel() {
        return this.isWaConversation || super.isChatChannel;
    },
    get isUnread() {
        return super.isUnread || this.waUnansweredCount > 0;
    },
    get needactionCounter() {
        return this.isWaConversation
            ? Math.max(super.needactionCounter, this.waUnansweredCount)
            : super.needactionCounter;
    },
    get supportsCustomChannelName() {
        return !this.isWaConversation && super.supportsCustomChannelName;
    },
    /** Core counts by ids what lies on either side, but pages follow WhatsApp's time. */
    async loadAround(messageId) {
        const isKnown = this.isLoaded && this.messages.some(({ id }) => id === messageId);
        await super.loadAround(...arguments);
        if (!this.isWaConversation || isKnown || messageId === undefined) {
            return;
        }
        let index = this.messages.findIndex(({ id }) => id === messageId);
        if (index === -1) {
            // the line between read and unread messages
            index = this.messages.findLastIndex(({ id }) => id < messageId);
        }
        // each side was asked for this many, the message itself counts as older
        const { FETCH_LIMIT: limit } = this.store;
        this.loadOlder = index + 1 >= limit;
        this.loadNewer = this.messages.length - index - 1 >= limit;
    },
    /** The server would read all ids of the channel and tell all members, for nothing. */
    async markAsFetched() {
        if (!this.isWaConversation) {
            return super.markAsFetched(...arguments);
        }
    },
    async post(body, postData = {}) {
        if (this.isWaConversation) {
            this.waPendingNotes.push(Boolean(postData.isNote));
        }
        return super.post(...arguments);
    },
    onNewSelfMessage(message) {
        if (this.isWaConversation && message.isPending && this.waPendingNotes.shift()) {
            message.subtype_id = this.store.mt_note;
        }
        super.onNewSelfMessage(...arguments);
    },
};
patch(Thread.prototype, threadPatch);
