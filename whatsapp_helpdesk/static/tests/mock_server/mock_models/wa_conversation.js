import { mailDataHelpers } from "@mail/../tests/mock_server/mail_mock_server";

import { fields, makeKwArgs, models } from "@web/../tests/web_test_helpers";

export const RIGHTS = ["read", "note", "reply", "handle", "assign", "manage"];

/** The part of the server's wa.conversation that the client knows. */
export class WaConversation extends models.Model {
    _name = "wa.conversation";

    candidate_count = fields.Integer();
    company_id = fields.Many2one({ relation: "res.company" });
    contact_phone = fields.Char();
    discuss_channel_id = fields.Many2one({ relation: "discuss.channel" });
    handled_by = fields.Char({ default: "" });
    is_blocked = fields.Boolean();
    my_rights = fields.Json({ default: RIGHTS });
    no_reply = fields.Char({ default: "" });
    last_message_at = fields.Datetime();
    last_message_preview = fields.Char();
    name = fields.Char();
    partner_id = fields.Many2one({ relation: "res.partner" });
    priority = fields.Char({ default: "0" });
    state = fields.Char({ default: "open" });
    team_name = fields.Char();
    unanswered_count = fields.Integer();
    user_id = fields.Many2one({ relation: "res.users" });
    wa_channel_name = fields.Char();
    window_expires_at = fields.Datetime();
    window_state = fields.Char({ default: "open" });
    window_warning_hours = fields.Float({ default: 2 });

    _views = { form: `<form><field name="name"/></form>` };

    get _to_store_defaults() {
        const { Store } = mailDataHelpers;
        return [
            "candidate_count",
            "company_id",
            "contact_phone",
            Store.attr("discuss_channel_id", ({ discuss_channel_id: id }) => ({
                id,
                model: "discuss.channel",
            })),
            "handled_by",
            "is_blocked",
            "last_message_at",
            "last_message_preview",
            "name",
            Store.one("partner_id", makeKwArgs({ fields: ["name"] })),
            "priority",
            "state",
            "team_name",
            "unanswered_count",
            Store.one("user_id", makeKwArgs({ fields: [Store.one("partner_id", ["name"])] })),
            "wa_channel_name",
            "window_expires_at",
            "window_warning_hours",
        ];
    }

    /** What a test wrote into `my_rights`: who may do what is decided, and tested, on the server. */
    get_my_rights(ids) {
        const readable = this.browse(ids).filter(({ my_rights }) => my_rights.includes("read"));
        return Object.fromEntries(
            readable.map(({ id, my_rights: rights, no_reply }) => [id, { rights, no_reply }])
        );
    }

    get_unreadable_threads(threadIds) {
        return this._filter([["discuss_channel_id", "in", threadIds]])
            .filter(({ my_rights }) => !my_rights.includes("read"))
            .map(({ discuss_channel_id }) => discuss_channel_id);
    }

    action_take(ids) {
        return this._change(ids, { state: "in_progress", user_id: this.env.uid });
    }

    action_release(ids) {
        return this._change(ids, { state: "open", user_id: false });
    }

    action_close(ids) {
        return this._change(ids, { state: "closed", unanswered_count: 0 });
    }

    action_reopen(ids) {
        return this._change(ids, { state: "open" });
    }

    action_mark_read() {
        return true;
    }

    action_typing() {
        return true;
    }

    action_unblock(ids) {
        return this._change(ids, { is_blocked: false });
    }

    action_block(ids) {
        return this._change(ids, { is_blocked: true });
    }

    action_choose_partner() {
        return {
            type: "ir.actions.act_window",
            res_model: "wa.conversation",
            views: [[false, "form"]],
            target: "new",
        };
    }

    /** There are none; tests that need some answer themselves. */
    get_usable_templates() {
        return [];
    }

    /** Nothing is known of the customer; tests that show more answer themselves. */
    get_customer_panel(ids) {
        const [conversation] = this.browse(ids);
        return {
            actions: [],
            earlier: [],
            figures: [],
            links: [],
            name: conversation.name,
            partner: false,
            phone: conversation.contact_phone,
            tags: [],
            time_zones: [],
        };
    }

    get_recent(ids) {
        const [conversation] = this.browse(ids);
        const messages = this.env["mail.message"]._filter([
            ["model", "=", "discuss.channel"],
            ["res_id", "=", conversation.discuss_channel_id],
        ]);
        return {
            has_more: false,
            is_reader: true,
            messages: messages.map((message) => ({
                author: "Mitchell",
                body: message.body,
                date: message.date,
                files: [],
                id: message.id,
                is_inbound: message.wa_direction === "inbound",
                preview: "",
                state: message.wa_state,
            })),
            name: conversation.name,
            thread_id: conversation.discuss_channel_id,
        };
    }

    _describe_chat({ id, ...conversation }) {
        return {
            id,
            last_message_at: conversation.last_message_at,
            name: conversation.name,
            number: conversation.wa_channel_name,
            preview: conversation.last_message_preview,
            state: conversation.state,
            team: conversation.team_name,
            thread_id: conversation.discuss_channel_id,
            unanswered: conversation.unanswered_count,
        };
    }

    /** Writes and tells the browser, as the server does on the bus channel of the team. */
    _change(ids, values) {
        this.write(ids, values);
        const [partner] = this.env["res.partner"].read(this.env.user.partner_id);
        this.env["bus.bus"]._sendone(partner, "mail.record/insert", this._team_data(ids));
        return false;
    }

    _team_data(ids) {
        const conversations = this.browse(ids);
        const channels = this.env["discuss.channel"].browse(
            conversations.map((conversation) => conversation.discuss_channel_id)
        );
        return new mailDataHelpers.Store(
            channels,
            makeKwArgs({ fields: ["channel_type", "name", "uuid"] })
        )
            .add(channels, makeKwArgs({ fields: [channels._wa_store_field] }))
            .get_result();
    }
}
