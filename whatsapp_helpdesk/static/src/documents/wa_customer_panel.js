import { useWaClock } from "../core/common/wa_clock";
import { openChatWindow } from "./open_chat_action";
import { WaChatLine } from "./wa_chat_line";

import { ActionPanel } from "@mail/discuss/core/common/action_panel";

import { Component, onWillStart, onWillUpdateProps, status, useState } from "@odoo/owl";

import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { _t } from "@web/core/l10n/translation";
import { user } from "@web/core/user";
import { useBus, useService } from "@web/core/utils/hooks";

const { DateTime } = luxon;

/** Who writes, what they are worth and what the chat is about, beside the chat. */
export class WaCustomerPanel extends Component {
    static template = "whatsapp_helpdesk.WaCustomerPanel";
    static components = { ActionPanel, WaChatLine };
    static props = ["thread"];

    setup() {
        super.setup();
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.orm = useService("orm");
        this.store = useService("mail.store");
        this.clock = useWaClock();
        /** @type {{panel: Object|undefined}} see wa.conversation.get_customer_panel */
        this.state = useState({ panel: undefined });
        onWillStart(() => {
            this.load(this.props.thread);
        });
        onWillUpdateProps(({ thread }) => {
            if (thread.notEq(this.props.thread)) {
                this.state.panel = undefined;
                this.load(thread);
            }
        });
        useBus(this.env.bus, "whatsapp_helpdesk:documents_changed", () => this.reload());
    }

    get conversation() {
        return this.props.thread.wa_conversation_id;
    }

    get canLink() {
        return this.state.panel.actions.some(({ method }) => method === "action_link_document");
    }

    /** What time it is for the customer; nothing if that may be several. */
    get localTime() {
        const times = this.state.panel.time_zones.map((zone) => this.clock.now.setZone(zone));
        const [first] = times;
        return first?.isValid && times.every(({ offset }) => offset === first.offset)
            ? first.toLocaleString(DateTime.TIME_SIMPLE, { locale: user.lang })
            : "";
    }

    /** @param {import("models").Thread} thread */
    async load(thread) {
        const id = thread.wa_conversation_id?.id;
        if (!id) {
            return;
        }
        const panel = await this.orm.silent.call("wa.conversation", "get_customer_panel", [[id]]);
        if (status(this) !== "destroyed" && this.conversation?.id === id) {
            this.state.panel = panel;
        }
    }

    reload() {
        if (status(this) !== "destroyed") {
            return this.load(this.props.thread);
        }
    }

    /** @param {string} method public method of wa.conversation that answers with an action */
    run(method) {
        return this.conversation.callServer(method, { onClose: () => this.reload() });
    }

    /**
     * @param {string} model
     * @param {number} id
     */
    open(model, id) {
        return this.conversation.openRecord(model, id);
    }

    openFigure(figure) {
        return this.action.doAction(figure.action);
    }

    openChat(chat) {
        return openChatWindow(this.store, chat.thread_id);
    }

    async editLink(link) {
        const action = await this.orm.call("wa.conversation.link", "action_edit", [[link.id]]);
        await this.action.doAction(action, { onClose: () => this.reload() });
    }

    unlink(link) {
        this.dialog.add(ConfirmationDialog, {
            title: _t("Remove the link?"),
            body: _t("%(document)s stays, only the chat is no longer shown there.", {
                document: link.name,
            }),
            confirmLabel: _t("Remove"),
            confirm: async () => {
                await this.orm.call("wa.conversation.link", "action_unlink", [[link.id]]);
                await this.reload();
            },
            cancel: () => {},
        });
    }
}
