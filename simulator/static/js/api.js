/** The simulator's control API; every refusal becomes an Error with the server's plain words. */

async function call(method, path, body) {
    const options = { method };
    if (body !== undefined) {
        options.headers = { "Content-Type": "application/json" };
        options.body = JSON.stringify(body);
    }
    const response = await fetch(`/sim${path}`, options);
    const answer = await response.json();
    if (!response.ok) {
        throw new Error(answer.error);
    }
    return answer;
}

const WEEK_SECONDS = 7 * 24 * 3600;

export const api = {
    state: () => call("GET", "/state"),
    chat: (phone, number) =>
        call("GET", `/chats?${new URLSearchParams({ phone_number_uid: number, phone })}`),
    write: (phone, message) => call("POST", `/customers/${phone}/messages`, message),
    /** A customer does something: react, edit, delete, forward, tap, call, … */
    act: (phone, action, body) => call("POST", `/customers/${phone}/${action}`, body),
    saveCustomer: (phone, changes) => call("PUT", `/customers/${phone}`, changes),
    /** Look at the chat; `open` says whether it stays open. */
    look: (phone, number, open) =>
        call("POST", `/customers/${phone}/read`, { phone_number_uid: number, open }),
    templates: () => call("GET", "/templates"),
    /** Meta does something with a template: approve, reject, pause, … */
    actOnTemplate: (uid, action, body) => call("POST", `/templates/${uid}/${action}`, body),
    advanceClock: (seconds) => call("POST", "/clock", { advance_seconds: seconds }),
    resetClock: () => call("POST", "/clock", { offset_seconds: 0 }),
    cutOff: (down) => call("POST", "/webhooks/down", { down }),
    deliverWaiting: () => call("POST", "/webhooks/fast-forward", { seconds: WEEK_SECONDS }),
};
