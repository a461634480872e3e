import { mailModels } from "@mail/../tests/mail_test_helpers";
import { mailDataHelpers } from "@mail/../tests/mock_server/mail_mock_server";

import { fields } from "@web/../tests/web_test_helpers";

export class DiscussChannel extends mailModels.DiscussChannel {
    wa_conversation_id = fields.Many2one({ relation: "wa.conversation" });

    get _wa_store_field() {
        return mailDataHelpers.Store.one("wa_conversation_id");
    }

    /**
     * @override
     * @type {typeof mailModels.DiscussChannel["prototype"]["_to_store"]}
     */
    _to_store(store, requested) {
        super._to_store(...arguments);
        if (requested?.length) {
            return;
        }
        for (const { channel_type, id } of this) {
            if (channel_type === "wa_conversation") {
                store._add_record_fields(this.browse(id), [this._wa_store_field]);
            }
        }
    }
}
