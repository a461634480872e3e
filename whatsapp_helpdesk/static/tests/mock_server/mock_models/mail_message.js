import { mailModels } from "@mail/../tests/mail_test_helpers";

import { fields } from "@web/../tests/web_test_helpers";

export class MailMessage extends mailModels.MailMessage {
    wa_direction = fields.Char();
    wa_error = fields.Json({ default: false });
    wa_media_state = fields.Char({ default: false });
    wa_message_id = fields.Integer();
    wa_state = fields.Char();
    wa_type = fields.Char();

    get _to_store_defaults() {
        return [
            ...super._to_store_defaults,
            "wa_direction",
            "wa_error",
            "wa_media_state",
            "wa_message_id",
            "wa_state",
            "wa_type",
        ];
    }
}
