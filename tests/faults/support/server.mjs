/** The Odoo server under test, which stories may kill, and its database. */

import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { openSync } from "node:fs";
import { eventually } from "../../e2e/support/waiting.mjs";

const { ODOO_COMMAND, ODOO_LOG, ODOO_PID, ODOO_URL, PSQL, DATABASE } = process.env;
const PSQL_ARGUMENTS = ["-XAtq", "-v", "ON_ERROR_STOP=1", "-d", DATABASE];

let child = null; // none while it is the launcher's

/** Make sure that there is a server, also after a file that killed it. */
export async function ensure() {
    if (!(await isUp())) {
        await start();
    }
}

/** Start the server and wait until it answers. */
export async function start() {
    const [program, ...rest] = JSON.parse(ODOO_COMMAND);
    const log = openSync(ODOO_LOG, "a");
    child = spawn(program, rest, { stdio: ["ignore", log, log] });
    await eventually("Odoo to answer", isUp, 90_000);
}

async function isUp() {
    try {
        return (await fetch(`${ODOO_URL}/web/health`)).ok;
    } catch {
        return false;
    }
}

/** End the server as a power cut does. */
export async function kill() {
    process.kill(child?.pid ?? Number(ODOO_PID), "SIGKILL");
    await eventually("Odoo to be gone", async () => !(await isUp()));
}

/** Run one SQL statement, and return its rows as lines. */
export function sql(statement) {
    const done = spawnSync(PSQL, [...PSQL_ARGUMENTS, "-c", statement], { encoding: "utf8" });
    if (done.status) {
        throw new Error(`PostgreSQL refused: ${done.stderr}`);
    }
    return done.stdout.split("\n").filter(Boolean);
}

/** Hold a lock on a table, so that whoever writes to it waits; returns what lets it go. */
export async function holdTable(table) {
    const session = spawn(PSQL, PSQL_ARGUMENTS, { stdio: ["pipe", "pipe", "inherit"] });
    session.stdin.write(`BEGIN; LOCK TABLE ${table} IN EXCLUSIVE MODE;\n\\echo locked\n`);
    await once(session.stdout, "data");
    return async () => {
        const ended = once(session, "exit");
        session.stdin.end("ROLLBACK;\n");
        await ended;
    };
}

/** Return how many sessions wait for a lock that somebody holds. */
export function waitingForLock() {
    const [count] = sql(
        `SELECT count(*) FROM pg_stat_activity
          WHERE datname = current_database() AND wait_event_type = 'Lock'`
    );
    return Number(count);
}

/** Let two minutes pass for everything that a worker has claimed. */
export function endLeases() {
    const past = "now() AT TIME ZONE 'UTC' - interval '2 s'";
    sql(`UPDATE wa_message SET lease_until = ${past} WHERE state = 'sending'`);
    sql(`UPDATE wa_media SET next_attempt_at = ${past} WHERE state = 'fetching'`);
}

/** Run the scheduled actions now, instead of waiting for the next full minute. */
export async function runScheduledActions(admin) {
    const names = ["ir_cron_wa_drain", "ir_cron_wa_send", "ir_cron_wa_fetch"];
    const domain = [
        ["module", "=", "whatsapp_helpdesk"],
        ["name", "in", names],
    ];
    for (const { res_id } of await admin.find("ir.model.data", domain, ["res_id"])) {
        await admin.call("ir.cron", "method_direct_trigger", [[res_id]]);
    }
}

/** Break all connections to the database but our own. */
export function dropConnections() {
    sql(
        `SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
          WHERE datname = current_database() AND pid != pg_backend_pid()`
    );
}
