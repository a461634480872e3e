import { defineWhatsAppModels } from "../whatsapp_test_helpers";

import { describe, expect, test } from "@odoo/hoot";
import { edit, queryOne } from "@odoo/hoot-dom";
import { advanceTime } from "@odoo/hoot-mock";

import { contains, defineModels, fields, models, mountView } from "@web/../tests/web_test_helpers";

class Dialog extends models.Model {
    _name = "dialog";

    title = fields.Char();
    body = fields.Text();
    preview = fields.Json();

    _records = [
        {
            id: 1,
            title: "Yes",
            body: "",
            preview: {
                kind: "buttons",
                html: "When shall we <strong>deliver</strong>?",
                header: { kind: "text", text: "Your sofa" },
                footer: "Shop",
                buttons: [{ title: "Morning" }, { title: "Evening" }],
            },
        },
        { id: 2, title: "", body: "", preview: false },
        { id: 3, title: "", body: "", preview: { kind: "never heard of" } },
    ];
}

describe.current.tags("desktop");
defineWhatsAppModels();
defineModels([Dialog]);

const ARCH = `
    <form>
        <field name="title" widget="wa_live_char"/>
        <div class="title_copy"><field name="title" readonly="1"/></div>
        <field name="body" widget="wa_live_text"/>
        <div class="body_copy"><field name="body" readonly="1"/></div>
        <field name="preview" widget="wa_rich_preview"/>
    </form>`;

function open(resId) {
    return mountView({ type: "form", resModel: "dialog", resId, arch: ARCH });
}

test("a message is shown as on the phone", async () => {
    await open(1);
    expect(".o-wa-TemplatePreview-bubble").toHaveText(/Your sofa.*deliver.*Shop/s);
    expect(".o-wa-TemplatePreview-bubble strong").toHaveText("deliver");
    expect(".o-wa-TemplatePreview-bubble").toHaveText(/Morning\s+Evening/);
});

test("nothing to show is no error", async () => {
    for (const resId of [2, 3]) {
        await open(resId);
        expect(".o-wa-TemplatePreview").toHaveCount(0);
    }
});

test("words reach the form while they are written, from whatever side they are read", async () => {
    await open(1);
    for (const [name, tag] of [
        ["title", "input"],
        ["body", "textarea"],
    ]) {
        await contains(`[name=${name}] ${tag}`).click();
        await edit("متى نوصل؟", { confirm: false });
        await advanceTime(500);
        expect(`[name=${name}] ${tag}`).toBeFocused();
        expect(`.${name}_copy`).toHaveText("متى نوصل؟");
        expect(queryOne(`[name=${name}] ${tag}`).dir).toBe("auto");
    }
    await contains(".o_form_button_save").click();
    expect(".o_form_status_indicator_buttons.invisible").toHaveCount(1);
});
