import { WA_CHANNEL_TYPE } from "../common/thread_model_patch";

import { fields } from "@mail/core/common/record";
import { Store } from "@mail/core/common/store_service";
import { cleanTerm } from "@mail/utils/common/format";

import { user } from "@web/core/user";
import { patch } from "@web/core/utils/patch";

patch(Store.prototype, {
    setup() {
        super.setup(...arguments);
        /** Whether the user is an agent; known once the inbox was asked for. */
        this.isWaAgent = false;
        this.waInbox = this.makeCachedFetchData("whatsapp_helpdesk.inbox");
        const { compute, sort } = this.menuThreads;
        this.menuThreads = fields.Many("Thread", {
            compute() {
                return this.discuss.activeTab === WA_CHANNEL_TYPE
                    ? this.waMenuThreads
                    : compute.call(this);
            },
            sort,
        });
    },
    /** Loads what the agent's sidebar shows; from then on the bus keeps it up to date. */
    async loadWaInbox() {
        this.isWaAgent = await user.hasGroup("whatsapp_helpdesk.group_agent");
        if (this.isWaAgent) {
            await this.waInbox.fetch();
        }
    },
    /** On a large screen, where there is no tab of its own, they count as chats. */
    tabToThreadType(tab) {
        const types = super.tabToThreadType(...arguments);
        return tab === "chat" && !this.env.services.ui.isSmall
            ? [...types, WA_CHANNEL_TYPE]
            : types;
    },
    get waSidebarThreads() {
        return Object.values(this.Thread.records).filter(
            (thread) => thread.isWaConversation && thread.displayInSidebar
        );
    },
    /** Also conversations of which the user is not a member: nobody has them yet. */
    get waMenuThreads() {
        const term = cleanTerm(this.discuss.searchTerm);
        return this.waSidebarThreads.filter((thread) =>
            cleanTerm(thread.displayName).includes(term)
        );
    },
});
