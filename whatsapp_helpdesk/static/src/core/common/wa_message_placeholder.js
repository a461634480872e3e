import { kindName } from "./wa_message_kinds";

import { Component, useState } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";

const ICONS = {
    audio: "fa-microphone",
    image: "fa-picture-o",
    sticker: "fa-sticky-note-o",
    video: "fa-video-camera",
};

/** Stands for a file that is on its way or lost, or for content of which nothing can be shown. */
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
        return ICONS[this.props.message.wa_type] ?? "fa-file-o";
    }

    get reason() {
        return this.mediaState === "failed" && this.props.message.wa_media_error;
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
