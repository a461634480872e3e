/** Asks the server what the user may do with conversations, once for all that are asked together. */
export class WaRights {
    /** @param {import("models").Store} store */
    constructor(store) {
        this.store = store;
        /** @type {Map<import("models").WaConversation, string>} what is asked, and its state then */
        this.waiting = new Map();
    }

    /**
     * @param {import("models").WaConversation} conversation
     * @param {string} key stands for what the answer depends on
     */
    ask(conversation, key) {
        if (this.waiting.size === 0) {
            Promise.resolve().then(() => this.load());
        }
        this.waiting.set(conversation, key);
    }

    async load() {
        const asked = this.waiting;
        this.waiting = new Map();
        let answers;
        try {
            const ids = [...asked.keys()].map(({ id }) => id);
            const { orm } = this.store.env.services;
            answers = await orm.silent.call("wa.conversation", "get_my_rights", [ids]);
        } catch (error) {
            console.debug(`get_my_rights: ${error.message}`);
            answers = undefined;
        }
        for (const [conversation, key] of asked) {
            // a later question may be under way
            if (conversation.exists() && conversation.rightsKey === key) {
                conversation.receiveRights(answers && (answers[conversation.id] ?? false));
            }
        }
    }
}
