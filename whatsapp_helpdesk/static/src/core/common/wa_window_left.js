import { useWaClock } from "./wa_clock";

import { Component } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";

const { DateTime } = luxon;

/** Up to here minutes matter. */
const SHORT_MINUTES = 120;

/**
 * @param {number} minutes
 * @returns {string} how long that is, the shorter the more exact
 */
export function durationText(minutes) {
    const hours = Math.floor(minutes / 60);
    if (minutes < 60) {
        return _t("%(minutes)s min", { minutes });
    }
    return minutes > SHORT_MINUTES
        ? _t("%(hours)s h", { hours })
        : _t("%(hours)s h %(minutes)s min", { hours, minutes: minutes % 60 });
}

/**
 * @param {luxon.DateTime|false|undefined} end of a customer service window
 * @param {luxon.DateTime} now
 * @returns {number} whole minutes until free messages to the customer are refused
 */
export function minutesUntil(end, now) {
    return end ? Math.max(0, Math.ceil(end.diff(now).as("minutes"))) : 0;
}

/**
 * @param {luxon.DateTime|false|undefined} end of a customer service window
 * @param {boolean} isOpen
 * @returns {string} what it means for who wants to write
 */
export function windowTitle(end, isOpen) {
    const date = end ? end.toLocaleString(DateTime.DATETIME_MED) : "";
    if (isOpen) {
        return _t("WhatsApp takes free messages until %(date)s, then only templates.", { date });
    }
    return end
        ? _t("The window closed %(date)s: WhatsApp takes only templates.", { date })
        : _t("The customer has not written yet: WhatsApp takes only templates.");
}

/** How long the customer can still be written to without a template. */
export class WaWindowLeft extends Component {
    static template = "whatsapp_helpdesk.WaWindowLeft";
    static props = ["conversation", "class?"];

    setup() {
        super.setup();
        this.clock = useWaClock();
    }

    get minutes() {
        const { conversation } = this.props;
        // WhatsApp may close it between two looks at the clock
        return conversation.isWindowOpen ? conversation.minutesLeft(this.clock.now) : 0;
    }

    get isClosing() {
        return this.minutes > 0 && this.props.conversation.isClosing(this.clock.now);
    }

    get text() {
        return this.minutes ? durationText(this.minutes) : "";
    }

    get title() {
        return windowTitle(this.props.conversation.window_expires_at, this.minutes > 0);
    }
}
