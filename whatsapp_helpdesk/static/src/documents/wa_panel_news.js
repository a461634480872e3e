import { onWillDestroy, useEffect, useEnv } from "@odoo/owl";

import { useBus, useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";

/** Several events come with one message: the message itself, the conversation, the ticks. */
export const RELOAD_DELAY = 200;

/**
 * Tells a panel that what it shows of a chat has changed. The events name no text: the panel asks for
 * its page again and the server checks again.
 *
 * @param {Object} options
 * @param {() => Object|undefined} options.source that the panel shows
 * @param {() => number[]} options.messageIds that it shows
 * @param {() => void} options.onNews
 * @param {() => void} options.onLost the chat is no longer for this user
 */
export function useWaPanelNews({ source, messageIds, onNews, onLost }) {
    const bus = useService("bus_service");
    const reload = useDebounced(() => source() && onNews(), RELOAD_DELAY);
    const listeners = {
        "discuss.channel/new_message": ({ id }) => id === source()?.thread_id,
        "mail.record/insert": (data) =>
            (data["wa.conversation"] ?? []).some(({ id }) => id === source()?.conversation_id) ||
            (data["mail.message"] ?? []).some(({ id }) => messageIds().includes(id)),
        "whatsapp_helpdesk/stretch_changed": ({ link_id: id }) => id === source()?.link_id,
    };
    for (const [type, isNews] of Object.entries(listeners)) {
        const listener = (payload) => {
            if (source() && isNews(payload)) {
                reload();
            }
        };
        bus.subscribe(type, listener);
        onWillDestroy(() => bus.unsubscribe(type, listener));
    }
    useEffect(
        (linkId) => {
            if (linkId) {
                const channel = `wa.conversation.link_${linkId}`;
                bus.addChannel(channel);
                return () => bus.deleteChannel(channel);
            }
        },
        () => [source()?.link_id]
    );

    useBus(useEnv().bus, "whatsapp_helpdesk:thread_lost", ({ detail: thread }) => {
        if (thread.id === source()?.thread_id) {
            onLost();
        }
    });
}
