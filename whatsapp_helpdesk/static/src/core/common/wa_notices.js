import { Component } from "@odoo/owl";

/** What an agent should settle before answering. */
export class WaNotices extends Component {
    static template = "whatsapp_helpdesk.WaNotices";
    static props = ["thread"];

    get conversation() {
        return this.props.thread.wa_conversation_id;
    }
}
