import { WaWindowLeft } from "../common/wa_window_left";

import { Component } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";
import { user } from "@web/core/user";

const { DateTime } = luxon;

/** Name of a conversation, when and what was written last. */
export class WaSidebarLine extends Component {
    static template = "whatsapp_helpdesk.WaSidebarLine";
    static components = { WaWindowLeft };
    static props = ["thread"];

    get conversation() {
        return this.props.thread.wa_conversation_id;
    }

    /** As short as on a phone: the time today, the day this week, else the date. */
    get time() {
        const at = this.conversation.last_message_at;
        if (!at) {
            return "";
        }
        const days = DateTime.now().startOf("day").diff(at.startOf("day"), "days").days;
        if (days < 1) {
            return at.toLocaleString(DateTime.TIME_SIMPLE, { locale: user.lang });
        }
        if (days < 2) {
            return _t("Yesterday");
        }
        const format = days < 7 ? { weekday: "short" } : { day: "numeric", month: "short" };
        return at.toLocaleString(format, { locale: user.lang });
    }

    get fullTime() {
        return this.conversation.last_message_at?.toLocaleString(DateTime.DATETIME_FULL) ?? "";
    }
}
