import { previewText } from "../common/wa_message_kinds";

import { registry } from "@web/core/registry";
import { user } from "@web/core/user";

/** Brings what belongs to the agent's teams into the Store, and tells of news outside of it. */
export class WhatsAppInbox {
    /**
     * @param {import("@web/env").OdooEnv} env
     * @param {import("services").ServiceFactories} services
     */
    constructor(env, services) {
        this.store = services["mail.store"];
        this.outOfFocus = services["mail.out_of_focus"];
        services.bus_service.subscribe("whatsapp_helpdesk/incoming", (payload) =>
            this.onIncoming(payload)
        );
    }

    /**
     * @param {Object} payload
     * @param {number} payload.company_id
     * @param {number} payload.thread_id
     * @param {string} payload.title
     * @param {string} payload.body
     */
    onIncoming({ company_id: companyId, thread_id: id, title, body }) {
        const thread = this.store.Thread.get({ model: "discuss.channel", id });
        const isLookedAt = thread?.isDisplayed && document.hasFocus();
        if (isLookedAt || !user.activeCompanies.some((company) => company.id === companyId)) {
            return;
        }
        this.outOfFocus.sendNotification({
            icon: "/whatsapp_helpdesk/static/description/icon.png",
            message: previewText(body),
            title,
            type: "info",
        });
    }
}

export const whatsAppInboxService = {
    dependencies: ["bus_service", "mail.out_of_focus", "mail.store"],
    start(env, services) {
        return new WhatsAppInbox(env, services);
    },
};

registry.category("services").add("whatsapp_helpdesk.inbox", whatsAppInboxService);
