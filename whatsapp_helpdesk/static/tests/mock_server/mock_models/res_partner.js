import { mailModels } from "@mail/../tests/mail_test_helpers";

import { fields } from "@web/../tests/web_test_helpers";

export class ResPartner extends mailModels.ResPartner {
    wa_conversation_count = fields.Integer();
    wa_unanswered_count = fields.Integer();

    _conversations_of(ids) {
        return this.env["wa.conversation"]._filter([["partner_id", "in", ids]]);
    }

    action_wa_open_chat(ids) {
        const conversations = this.env["wa.conversation"];
        return {
            type: "ir.actions.client",
            tag: "whatsapp_helpdesk.open_chat",
            name: "Amal",
            params: {
                chats: this._conversations_of(ids).map((c) => conversations._describe_chat(c)),
            },
        };
    }

    get_wa_panel(ids) {
        const conversations = this.env["wa.conversation"];
        const sources = this._conversations_of(ids).map((conversation) => ({
            ...conversations._describe_chat(conversation),
            conversation_id: conversation.id,
            link_id: false,
        }));
        const [first] = sources;
        return { sources, page: first ? conversations.get_recent([first.conversation_id]) : false };
    }
}
