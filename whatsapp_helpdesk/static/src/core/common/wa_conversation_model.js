import { previewText } from "./wa_message_kinds";
import { minutesUntil } from "./wa_window_left";

import { fields, Record } from "@mail/core/common/record";

import { browser } from "@web/core/browser/browser";
import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { _t } from "@web/core/l10n/translation";
import { user } from "@web/core/user";

const { DateTime } = luxon;

/** Meta's code for a message that needed an open customer service window. */
const WINDOW_CLOSED = 131047;

/** WhatsApp shows "typing…" for 25 seconds, or until a message arrives. */
export const TYPING_INTERVAL = 20 * 1000;

/** One case with one customer on one business number; it owns one discuss.channel. */
export class WaConversation extends Record {
    static _name = "wa.conversation";
    static id = "id";

    /** @type {number} */
    id;
    /** @type {number} partners that share the number while none is chosen */
    candidate_count = 0;
    /** @type {number} */
    company_id;
    /** @type {string} */
    contact_phone;
    /** @type {string} Meta's role of the responder who has the thread instead of us, "" if we do */
    handled_by = "";
    /** Whether we blocked the customer. */
    is_blocked = false;
    /** Whether it holds the messages from before the number was connected. */
    is_history = false;
    discuss_channel_id = fields.One("Thread", { inverse: "wa_conversation_id" });
    last_message_at = fields.Datetime();
    /** @type {string} */
    last_message_preview;
    /** @type {string} */
    name;
    partner_id = fields.One("res.partner", { inverse: "waConversations" });
    /** @type {"0"|"1"} */
    priority;
    /** @type {"open"|"in_progress"|"waiting"|"snoozed"|"closed"} */
    state;
    /** @type {string} */
    team_name;
    unanswered_count = 0;
    user_id = fields.One("res.users");
    /** @type {string} name of the business number */
    wa_channel_name;
    /** @type {number} hours before the end of the window from which agents are warned */
    window_warning_hours = 2;
    window_expires_at = fields.Datetime({
        onUpdate() {
            this.scheduleWindowEnd();
        },
    });
    /** Goes up when the window ends, so that what depends on the clock is computed again. */
    windowEnds = 0;
    isWindowOpen = fields.Attr(false, {
        compute() {
            void this.windowEnds;
            return Boolean(this.window_expires_at && this.window_expires_at > DateTime.now());
        },
    });

    /** @type {string[]|undefined} what the user may do, see `access.RIGHTS`; known once it is asked */
    rights = undefined;
    /** @type {string} why the user may not answer, "" if they may */
    noReply = "";
    /** Goes up when the server said that somebody's rights changed. */
    rightsChanges = 0;
    /** @type {string|undefined} the `rightsKey` for which the server was asked */
    rightsKnownFor = undefined;

    /** @type {number|undefined} */
    windowTimer;
    /** Time stamp of the last "typing…" that the customer was shown. */
    typingAt = -Infinity;
    /** Id of the newest message of the customer that this browser reported as seen. */
    seenMessageId = 0;

    delete() {
        browser.clearTimeout(this.windowTimer);
        super.delete(...arguments);
    }

    /** Whether the user may write to the customer, and WhatsApp takes it now. */
    get canSend() {
        return !this.replyObstacle;
    }

    /** What the rights depend on, besides the roles in the teams. */
    get rightsKey() {
        return `${this.user_id?.id} ${this.team_name} ${this.rightsChanges}`;
    }

    /**
     * @param {"read"|"note"|"reply"|"handle"|"assign"|"manage"} right
     * @returns {boolean} whether the server would let the user do this; false until it said so
     */
    can(right) {
        return Boolean(this.rights?.includes(right));
    }

    /** Whether it belongs to a company that is switched off. */
    get isElsewhere() {
        return Boolean(
            this.company_id && !user.activeCompanies.some(({ id }) => id === this.company_id)
        );
    }

    get isClosed() {
        return this.state === "closed";
    }

    get isMine() {
        return Boolean(this.user_id && this.user_id.eq(this.store.self.main_user_id));
    }

    get isUnassigned() {
        return !this.user_id;
    }

    /**
     * @returns {"rights"|"blocked"|"elsewhere"|"window"|false} why the user cannot write to the
     * customer now
     */
    get replyObstacle() {
        if (!this.can("reply")) {
            return "rights";
        }
        if (this.is_blocked) {
            return "blocked";
        }
        if (this.handled_by) {
            return "elsewhere";
        }
        return !this.isWindowOpen && "window";
    }

    get displayName() {
        return this.partner_id?.displayName || this.name || this.contact_phone;
    }

    get previewText() {
        return previewText(this.last_message_preview);
    }

    /** Whether WhatsApp itself said that the window is closed, since the customer wrote last. */
    get isWindowRefused() {
        const messages = this.discuss_channel_id?.messages ?? [];
        const last = messages.findLast(
            ({ isWaReadable, wa_error: error }) => isWaReadable || error?.code === WINDOW_CLOSED
        );
        return Boolean(last && !last.isWaReadable);
    }

    /**
     * @param {luxon.DateTime} now
     * @returns {number} whole minutes until free messages to the customer are refused
     */
    minutesLeft(now) {
        return minutesUntil(this.window_expires_at, now);
    }

    /**
     * @param {luxon.DateTime} now
     * @returns {boolean} whether the window is open but about to end
     */
    isClosing(now) {
        const minutes = this.minutesLeft(now);
        return minutes > 0 && minutes <= this.window_warning_hours * 60;
    }

    scheduleWindowEnd() {
        browser.clearTimeout(this.windowTimer);
        if (!this.window_expires_at) {
            return;
        }
        const delay = this.window_expires_at.diff(DateTime.now()).as("milliseconds");
        if (delay > 0) {
            this.windowTimer = browser.setTimeout(() => this.windowEnds++, delay + 1);
        }
    }

    /** Asks what the user may do, unless that is known. */
    loadRights() {
        const key = this.rightsKey;
        if (this.rightsKnownFor !== key) {
            this.rightsKnownFor = key;
            this.store.waRights.ask(this, key);
        }
    }

    /** @param {{rights: string[], no_reply: string}|false|undefined} answer undefined: none came */
    receiveRights(answer) {
        if (answer === undefined) {
            this.rightsKnownFor = undefined;
            return;
        }
        this.rights = answer ? answer.rights : [];
        this.noReply = answer ? answer.no_reply : "";
        if (!answer) {
            this.store.env.bus.trigger("whatsapp_helpdesk:unreadable", this.discuss_channel_id);
        }
    }

    /**
     * @param {string} method public server method that works on one conversation
     * @param {Object} [options] of the action that it may return
     * @param {any[]} [args] of the method
     */
    async callServer(method, options, args = []) {
        const { action, orm } = this.store.env.services;
        const result = await orm.call("wa.conversation", method, [[this.id], ...args]);
        if (result?.type) {
            await action.doAction(result, options);
        }
    }

    /**
     * Opens the dialog in which a template is filled in and sent.
     *
     * @param {number} templateId
     */
    composeTemplate(templateId) {
        return this.callServer("action_compose_template", {}, [templateId]);
    }

    /** Opens the dialog in which a supervisor says why they answer in somebody's place. */
    answerAnyway() {
        return this.callServer("action_override_reply", { onClose: () => this.rightsChanges++ });
    }

    askToBlock() {
        this.store.env.services.dialog.add(ConfirmationDialog, {
            title: _t("Block %(customer)s?", { customer: this.displayName }),
            body: _t(
                "WhatsApp will deliver none of their messages and calls to this number, and none of yours to them, until somebody unblocks them."
            ),
            confirmLabel: _t("Block"),
            confirmClass: "btn-danger",
            confirm: () => this.callServer("action_block"),
            cancel: () => {},
        });
    }

    /** Shows the customer that an answer is being written. */
    notifyTyping() {
        const now = DateTime.now().ts;
        if (this.replyObstacle || now - this.typingAt < TYPING_INTERVAL) {
            return;
        }
        this.typingAt = now;
        this.tellServer("action_typing");
    }

    /**
     * @param {number} messageId of the newest message of the customer; 0 if there is none
     * @returns {boolean} whether the customer should hear that it was read
     */
    awaitsReceipt(messageId) {
        return (
            messageId > this.seenMessageId &&
            this.can("reply") &&
            !this.is_blocked &&
            !this.handled_by
        );
    }

    /**
     * Shows the customer that their messages were read.
     *
     * @param {number} messageId of the newest one
     */
    notifySeen(messageId) {
        this.seenMessageId = messageId;
        this.tellServer("action_mark_read");
    }

    /**
     * Calls what the agent did not ask for, and need not hear of when it fails.
     *
     * @param {string} method public server method that works on one conversation
     */
    async tellServer(method) {
        try {
            await this.store.env.services.orm.silent.call("wa.conversation", method, [[this.id]]);
        } catch (error) {
            console.debug(`${method} of conversation ${this.id}: ${error.message}`);
        }
    }

    openForm() {
        return this.openRecord("wa.conversation", this.id);
    }

    openCustomer() {
        return this.openRecord("res.partner", this.partner_id.id);
    }

    /**
     * @param {string} model
     * @param {number} id
     */
    openRecord(model, id) {
        return this.store.env.services.action.doAction({
            type: "ir.actions.act_window",
            res_model: model,
            res_id: id,
            views: [[false, "form"]],
        });
    }
}

WaConversation.register();
