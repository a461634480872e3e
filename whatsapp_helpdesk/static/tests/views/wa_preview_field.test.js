import { createConversation, defineWhatsAppModels } from "../whatsapp_test_helpers";

import { start, startServer } from "@mail/../tests/mail_test_helpers";

import { describe, expect, test } from "@odoo/hoot";
import { queryAllTexts } from "@odoo/hoot-dom";
import { mountView } from "@web/../tests/web_test_helpers";

describe.current.tags("desktop");
defineWhatsAppModels();

test("lists name messages without words", async () => {
    const pyEnv = await startServer();
    for (const last_message_preview of ["[sticker]", "📷 The scratch", "Hello [you]", false]) {
        createConversation(pyEnv, { last_message_preview });
    }
    await start();
    await mountView({
        type: "list",
        resModel: "wa.conversation",
        arch: `<list>
            <field name="last_message_preview" widget="wa_preview" readonly="1"/>
        </list>`,
    });
    expect(queryAllTexts("td[name=last_message_preview]")).toEqual([
        "🖼️ Sticker",
        "📷 The scratch",
        "Hello [you]",
        "",
    ]);
});
