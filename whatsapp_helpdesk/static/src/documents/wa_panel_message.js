import { previewText } from "../core/common/wa_message_kinds";
import { WaTicks } from "../core/common/wa_ticks";

import { Component } from "@odoo/owl";

import { deserializeDateTime } from "@web/core/l10n/dates";
import { user } from "@web/core/user";

const { DateTime } = luxon;

/** One message of a chat as forms show it. */
export class WaPanelMessage extends Component {
    static template = "whatsapp_helpdesk.WaPanelMessage";
    static components = { WaTicks };
    static props = { message: Object };

    get date() {
        return deserializeDateTime(this.props.message.date);
    }

    /** The time today, else the date too. */
    get time() {
        const isToday = this.date.hasSame(DateTime.now(), "day");
        const format = isToday
            ? DateTime.TIME_SIMPLE
            : { day: "numeric", month: "short", ...DateTime.TIME_SIMPLE };
        return this.date.toLocaleString(format, { locale: user.lang });
    }

    get fullTime() {
        return this.date.toLocaleString(DateTime.DATETIME_FULL, { locale: user.lang });
    }

    /** Places, contacts and the like have neither text nor file. */
    get preview() {
        const { body, files, preview } = this.props.message;
        return String(body) || files.length > 0 ? "" : previewText(preview);
    }

    /** @param {{mimetype: string}} file */
    kindOf(file) {
        const [kind] = (file.mimetype || "").split("/");
        return ["image", "audio", "video"].includes(kind) ? kind : "other";
    }
}
