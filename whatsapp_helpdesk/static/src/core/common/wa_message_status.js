import { useWaClock } from "./wa_clock";
import { kindName } from "./wa_message_kinds";
import { WaTicks } from "./wa_ticks";

import { Component, useState } from "@odoo/owl";

import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";

/** Says why a message did not reach the customer and what the agent can do. */
export class WaMessageStatus extends Component {
    static template = "whatsapp_helpdesk.WaMessageStatus";
    static components = { WaTicks };
    static props = ["message", "alignEnd?"];

    setup() {
        super.setup();
        this.dialog = useService("dialog");
        this.clock = useWaClock();
        this.state = useState({ busy: false });
    }

    get isFailed() {
        return this.props.message.wa_state === "failed";
    }

    get reason() {
        return this.props.message.wa_error?.message || _t("WhatsApp gave no reason.");
    }

    /** @returns {string} WhatsApp's own words, if they say more than ours */
    get details() {
        return this.props.message.wa_error?.details || "";
    }

    /** One message of Discuss may be several of WhatsApp, of which some arrive and some do not. */
    get parts() {
        return this.props.message.wa_parts || [];
    }

    /** @param {{type: string, name: string}} part */
    nameOf(part) {
        return part.name || kindName(part.type);
    }

    get title() {
        if (this.parts.length === 0) {
            return _t("Not sent.");
        }
        return _t("%(failed)s of %(all)s not sent.", {
            failed: this.parts.filter(({ state }) => state === "failed").length,
            all: this.parts.length,
        });
    }

    get canResend() {
        const { message } = this.props;
        return message.canWaRetry && message.isWaUnconfirmedLong(this.clock.now);
    }

    async onClickRetry() {
        this.state.busy = true;
        try {
            await this.props.message.waRetry();
        } finally {
            this.state.busy = false;
        }
    }

    onClickResend() {
        this.dialog.add(ConfirmationDialog, {
            title: _t("Send the message again?"),
            body: _t(
                "WhatsApp has not confirmed this message. The customer may have received it, and would then get it twice."
            ),
            confirmLabel: _t("Send again"),
            confirm: () => this.onClickRetry(),
            cancel: () => {},
        });
    }
}
