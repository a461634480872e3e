import { onWillUnmount, useEffect, useExternalListener } from "@odoo/owl";

import { browser } from "@web/core/browser/browser";

/** Milliseconds that a message must be looked at before the customer hears of it. */
export const LOOK_DELAY = 1000;

/**
 * Tells the customer that their newest message was read, once it really was looked at: the chat is
 * open at its end, and the agent is in this browser window.
 *
 * @param {import("@mail/core/common/thread").Thread} component
 * @returns {{check: () => void}} to be called when what is visible changed
 */
export function useWaReadReceipts(component) {
    let isPageFocused = document.hasFocus();
    let timer;

    function newestId() {
        const { thread } = component.props;
        if (!thread.isWaConversation || !thread.isLoaded || thread.loadNewer) {
            return 0;
        }
        return thread.messages.findLast((message) => message.isWaReadable)?.id ?? 0;
    }

    function isLookedAt() {
        const { env, props, scrollableRef, ui } = component;
        return Boolean(
            isPageFocused &&
            (env.inDiscussApp || ui.isSmall || props.thread.isFocused) &&
            scrollableRef.el &&
            component.isAtBottom
        );
    }

    function check() {
        browser.clearTimeout(timer);
        const { wa_conversation_id: conversation } = component.props.thread;
        const id = newestId();
        if (!conversation?.awaitsReceipt(id) || !isLookedAt()) {
            return;
        }
        timer = browser.setTimeout(() => {
            if (id === newestId() && isLookedAt()) {
                conversation.notifySeen(id);
            }
        }, LOOK_DELAY);
    }

    useExternalListener(window, "focus", () => {
        isPageFocused = true;
        check();
    });
    useExternalListener(window, "blur", () => (isPageFocused = false));
    useEffect(check, () => [newestId(), component.props.thread.isFocused]);
    onWillUnmount(() => browser.clearTimeout(timer));
    return { check };
}
