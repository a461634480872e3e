import { WaChatLine } from "./wa_chat_line";

import { Component } from "@odoo/owl";

import { Dialog } from "@web/core/dialog/dialog";

/** Asks which of several running chats to open. */
export class WaChatChooser extends Component {
    static template = "whatsapp_helpdesk.WaChatChooser";
    static components = { Dialog, WaChatLine };
    static props = { chats: Array, close: Function, onChosen: Function, title: String };

    choose(chat) {
        this.props.close();
        this.props.onChosen(chat);
    }
}
