import { useWaClock } from "./wa_clock";

import { Component } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";

const { DateTime } = luxon;

/** Takes the place of the composer while WhatsApp refuses messages to the customer. */
export class WaWindowBanner extends Component {
    static template = "whatsapp_helpdesk.WaWindowBanner";
    static props = ["thread"];

    setup() {
        super.setup();
        this.clock = useWaClock();
    }

    get title() {
        const end = this.props.thread.wa_conversation_id.window_expires_at;
        if (!end) {
            return _t("The customer has not written yet.");
        }
        return _t("The 24-hour window closed %(ago)s (%(date)s).", {
            ago: end.toRelative({ base: this.clock.now }),
            date: end.toLocaleString(DateTime.DATETIME_MED),
        });
    }

    onClickNote() {
        this.props.thread.composer.setWaNote(true);
    }
}
