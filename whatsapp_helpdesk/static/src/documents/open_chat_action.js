import { WaChatChooser } from "./wa_chat_chooser";

import { registry } from "@web/core/registry";

/**
 * @param {import("models").Store} store
 * @param {number} threadId id of a discuss.channel
 */
export async function openChatWindow(store, threadId) {
    const thread = await store.Thread.getOrFetch({ model: "discuss.channel", id: threadId });
    await thread?.openChatWindow({ focus: true });
}

/**
 * Opens a chat in a chat window, wherever the user is; asks which one if there are several.
 *
 * @param {import("@web/env").OdooEnv} env
 * @param {Object} action as wa.conversation._open_newest makes it
 */
export async function openChatAction(env, { name, params: { chats } }) {
    const store = env.services["mail.store"];
    if (chats.length === 1) {
        await openChatWindow(store, chats[0].thread_id);
        return;
    }
    env.services.dialog.add(WaChatChooser, {
        title: name,
        chats,
        onChosen: (chat) => openChatWindow(store, chat.thread_id),
    });
}

registry.category("actions").add("whatsapp_helpdesk.open_chat", openChatAction);
