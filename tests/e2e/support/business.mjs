/** A business number with a team of its own, so that stories do not meet in the same chats. */

import { simulator } from "./simulator.mjs";
import { eventually } from "./waiting.mjs";

const ACCOUNT_FIELDS = ["waba_uid", "app_secret", "webhook_key"];

let lastNumber = 0;

/** A team, its number in Odoo and at Meta, and what happened there. */
export class Business {
    /**
     * @param {import("./odoo.mjs").OdooUser} admin
     * @param {string} name of team and number
     * @param {string[]} logins of its agents
     */
    static async open(admin, name, logins) {
        const [account] = await admin.find("wa.account", [], ACCOUNT_FIELDS);
        const users = await admin.find("res.users", [["login", "in", logins]], ["login"]);
        const team = { name, user_ids: [[6, 0, users.map((user) => user.id)]] };
        const [teamId] = await admin.call("wa.team", "create", [[team]]);
        const business = new Business(admin, account, teamId);
        await business.#addNumber(name);
        return business;
    }

    /** Return the demo's number of this name. */
    static async called(admin, name) {
        const [account] = await admin.find("wa.account", [], ACCOUNT_FIELDS);
        const [channel] = await admin.find(
            "wa.channel",
            [["name", "=", name]],
            ["phone_number_uid", "team_id"]
        );
        const business = new Business(admin, account, channel.team_id[0]);
        business.number = channel.phone_number_uid;
        return business;
    }

    constructor(admin, account, teamId) {
        this.admin = admin;
        this.account = account;
        this.teamId = teamId;
    }

    async #addNumber(name) {
        lastNumber += 1;
        const suffix = `${process.pid}${lastNumber}`.slice(-6).padStart(6, "0");
        this.number = `777000${suffix}`;
        const phone = `+20 2 2${suffix.slice(0, 3)} ${suffix.slice(2)}`;
        await this.admin.call("wa.channel", "create", [
            [
                {
                    name,
                    account_id: this.account.id,
                    team_id: this.teamId,
                    phone_number_uid: this.number,
                    display_phone_number: phone,
                },
            ],
        ]);
        await simulator.addAccount(this.account.waba_uid, {
            numbers: [{ phone_number_uid: this.number, display_phone_number: phone }],
        });
    }

    /** Return the conversations of a phone on this number. */
    conversations(phone) {
        return this.admin.find(
            "wa.conversation",
            [
                ["wa_channel_id.phone_number_uid", "=", this.number],
                ["contact_id.wa_id", "=", phone],
            ],
            ["state", "discuss_channel_id", "unanswered_count"]
        );
    }

    /** Wait until Odoo has a message, and return its conversation with the id of the chat. */
    async arrived(wamid) {
        const [message] = await eventually(`message ${wamid} in Odoo`, async () => {
            const found = await this.messages([["wamid", "=", wamid]]);
            return found.length && found;
        });
        const [conversation] = await this.admin.call("wa.conversation", "read", [
            [message.conversation_id[0]],
            ["discuss_channel_id", "name"],
        ]);
        return {
            id: conversation.id,
            chat: conversation.discuss_channel_id[0],
            name: conversation.name,
        };
    }

    /** Return messages of this number, in the order in which they were made. */
    messages(domain) {
        return this.admin.find(
            "wa.message",
            [["wa_channel_id.phone_number_uid", "=", this.number], ...domain],
            ["body", "state", "wamid", "conversation_id", "mail_message_id", "message_type"]
        );
    }

    /** Wait until the message that somebody posted is in a state, and return it. */
    settled(mailMessage, ...states) {
        return eventually(`message ${mailMessage} to be ${states.join(" or ")}`, async () => {
            const found = await this.messages([["mail_message_id", "=", mailMessage]]);
            return states.includes(found.at(-1)?.state) && found.at(-1);
        });
    }

    /** Wait until no event is left unprocessed. */
    drained() {
        return eventually(
            "an empty journal",
            async () => !(await this.admin.count("wa.webhook.event", [["state", "=", "new"]]))
        );
    }
}
