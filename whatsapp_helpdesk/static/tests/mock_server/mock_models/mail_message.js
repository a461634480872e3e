import { mailModels } from "@mail/../tests/mail_test_helpers";

import { fields } from "@web/../tests/web_test_helpers";

export class MailMessage extends mailModels.MailMessage {
    wa_content = fields.Json({ default: false });
    wa_direction = fields.Char();
    wa_edited = fields.Boolean();
    wa_error = fields.Json({ default: false });
    wa_forwarded = fields.Char({ default: false });
    wa_media_error = fields.Char({ default: false });
    wa_media_state = fields.Char({ default: false });
    wa_message_id = fields.Integer();
    wa_origin = fields.Char({ default: false });
    wa_referral = fields.Json({ default: false });
    wa_revoked = fields.Boolean();
    wa_parts = fields.Json({ default: false });
    wa_state = fields.Char();
    wa_type = fields.Char();

    /**
     * As the server does it: pages of a chat of WhatsApp follow the time.
     *
     * @override
     */
    _message_fetch(domain, thread, { around, before, limit = 30, search_term } = {}) {
        if (thread?.[0]?.channel_type !== "wa_conversation" || search_term) {
            return super._message_fetch(...arguments);
        }
        const messages = this._filter([
            ["model", "=", "discuss.channel"],
            ["res_id", "=", thread[0].id],
        ]).sort((m1, m2) => (m2.date || "").localeCompare(m1.date || "") || m2.id - m1.id);
        if (around !== undefined) {
            const exact = messages.findIndex(({ id }) => id === around);
            const found = exact === -1 ? messages.findIndex(({ id }) => id < around) : exact;
            const anchor = found === -1 ? messages.length : found;
            const newer = messages.slice(Math.max(0, anchor - limit / 2), anchor);
            return { messages: newer.concat(messages.slice(anchor, anchor + limit / 2)) };
        }
        const start = before ? messages.findIndex(({ id }) => id === before) + 1 : 0;
        return { messages: messages.slice(start, start + limit) };
    }

    get _to_store_defaults() {
        return [
            ...super._to_store_defaults,
            "wa_content",
            "wa_direction",
            "wa_edited",
            "wa_error",
            "wa_forwarded",
            "wa_media_error",
            "wa_media_state",
            "wa_message_id",
            "wa_origin",
            "wa_referral",
            "wa_revoked",
            "wa_parts",
            "wa_state",
            "wa_type",
        ];
    }
}
