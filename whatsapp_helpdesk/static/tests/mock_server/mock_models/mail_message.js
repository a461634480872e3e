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
