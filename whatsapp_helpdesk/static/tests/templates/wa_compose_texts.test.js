import { defineMailModels } from "@mail/../tests/mail_test_helpers";

import { describe, expect, test } from "@odoo/hoot";
import { edit, queryAllTexts } from "@odoo/hoot-dom";
import { runAllTimers } from "@odoo/hoot-mock";

import { contains, defineModels, fields, models, mountView } from "@web/../tests/web_test_helpers";

describe.current.tags("desktop");

class Line extends models.Model {
    _name = "wa.template.compose.line";
    key = fields.Char();
    label = fields.Char();
    sample = fields.Char();
    text = fields.Char();
}

class Compose extends models.Model {
    _name = "wa.template.compose";
    line_ids = fields.One2many({
        relation: "wa.template.compose.line",
        onChange: (record) => {
            const [line] = record.line_ids;
            record.preview = line[2]?.text || "";
        },
    });
    preview = fields.Char();
}

defineMailModels();
defineModels([Line, Compose]);

test("texts are named, exampled, and followed while they are written", async () => {
    Line._records = [
        { id: 1, key: "body.note", label: "note", sample: "Thanks", text: "" },
        { id: 2, key: "body.day", label: "day", sample: "", text: "Friday" },
    ];
    Compose._records = [{ id: 1, line_ids: [1, 2] }];
    await mountView({
        type: "form",
        resModel: "wa.template.compose",
        resId: 1,
        arch: `
            <form>
                <field name="preview" readonly="1"/>
                <field name="line_ids" widget="wa_compose_texts">
                    <list>
                        <field name="key"/><field name="label"/><field name="sample"/>
                        <field name="text"/>
                    </list>
                </field>
            </form>`,
    });
    expect(queryAllTexts(".o-wa-ComposeTexts-label")).toEqual(["note", "day"]);
    expect(".o-wa-ComposeTexts input:first").toHaveAttribute("placeholder", "For example: Thanks");
    expect(".o-wa-ComposeTexts input:last").toHaveValue("Friday");
    await contains(".o-wa-ComposeTexts input:first").click();
    await edit("See you", { confirm: false });
    expect(".o_field_widget[name='preview']").toHaveText("");
    await runAllTimers();
    await contains(".o_field_widget[name='preview']:contains(See you)").click();
    expect(".o-wa-ComposeTexts input:first").toHaveValue("See you");
});
