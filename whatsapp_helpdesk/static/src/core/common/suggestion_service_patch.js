import { SuggestionService } from "@mail/core/common/suggestion_service";

import { patch } from "@web/core/utils/patch";

const CUSTOMER_DELIMITERS = ["::", ":"];

patch(SuggestionService.prototype, {
    /** Mentions, channels and commands mean nothing to a customer. */
    getSupportedDelimiters(thread) {
        const delimiters = super.getSupportedDelimiters(...arguments);
        if (!thread?.isWaConversation) {
            return delimiters;
        }
        const allowed = thread.composer?.isWaNote
            ? [...CUSTOMER_DELIMITERS, "@"]
            : CUSTOMER_DELIMITERS;
        return delimiters.filter(([delimiter]) => allowed.includes(delimiter));
    },
});
