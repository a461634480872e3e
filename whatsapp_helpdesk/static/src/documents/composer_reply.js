import { Composer } from "@mail/core/common/composer";
import { Message } from "@mail/core/common/message_model";
import { Store } from "@mail/core/common/store_service";

import { status, useEffect, useState } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";
import { patch } from "@web/core/utils/patch";

const LOST_STATES = new Set(["cancelled", "failed", "unconfirmed"]);

// Answers on a ticket go to the customer by WhatsApp, if the agent wants it.

patch(Composer.prototype, {
    setup() {
        super.setup(...arguments);
        this.waReply = useState({ canSend: false, isWanted: false, reason: "" });
        useEffect(
            (ticketId) => {
                this.loadWaReply(ticketId);
            },
            () => [this.waTicketId]
        );
    },
    /** The ticket that an answer is written on; nothing for notes and for what is edited. */
    get waTicketId() {
        const { composer, type } = this.props;
        const { message, thread } = composer;
        return !message && thread?.model === "helpdesk.ticket" && type === "message" && thread.id;
    },
    get postData() {
        const data = super.postData;
        if (this.waTicketId && this.waReply.canSend && this.waReply.isWanted) {
            data.waSend = true;
        }
        return data;
    },
    /** @param {number|false|undefined} ticketId */
    async loadWaReply(ticketId) {
        Object.assign(this.waReply, { canSend: false, isWanted: false, reason: "" });
        if (!ticketId) {
            return;
        }
        const { orm } = this.env.services;
        const reply = await orm.silent.call("helpdesk.ticket", "get_wa_reply", [[ticketId]]);
        if (status(this) !== "destroyed" && this.waTicketId === ticketId) {
            Object.assign(this.waReply, {
                canSend: reply.can_send,
                isWanted: reply.is_default,
                reason: reply.reason,
            });
        }
    },
    /** @param {Event} ev */
    onChangeWaReply(ev) {
        this.waReply.isWanted = ev.target.checked;
    },
});

patch(Store.prototype, {
    async getMessagePostParams({ postData }) {
        const params = await super.getMessagePostParams(...arguments);
        if (postData.waSend) {
            params.post_data.wa_send = true;
        }
        return params;
    },
});

patch(Message.prototype, {
    setup() {
        super.setup(...arguments);
        /** @type {string|false|undefined} what became of an answer on a ticket, by WhatsApp */
        this.wa_copy_state = undefined;
    },
    get isWaReplyLost() {
        return LOST_STATES.has(this.wa_copy_state);
    },
    get waReplyLabel() {
        return this.isWaReplyLost ? _t("Not sent by WhatsApp") : _t("By WhatsApp");
    },
});
