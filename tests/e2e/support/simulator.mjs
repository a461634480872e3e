/** Meta and the customers' phones: the simulator's control API. */

const URL_OF_SIMULATOR = process.env.SIMULATOR_URL;

export const DEFAULT_SETTINGS = {
    latency_s: 0,
    status_delays: { sent: 0.1, delivered: 0.3 },
    window_mode: "sync",
    template_review: "approve",
};

async function control(method, path, body) {
    const response = await fetch(`${URL_OF_SIMULATOR}/sim${path}`, {
        method,
        headers: { "Content-Type": "application/json" },
        body: body && JSON.stringify(body),
    });
    const answer = await response.json();
    if (!response.ok) {
        throw new Error(`The simulator refused ${method} ${path}: ${answer.error}`);
    }
    return answer;
}

export const simulator = {
    url: URL_OF_SIMULATOR,

    addAccount: (uid, values) => control("PUT", `/accounts/${uid}`, values),

    addCustomer: (phone, profile) => control("PUT", `/customers/${phone}`, profile),

    /** Let a customer write, and return the wamid. */
    async write(phone, number, text, more = {}) {
        const body = { phone_number_uid: number, type: "text", text: { body: text }, ...more };
        const answer = await control("POST", `/customers/${phone}/messages`, body);
        return answer.wamid;
    },

    /** Open the chat on the phone; with `open` it stays open, so that new messages are read. */
    read: (phone, number, open) =>
        control("POST", `/customers/${phone}/read`, {
            phone_number_uid: number,
            ...(open === undefined ? {} : { open }),
        }),

    /** Return what the phone shows of a chat, oldest first. */
    async chat(phone, number) {
        const answer = await control("GET", `/chats?phone_number_uid=${number}&phone=${phone}`);
        return answer.messages;
    },

    /** Return the messages that the business sent to a phone, oldest first. */
    async received(phone, number) {
        const messages = await this.chat(phone, number);
        return messages.filter((message) => message.direction === "outbound");
    },

    /** Let a customer do something to a message: react, edit, delete, play … */
    act: (phone, action, values) => control("POST", `/customers/${phone}/${action}`, values),

    /** Let something happen on the number itself: its phone app, other responders … */
    actAs: (number, action, values) => control("POST", `/numbers/${number}/${action}`, values),

    addRule: (rule) => control("POST", "/rules", rule),

    change: (settings) => control("POST", "/settings", settings),

    /** Cut the business off: webhooks fail and wait, or come again. */
    cutOff: (down) => control("POST", "/webhooks/down", { down }),

    /** Repeat the webhooks that failed now instead of within the next hour. */
    repeatWebhooks: () => control("POST", "/webhooks/fast-forward", { seconds: 3600 }),

    /** Move WhatsApp's clock; 0 is now. */
    setClock: (hours) => control("POST", "/clock", { offset_seconds: hours * 3600 }),

    /** Forget all rules (what they hold back goes out), settings and clock of a story. */
    async calmDown() {
        await control("DELETE", "/rules");
        await control("POST", "/settings", DEFAULT_SETTINGS);
        await this.setClock(0);
    },

    /** Return the calls that the business made to send messages, oldest first. */
    async sends(number) {
        const calls = await simulator.graphCalls("POST", `${number}/messages`);
        // A call that has just begun has no payload yet.
        return calls.filter((call) => call.payload?.type);
    },

    /** Return what the business told about reading and typing, oldest first. */
    async receipts(number) {
        const calls = await simulator.graphCalls("POST", `${number}/messages`);
        return calls.map((call) => call.payload).filter((payload) => payload?.status === "read");
    },

    /** Return the calls to Graph whose path ends like this, oldest first. */
    async graphCalls(method, path) {
        const { calls } = await control("GET", "/calls");
        return calls.filter((call) => call.method === method && call.path.endsWith(`/${path}`));
    },

    /** Call Graph as a business, and return status and answer. */
    async graph(token, method, path, body) {
        const response = await fetch(`${URL_OF_SIMULATOR}/v26.0/${path}`, {
            method,
            headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
            body: body && JSON.stringify(body),
        });
        return { status: response.status, answer: await response.json() };
    },

    /** Return all templates of an account as Meta keeps them. */
    async templates(account) {
        return (await control("GET", `/templates?waba_uid=${account}`)).templates;
    },

    /** Let Meta's reviewer accept a template. */
    approve: (uid) => control("POST", `/templates/${uid}/approve`, {}),

    async state() {
        return control("GET", "/state");
    },
};
