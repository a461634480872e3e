/** Odoo users who work through the same routes as the web client. */

const URL_OF_ODOO = process.env.ODOO_URL;
const CSRF_TOKEN = /csrf_token:\s*"([^"]+)"|name="csrf_token"\s+value="([^"]+)"/;

/** A logged-in user; in the demo every password is the login. */
export class OdooUser {
    static async logIn(login) {
        const user = new OdooUser(login);
        const token = await user.#csrfToken("/web/login");
        const form = new URLSearchParams({ login, password: login, csrf_token: token });
        const response = await user.#fetch("/web/login", { method: "POST", body: form });
        if (response.status !== 303) {
            throw new Error(`Odoo does not let ${login} in: ${response.status}`);
        }
        return user;
    }

    #cookies = new Map();

    constructor(login) {
        this.login = login;
    }

    /** Call a public method of a model. */
    call(model, method, args = [], kwargs = {}) {
        return this.rpc(`/web/dataset/call_kw/${model}/${method}`, { model, method, args, kwargs });
    }

    /** Return the records of a domain as objects, ordered by id. */
    find(model, domain, fields) {
        return this.call(model, "search_read", [domain], { fields, order: "id" });
    }

    count(model, domain) {
        return this.call(model, "search_count", [domain]);
    }

    /** Write into a chat as the composer does, and return the id of the message. */
    async post(chat, body, { note = false, attachments = [] } = {}) {
        const answer = await this.rpc("/mail/message/post", {
            thread_model: "discuss.channel",
            thread_id: chat,
            post_data: {
                body,
                message_type: "comment",
                subtype_xmlid: note ? "mail.mt_note" : "mail.mt_comment",
                attachment_ids: attachments,
            },
        });
        return answer.message_id;
    }

    async rpc(route, params) {
        const response = await this.#fetch(route, {
            method: "POST",
            headers: { "Content-Type": "application/json" },
            body: JSON.stringify({ jsonrpc: "2.0", method: "call", params }),
        });
        const answer = await response.json();
        if (answer.error) {
            const reason = answer.error.data?.message || answer.error.message;
            throw new Error(`Odoo refused ${route} to ${this.login}: ${reason}`);
        }
        return answer.result;
    }

    async #csrfToken(path) {
        const response = await this.#fetch(path);
        const [, one, other] = (await response.text()).match(CSRF_TOKEN) || [];
        return one || other;
    }

    async #fetch(path, options = {}) {
        const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
        const response = await fetch(URL_OF_ODOO + path, {
            ...options,
            redirect: "manual",
            headers: { ...options.headers, Cookie: cookie },
        });
        for (const line of response.headers.getSetCookie()) {
            const [name, value] = line.split(";")[0].split("=");
            this.#cookies.set(name, value);
        }
        return response;
    }
}

/** Make agents of no team yet; like in the demo, the password is the login. */
export async function hire(admin, logins) {
    const groups = await admin.find(
        "ir.model.data",
        [
            ["module", "in", ["base", "whatsapp_helpdesk"]],
            ["name", "in", ["group_user", "group_agent"]],
        ],
        ["res_id"]
    );
    const group_ids = [[6, 0, groups.map((group) => group.res_id)]];
    // OdooBot greets newcomers in a window that covers a telephone's screen.
    const people = logins.map((login) => ({
        name: login,
        login,
        password: login,
        group_ids,
        odoobot_state: "disabled",
    }));
    await admin.call("res.users", "create", [people]);
}
