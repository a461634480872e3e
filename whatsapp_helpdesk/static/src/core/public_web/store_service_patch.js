import { WA_CHANNEL_TYPE } from "../common/thread_model_patch";

import { fields } from "@mail/core/common/record";
import { Store } from "@mail/core/common/store_service";
import { cleanTerm } from "@mail/utils/common/format";

import { user } from "@web/core/user";
import { patch } from "@web/core/utils/patch";

const AGENT_GROUP = "whatsapp_helpdesk.group_agent";
const INBOX_REQUEST = "whatsapp_helpdesk.inbox";

patch(Store.prototype, {
    setup() {
        super.setup(...arguments);
        /** @type {boolean|undefined} whether the user is an agent, once the inbox was asked for */
        this.isWaAgent = undefined;
        /** @type {Promise<boolean>|undefined} */
        this.waAgentAnswer = undefined;
        this.waInbox = this.makeCachedFetchData(INBOX_REQUEST);
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
        this.waAgentAnswer ??= user.hasGroup(AGENT_GROUP);
        this.isWaAgent = await this.waAgentAnswer;
        if (this.isWaAgent) {
            await this.waInbox.fetch();
        }
    },
    /** Loads it again if it was loaded before, for other teams and even as somebody else. */
    async reloadWaInbox() {
        if (!this.waAgentAnswer) {
            return;
        }
        const { orm } = this.env.services;
        this.waAgentAnswer = orm.silent.call("res.users", "has_group", [user.userId, AGENT_GROUP]);
        this.waInbox = this.makeCachedFetchData(INBOX_REQUEST);
        await this.loadWaInbox();
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
