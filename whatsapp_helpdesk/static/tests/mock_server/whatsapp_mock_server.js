import { mailDataHelpers } from "@mail/../tests/mock_server/mail_mock_server";

import { patch } from "@web/core/utils/patch";

patch(mailDataHelpers, {
    _process_request_for_internal_user(store, name) {
        super._process_request_for_internal_user(...arguments);
        if (name !== "whatsapp_helpdesk.inbox") {
            return;
        }
        const conversations = this.env["wa.conversation"]
            ._filter([
                ["state", "!=", "closed"],
                ["user_id", "in", [false, this.env.uid]],
            ])
            .filter(({ my_rights }) => my_rights.includes("read"));
        store.add(
            this.env["discuss.channel"].browse(
                conversations.map((conversation) => conversation.discuss_channel_id)
            )
        );
    },
});
