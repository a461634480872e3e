import { WaCustomerPanel } from "./wa_customer_panel";

import { registerThreadAction } from "@mail/core/common/thread_actions";

import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";

const CLOSED_KEY = "whatsapp_helpdesk.customer_panel.closed";

/** @returns {boolean} whether the panel opens by itself: until somebody closes it in this browser */
export function isCustomerPanelWanted() {
    return browser.localStorage.getItem(CLOSED_KEY) !== "true";
}

registerThreadAction("customer-panel", {
    actionPanelComponent: WaCustomerPanel,
    condition: ({ owner, thread }) =>
        Boolean(thread?.wa_conversation_id?.state) &&
        (!owner.props.chatWindow || owner.props.chatWindow.isOpen) &&
        !owner.isDiscussSidebarChannelActions,
    panelOuterClass: "o-wa-CustomerPanel-outer bg-inherit",
    icon: "fa fa-fw fa-address-card-o",
    name: ({ action }) => (action.isActive ? _t("Close the customer panel") : _t("Customer")),
    open: ({ owner }) => {
        if (owner.isDiscussContent) {
            browser.localStorage.removeItem(CLOSED_KEY);
        }
    },
    close: ({ action, owner, nextActiveAction }) => {
        if (owner.isDiscussContent && action.condition && !nextActiveAction) {
            browser.localStorage.setItem(CLOSED_KEY, "true");
        }
    },
    sequence: 5,
    sequenceGroup: 7,
    toggle: true,
});
