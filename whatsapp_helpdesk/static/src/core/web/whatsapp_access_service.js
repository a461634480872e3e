import { router } from "@web/core/browser/router";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { debounce } from "@web/core/utils/timing";

/** Several changes come together when somebody works through the matrix of rights. */
export const CHECK_DELAY = 100;

/**
 * Follows what the user may see: chats that were lost leave this browser, others come in. The server
 * says only that something changed; each browser asks for itself.
 */
export class WhatsAppAccess {
    /**
     * @param {import("@web/env").OdooEnv} env
     * @param {import("services").ServiceFactories} services
     */
    constructor(env, services) {
        this.env = env;
        this.bus = services.bus_service;
        this.notification = services.notification;
        this.orm = services.orm;
        this.store = services["mail.store"];
        /** @type {Set<number>} chats to ask for */
        this.threadIds = new Set();
        /** Whether to ask for everything, because roles changed or events may have been missed. */
        this.everything = false;
        this.checkSoon = debounce(() => this.check(), CHECK_DELAY);
        this.bus.subscribe("whatsapp_helpdesk/access_changed", ({ thread_ids: threadIds }) =>
            this.onChanged(threadIds)
        );
        this.bus.addEventListener("BUS:RECONNECT", () => this.onChanged(false));
        env.bus.addEventListener("whatsapp_helpdesk:unreadable", ({ detail: thread }) =>
            this.leave(thread)
        );
    }

    /** @param {number[]|false} threadIds the chats that are concerned; false: any */
    onChanged(threadIds) {
        if (threadIds === false) {
            this.everything = true;
        } else {
            threadIds.forEach((id) => this.threadIds.add(id));
        }
        this.checkSoon();
    }

    async check() {
        const everything = this.everything;
        const threads = this.knownThreads.filter(({ id }) => everything || this.threadIds.has(id));
        this.everything = false;
        this.threadIds.clear();
        try {
            await this.leaveUnreadable(threads);
            if (everything) {
                this.bus.forceUpdateChannels();
                await this.store.reloadWaInbox();
            }
        } catch (error) {
            // no connection, most likely: once it is back, everything is asked for again
            console.debug(`Access to WhatsApp chats: ${error.message}`);
        }
    }

    get knownThreads() {
        return Object.values(this.store.Thread.records).filter(
            (thread) => thread.isWaConversation || thread.wa_conversation_id
        );
    }

    /** @param {import("models").Thread[]} threads */
    async leaveUnreadable(threads) {
        if (threads.length === 0) {
            return;
        }
        const lostIds = await this.orm.silent.call("wa.conversation", "get_unreadable_threads", [
            threads.map(({ id }) => id),
        ]);
        for (const thread of threads.filter((known) => known.exists())) {
            if (lostIds.includes(thread.id)) {
                await this.leave(thread);
            } else if (thread.wa_conversation_id) {
                thread.wa_conversation_id.rightsChanges++;
            }
        }
        if (lostIds.length > 0) {
            this.bus.forceUpdateChannels();
        }
    }

    /**
     * Leaves nothing of a chat in this browser but what the user was writing there.
     *
     * @param {import("models").Thread} thread
     */
    async leave(thread) {
        const { discuss } = this.store;
        const customer = thread.displayName;
        const isInDiscuss = thread.eq(discuss.thread);
        const wasOpen = thread.chat_window?.isOpen || (isInDiscuss && discuss.isActive);
        this.env.bus.trigger("whatsapp_helpdesk:thread_lost", thread);
        if (isInDiscuss) {
            if (discuss.isActive) {
                router.replaceState({ active_id: undefined });
            }
            discuss.thread = undefined;
        }
        thread.isLocallyPinned = false;
        await thread.closeChatWindow({ force: true, notifyState: true });
        [...thread.allMessages].forEach((message) => message.delete());
        thread.wa_conversation_id?.delete();
        thread.delete();
        if (wasOpen) {
            this.notification.add(
                _t(
                    "You can no longer see the chat with %(customer)s: it was handed over, or your rights changed.",
                    { customer }
                ),
                { type: "warning" }
            );
        }
    }
}

export const whatsAppAccessService = {
    dependencies: ["bus_service", "mail.store", "notification", "orm"],
    start(env, services) {
        return new WhatsAppAccess(env, services);
    },
};

registry.category("services").add("whatsapp_helpdesk.access", whatsAppAccessService);
