import { createConversation, defineWhatsAppModels, fromNow } from "../whatsapp_test_helpers";

import { contains, start, startServer } from "@mail/../tests/mail_test_helpers";

import { describe, expect, test } from "@odoo/hoot";
import { queryAllTexts } from "@odoo/hoot-dom";
import { advanceTime } from "@odoo/hoot-mock";
import { mountView } from "@web/../tests/web_test_helpers";

describe.current.tags("desktop");
defineWhatsAppModels();

const WINDOW = ".o-wa-WindowField";

test("lists count down how long customers can be written to", async () => {
    const pyEnv = await startServer();
    for (const [minutes, window_state] of [
        [23 * 60, "open"],
        [75, "closing"],
        [-60, "closed"],
    ]) {
        createConversation(pyEnv, { window_expires_at: fromNow({ minutes }), window_state });
    }
    createConversation(pyEnv, { state: "closed" });
    await start();
    await mountView({
        type: "list",
        resModel: "wa.conversation",
        arch: `<list>
            <field name="name"/>
            <field name="window_expires_at" widget="wa_window"/>
        </list>`,
    });
    expect(queryAllTexts(WINDOW)).toEqual(["23 h", "1 h 15 min", "Closed"]);
    await contains(`${WINDOW}.text-bg-warning`, { text: "1 h 15 min" });
    await contains(`${WINDOW}.text-bg-danger[title*='only templates']`, { text: "Closed" });
    await advanceTime(30 * 60 * 1000);
    expect(queryAllTexts(WINDOW)).toEqual(["22 h", "45 min", "Closed"]);
});
