import { kindName } from "./wa_message_kinds";

import { Component, useState } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";

/** Stands for a file that is on its way or lost, or for content that is not shown yet. */
export class WaMessagePlaceholder extends Component {
    static template = "whatsapp_helpdesk.WaMessagePlaceholder";
    static props = ["message"];

    setup() {
        super.setup();
        this.state = useState({ busy: false });
    }

    get mediaState() {
        return this.props.message.waMediaState;
    }

    get icon() {
        return this.props.message.wa_type === "image" ? "fa-picture-o" : "fa-file-o";
    }

    get text() {
        const kind = kindName(this.props.message.wa_type);
        if (this.mediaState === "loading") {
            return _t("%(kind)s is being fetched…", { kind });
        }
        if (this.mediaState === "failed") {
            return _t("%(kind)s could not be fetched.", { kind });
        }
        return this.props.message.waPlaceholder;
    }

    async onClickRetry() {
        this.state.busy = true;
        try {
            await this.props.message.waRetry();
        } finally {
            this.state.busy = false;
        }
    }
}
