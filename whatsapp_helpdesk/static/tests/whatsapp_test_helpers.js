import { DiscussChannel } from "./mock_server/mock_models/discuss_channel";
import { MailMessage } from "./mock_server/mock_models/mail_message";
import { ResPartner } from "./mock_server/mock_models/res_partner";
import { WaConversation } from "./mock_server/mock_models/wa_conversation";
import "./mock_server/whatsapp_mock_server";

import { mailModels } from "@mail/../tests/mail_test_helpers";
import { mailDataHelpers } from "@mail/../tests/mock_server/mail_mock_server";

import { Command, defineModels, makeKwArgs, serverState } from "@web/../tests/web_test_helpers";
import { serializeDateTime } from "@web/core/l10n/dates";

const { DateTime } = luxon;

export const whatsAppModels = {
    ...mailModels,
    DiscussChannel,
    MailMessage,
    ResPartner,
    WaConversation,
};

export function defineWhatsAppModels() {
    return defineModels(whatsAppModels);
}

/**
 * @param {Object} duration luxon duration from now; negative for the past
 * @returns {string} as the server writes it
 */
export function fromNow(duration) {
    return serializeDateTime(DateTime.now().plus(duration));
}

/**
 * Creates a conversation with its chat.
 *
 * @param {Object} pyEnv the mock server
 * @param {Object} [values] of the conversation; `mine` gives it to the current user, as a member
 * @returns {{channelId: number, conversationId: number, partnerId: number}}
 */
export function createConversation(pyEnv, { mine = false, customer = "Amal", ...values } = {}) {
    const partnerId = pyEnv["res.partner"].create({ name: customer });
    const members = mine ? [Command.create({ partner_id: serverState.partnerId })] : [];
    const channelId = pyEnv["discuss.channel"].create({
        channel_member_ids: members,
        channel_type: "wa_conversation",
        name: customer,
    });
    const conversationId = pyEnv["wa.conversation"].create({
        company_id: pyEnv.company.id,
        contact_phone: "+49 30 901820",
        discuss_channel_id: channelId,
        last_message_at: fromNow({ minutes: -5 }),
        last_message_preview: "Where is my order?",
        name: customer,
        partner_id: partnerId,
        state: mine ? "in_progress" : "open",
        team_name: "Support",
        unanswered_count: 1,
        user_id: mine ? serverState.userId : false,
        wa_channel_name: "Shop",
        window_expires_at: fromNow({ hours: 20 }),
        ...values,
    });
    pyEnv["discuss.channel"].write([channelId], { wa_conversation_id: conversationId });
    return { channelId, conversationId, partnerId };
}

/**
 * @param {Object} pyEnv the mock server
 * @param {number} channelId
 * @param {Object} [values] of the mail.message
 * @returns {number} id of a message to the customer, or from the customer
 */
export function createWaMessage(pyEnv, channelId, values = {}) {
    return pyEnv["mail.message"].create({
        body: "Hello",
        message_type: "whatsapp_message",
        model: "discuss.channel",
        res_id: channelId,
        subtype_id: subtypeId(pyEnv, "mail.mt_comment"),
        wa_direction: "outbound",
        wa_message_id: 70,
        wa_state: "sent",
        wa_type: "text",
        ...values,
    });
}

/**
 * Writes as the customer does: the message is made by the server, the browser only hears of it.
 *
 * @param {Object} pyEnv the mock server
 * @param {{channelId: number, conversationId: number, partnerId: number}} conversation
 * @param {string} body
 * @param {Object} [values] of the mail.message
 */
export function customerWrites(pyEnv, { channelId, conversationId, partnerId }, body, values = {}) {
    const messageId = createWaMessage(pyEnv, channelId, {
        author_id: partnerId,
        body,
        wa_direction: "inbound",
        wa_state: "received",
        ...values,
    });
    const [conversation] = pyEnv["wa.conversation"].browse(conversationId);
    pyEnv["wa.conversation"].write([conversationId], {
        last_message_preview: body,
        unanswered_count: conversation.unanswered_count + 1,
    });
    const [self] = pyEnv["res.partner"].read(serverState.partnerId);
    pyEnv["bus.bus"]._sendmany([
        [
            self,
            "discuss.channel/new_message",
            {
                data: new mailDataHelpers.Store(
                    pyEnv["mail.message"].browse(messageId),
                    makeKwArgs({})
                ).get_result(),
                id: channelId,
            },
        ],
        [self, "mail.record/insert", pyEnv["wa.conversation"]._team_data([conversationId])],
    ]);
}

/**
 * Gives and takes rights as an administrator does: the browser only hears that something changed.
 *
 * @param {Object} pyEnv the mock server
 * @param {Object<number, string[]>} rights what the user may do from now on, by conversation
 * @param {number[]|false} threadIds what the browser is told
 */
export function changeAccess(pyEnv, rights, threadIds) {
    for (const [id, my_rights] of Object.entries(rights)) {
        pyEnv["wa.conversation"].write([Number(id)], { my_rights });
    }
    const [self] = pyEnv["res.partner"].read(serverState.partnerId);
    pyEnv["bus.bus"]._sendone(self, "whatsapp_helpdesk/access_changed", { thread_ids: threadIds });
}

/**
 * @param {Object} pyEnv the mock server
 * @param {string} xmlid
 * @returns {number}
 */
export function subtypeId(pyEnv, xmlid) {
    return pyEnv["mail.message.subtype"].search([["subtype_xmlid", "=", xmlid]])[0];
}
