import { registerThreadAction, threadActionsRegistry } from "@mail/core/common/thread_actions";
import "@mail/discuss/core/common/thread_actions";

import { _t } from "@web/core/l10n/translation";
import { patch } from "@web/core/utils/patch";

/** First in the menu of a chat window, leftmost in the header of Discuss. */
const sequenceGroup = ({ owner }) => (owner.props.chatWindow ? 5 : 50);
const linkGroup = ({ owner }) => (owner.props.chatWindow ? 6 : 45);

/**
 * @param {string} right that the action needs, one of `access.RIGHTS`
 * @param {(conversation: import("models").WaConversation) => boolean} [predicate]
 * @returns {Function} condition of a thread action
 */
function when(right, predicate = () => true) {
    return ({ owner, thread }) => {
        const conversation = thread?.wa_conversation_id;
        return Boolean(
            conversation?.state &&
            (!owner.props.chatWindow || owner.props.chatWindow.isOpen) &&
            conversation.can(right) &&
            predicate(conversation)
        );
    };
}

/** @param {string} method public method of wa.conversation */
function call(method) {
    return ({ thread }) => thread.wa_conversation_id.callServer(method);
}

registerThreadAction("wa-take", {
    condition: when("handle", (conversation) => !conversation.isMine && !conversation.isClosed),
    icon: "fa fa-fw fa-hand-paper-o",
    inlineName: ({ thread }) =>
        thread.wa_conversation_id.isUnassigned ? _t("Take") : _t("Take over"),
    name: ({ thread }) =>
        thread.wa_conversation_id.isUnassigned
            ? _t("Take this conversation")
            : _t("Take over from %(agent)s", { agent: thread.wa_conversation_id.user_id.name }),
    open: call("action_take"),
    sequence: 10,
    sequenceGroup,
});
registerThreadAction("wa-release", {
    condition: when("handle", (conversation) => conversation.isMine && !conversation.isClosed),
    icon: "fa fa-fw fa-share-square-o",
    name: _t("Release: back to the team"),
    open: call("action_release"),
    sequence: 20,
    sequenceGroup,
});
registerThreadAction("wa-wait", {
    condition: when(
        "handle",
        ({ isMine, state }) => isMine && ["in_progress", "snoozed"].includes(state)
    ),
    icon: "fa fa-fw fa-hourglass-half",
    name: _t("Waiting for the customer"),
    open: call("action_wait"),
    sequence: 30,
    sequenceGroup,
});
registerThreadAction("wa-snooze", {
    condition: when("handle", (conversation) => !conversation.isClosed),
    icon: "fa fa-fw fa-clock-o",
    name: _t("Snooze"),
    open: call("action_snooze"),
    sequence: 40,
    sequenceGroup,
});
registerThreadAction("wa-close", {
    condition: when("handle", (conversation) => !conversation.isClosed),
    icon: "fa fa-fw fa-check",
    inlineName: _t("Close"),
    name: _t("Close the conversation"),
    open: call("action_close"),
    sequence: 50,
    sequenceGroup,
});
registerThreadAction("wa-reopen", {
    condition: when("handle", ({ isClosed, is_history }) => isClosed && !is_history),
    icon: "fa fa-fw fa-folder-open-o",
    inlineName: _t("Reopen"),
    name: _t("Reopen the conversation"),
    open: call("action_reopen"),
    sequence: 60,
    sequenceGroup,
});
registerThreadAction("wa-transfer", {
    condition: when("assign", ({ is_history }) => !is_history),
    icon: "fa fa-fw fa-exchange",
    name: _t("Hand over to a colleague or another team"),
    open: call("action_transfer"),
    sequence: 25,
    sequenceGroup,
});
registerThreadAction("wa-invite", {
    // who was only invited, to advise, invites nobody
    condition: when(
        "note",
        (conversation) => conversation.can("reply") || conversation.can("handle")
    ),
    icon: "fa fa-fw fa-user-plus",
    name: _t("Invite a colleague"),
    open: call("action_invite"),
    sequence: 5,
    sequenceGroup: linkGroup,
});
registerThreadAction("wa-customer", {
    condition: when("read", (conversation) => Boolean(conversation.partner_id)),
    icon: "fa fa-fw fa-user",
    name: _t("Open the customer"),
    open: ({ thread }) => thread.wa_conversation_id.openCustomer(),
    sequence: 10,
    sequenceGroup: linkGroup,
});
registerThreadAction("wa-form", {
    condition: when("read"),
    icon: "fa fa-fw fa-external-link",
    name: _t("Open the conversation's form"),
    open: ({ thread }) => thread.wa_conversation_id.openForm(),
    sequence: 20,
    sequenceGroup: linkGroup,
});

registerThreadAction("wa-block", {
    condition: when("manage", ({ is_blocked }) => !is_blocked),
    icon: "fa fa-fw fa-ban",
    name: _t("Block the customer"),
    open: ({ thread }) => thread.wa_conversation_id.askToBlock(),
    sequence: 30,
    sequenceGroup: linkGroup,
});
registerThreadAction("wa-unblock", {
    condition: when("manage", ({ is_blocked }) => is_blocked),
    icon: "fa fa-fw fa-unlock",
    name: _t("Unblock the customer"),
    open: call("action_unblock"),
    sequence: 30,
    sequenceGroup: linkGroup,
});

// Colleagues come in by team, assignment and our own invitation, which asks for the reason, and the
// customer's name is not ours to change.
for (const id of ["invite-people", "rename-thread"]) {
    patch(threadActionsRegistry.get(id), {
        condition({ thread }) {
            return !thread?.isWaConversation && super.condition(...arguments);
        },
    });
}
