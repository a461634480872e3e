import { Component } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";

const FORWARDED = {
    once: { id: "forwarded", icon: "fa fa-share", text: _t("Forwarded") },
    often: { id: "forwarded", icon: "fa fa-share", text: _t("Forwarded many times") },
};
const NOTICE = { id: "notice", icon: "fa fa-bolt", text: _t("Sent automatically") };
const ORIGINS = {
    app: { id: "origin", icon: "fa fa-mobile", text: _t("Sent from the phone app") },
    history: { id: "origin", icon: "fa fa-history", text: _t("From the history") },
    standby: { id: "origin", icon: "fa fa-users", text: _t("Sent by another responder") },
};
const REPLIES = {
    button: { id: "reply", icon: "fa fa-hand-pointer-o", text: _t("Tapped a button") },
    list: { id: "reply", icon: "fa fa-list-ul", text: _t("Chose from a list") },
    template: {
        id: "reply",
        icon: "fa fa-hand-pointer-o",
        text: _t("Tapped a button of a template"),
    },
};
const VOICE = { id: "voice", icon: "fa fa-microphone", text: _t("Voice note") };

/** How a message came about, in small letters above it. */
export class WaMessageMarks extends Component {
    static template = "whatsapp_helpdesk.WaMessageMarks";
    static props = ["message"];

    get marks() {
        const { message } = this.props;
        const { wa_content: content, wa_forwarded, wa_origin } = message;
        // What the customer wrote while another responder had the chat was written by the customer
        const isOwn = wa_origin === "standby" && !message.isWaOutbound;
        return [
            FORWARDED[wa_forwarded],
            !isOwn && ORIGINS[wa_origin],
            message.wa_notice && NOTICE,
            content?.kind === "reply" && REPLIES[content.via],
            content?.kind === "audio" && content.voice && VOICE,
        ].filter(Boolean);
    }
}
