import { fields } from "@mail/core/common/record";
import { DiscussApp } from "@mail/core/public_web/discuss_app_model";

import { _t } from "@web/core/l10n/translation";
import { patch } from "@web/core/utils/patch";

/**
 * @param {string} key
 * @param {string} name
 * @param {number} sequence
 * @returns {Object} data of a category of the sidebar
 */
function category(key, name, sequence) {
    return {
        extraClass: `o-wa-SidebarCategory o-wa-SidebarCategory-${key}`,
        icon: "fa fa-whatsapp",
        id: `whatsapp_helpdesk.${key}`,
        name,
        sequence,
    };
}

patch(DiscussApp.prototype, {
    setup() {
        super.setup(...arguments);
        this.waMineCategory = fields.One("DiscussAppCategory", {
            compute: () => category("mine", _t("WhatsApp – mine"), 5),
            eager: true,
        });
        this.waUnassignedCategory = fields.One("DiscussAppCategory", {
            compute: () => category("unassigned", _t("WhatsApp – unassigned"), 6),
            eager: true,
        });
        this.waOtherCategory = fields.One("DiscussAppCategory", {
            compute() {
                // who is no agent has no own and no unassigned ones to tell them from
                const isOnly = this.store.isWaAgent === false;
                return category("other", isOnly ? _t("WhatsApp") : _t("WhatsApp – others"), 7);
            },
            eager: true,
        });
        /** @type {import("models").Thread|undefined} */
        this.lastWaThread = undefined;
    },
    _threadOnUpdate() {
        // a conversation of somebody else stays in the sidebar only while it is looked at
        const { lastWaThread, thread } = this;
        this.lastWaThread = thread?.isWaConversation ? thread : undefined;
        if (lastWaThread?.exists() && lastWaThread.notEq(thread)) {
            lastWaThread.isLocallyPinned = false;
        }
        super._threadOnUpdate();
    },
});
