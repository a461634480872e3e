import { previewText } from "../core/common/wa_message_kinds";

import { Component } from "@odoo/owl";

import { deserializeDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { user } from "@web/core/user";

const { DateTime } = luxon;

const STATES = {
    open: _t("Open"),
    in_progress: _t("In progress"),
    waiting: _t("Waiting"),
    snoozed: _t("Snoozed"),
    closed: _t("Closed"),
};

/** One conversation on two lines: who, on which number, when and what was written last. */
export class WaChatLine extends Component {
    static template = "whatsapp_helpdesk.WaChatLine";
    static props = { chat: Object, onClick: Function };

    get place() {
        const { number, team } = this.props.chat;
        return [number, team].filter(Boolean).join(" · ");
    }

    get stateText() {
        return STATES[this.props.chat.state];
    }

    get previewText() {
        return previewText(this.props.chat.preview);
    }

    get time() {
        const { last_message_at: at } = this.props.chat;
        return at
            ? deserializeDateTime(at).toLocaleString(DateTime.DATETIME_MED, { locale: user.lang })
            : "";
    }
}
