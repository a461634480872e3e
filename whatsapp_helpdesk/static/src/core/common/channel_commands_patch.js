import "@mail/discuss/core/common/channel_commands";

import { registry } from "@web/core/registry";
import { patch } from "@web/core/utils/patch";

// A customer gets what was typed: "/help" is text in a conversation, not a command.
for (const command of registry.category("discuss.channel_commands").getAll()) {
    patch(command, {
        condition({ thread }) {
            return !thread?.isWaConversation && (super.condition?.(...arguments) ?? true);
        },
    });
}
