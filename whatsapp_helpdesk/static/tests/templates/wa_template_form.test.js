import { WaTemplateFindings } from "@whatsapp_helpdesk/templates/wa_template_findings";
import { RELOAD_DELAY } from "@whatsapp_helpdesk/templates/wa_template_live";
import { WaTemplatePreview } from "@whatsapp_helpdesk/templates/wa_template_preview";

import { waitForChannels, waitNotifications } from "@bus/../tests/bus_test_helpers";

import { defineMailModels } from "@mail/../tests/mail_test_helpers";

import { describe, expect, test } from "@odoo/hoot";
import { animationFrame, edit, queryAllTexts, queryOne } from "@odoo/hoot-dom";
import { Deferred, advanceTime, runAllTimers } from "@odoo/hoot-mock";

import {
    contains,
    defineModels,
    fields,
    MockServer,
    models,
    mountView,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";

describe.current.tags("desktop");

class Template extends models.Model {
    _name = "wa.template";
    language = fields.Char();
    body = fields.Text({ onChange: (record) => Object.assign(record, computed(record)) });
    preview = fields.Json();
    findings = fields.Json();
    _records = [{ id: 1, language: "ar_EG", body: "مرحبا" }];

    get_languages() {
        return [
            ["en", "English"],
            ["ar_EG", "Arabic (Egypt)"],
        ];
    }
}

class Variable extends models.Model {
    _name = "wa.template.variable";
    path_model = fields.Char();
    source = fields.Selection({
        selection: [
            ["field", "Field of the Record"],
            ["static", "Always the Same"],
            ["free_text", "Asked when Sending"],
        ],
    });
    field_path = fields.Char();
    static_value = fields.Char();
    _records = [{ id: 1, path_model: "wa.template", source: "field", field_path: "body" }];
}

defineMailModels();
defineModels([Template, Variable]);

/** What the server makes of a text: here the words are enough. */
function computed({ body }) {
    return {
        preview: previewOf({ body }),
        findings: body ? false : [finding("error", { part: "Text", text: "There is no text." })],
    };
}

function previewOf(values = {}) {
    return {
        direction: "ltr",
        language: "en-US",
        header: false,
        body: "Hello <strong>Mona</strong>",
        footer: "",
        buttons: [],
        cards: [],
        offer: false,
        ...values,
    };
}

function finding(level, values = {}) {
    return { level, part: "", text: "Wrong", why: "Because.", advice: "Change it.", ...values };
}

const openForm = () =>
    mountView({
        type: "form",
        resModel: "wa.template",
        resId: 1,
        arch: `
            <form>
                <field name="language" widget="wa_template_language"/>
                <field name="body" widget="wa_template_text"/>
                <field name="preview" widget="wa_template_preview"/>
                <field name="findings" widget="wa_template_findings"/>
            </form>`,
    });

// === PREVIEW ===

test("a template looks as on the phone", async () => {
    await mountWithCleanup(WaTemplatePreview, {
        props: {
            preview: previewOf({
                header: { format: "text", text: "Order S00042", filename: "", url: "" },
                footer: "Your shop",
                buttons: [
                    { kind: "quick_reply", text: "Confirm", target: "" },
                    { kind: "url", text: "Open", target: "https://shop.example/1" },
                ],
            }),
        },
    });
    expect(".o-wa-Rich-header").toHaveText("Order S00042");
    expect(".o-wa-Rich-text strong").toHaveText("Mona");
    expect(".o-wa-Rich-footer").toHaveText("Your shop");
    expect(queryAllTexts(".o-wa-Rich-button")).toEqual(["Confirm", "Open"]);
    expect(".o-wa-TemplatePreview-bubble").toHaveAttribute("lang", "en-US");
});

test("a picture is shown, a document by its name", async () => {
    const header = { format: "image", text: "", filename: "shop.png", url: "/web/image/7" };
    await mountWithCleanup(WaTemplatePreview, { props: { preview: previewOf({ header }) } });
    expect("img.o-wa-TemplatePreview-file").toHaveAttribute("alt", "shop.png");
    expect(".o-wa-Rich-placeholder").toHaveCount(0);
});

test("a document, or a picture that is not there yet, has its place", async () => {
    const header = { format: "document", text: "", filename: "S00042.pdf", url: "/web/content/7" };
    await mountWithCleanup(WaTemplatePreview, { props: { preview: previewOf({ header }) } });
    expect(".o-wa-Rich-placeholder.o-wa-document").toHaveText("S00042.pdf");
});

test("Arabic goes from the right, whatever the page does", async () => {
    const preview = previewOf({ direction: "rtl", language: "ar-EG", body: "مرحبا" });
    await mountWithCleanup(WaTemplatePreview, { props: { preview } });
    expect(".o-wa-TemplatePreview-bubble").toHaveAttribute("dir", "rtl");
    expect(".o-wa-TemplatePreview-bubble").toHaveAttribute("lang", "ar-EG");
});

test("cards stand beside each other, each with its own buttons", async () => {
    const card = (body) =>
        previewOf({
            header: { format: "image", text: "", filename: "", url: "" },
            body,
            buttons: [{ kind: "quick_reply", text: `Take ${body}`, target: "" }],
        });
    await mountWithCleanup(WaTemplatePreview, {
        props: { preview: previewOf({ cards: [card("Oak"), card("Pine")] }) },
    });
    expect(".o-wa-TemplatePreview-card").toHaveCount(2);
    expect(queryAllTexts(".o-wa-TemplatePreview-card .o-wa-Rich-button")).toEqual([
        "Take Oak",
        "Take Pine",
    ]);
});

test("an offer says when it ends", async () => {
    const offer = { text: "Last chance", code: "SAVE10", ends_at: 4102444800000 };
    await mountWithCleanup(WaTemplatePreview, { props: { preview: previewOf({ offer }) } });
    expect(".o-wa-Rich-offerCode").toHaveText("SAVE10");
    expect(".o-wa-Rich-offerEnd").toHaveCount(1);
});

test("without a text there is a word about what will be here", async () => {
    await mountWithCleanup(WaTemplatePreview, { props: { preview: previewOf({ body: "" }) } });
    expect(".o-wa-TemplatePreview-bubble").toHaveCount(0);
    expect(".o-wa-TemplatePreview").toHaveText("Here you see what customers will see.");
});

// === FINDINGS ===

test("a finding says where, what, why and what to do", async () => {
    await mountWithCleanup(WaTemplateFindings, {
        props: {
            findings: [
                finding("error", { part: "Button 2", text: "There is an emoji." }),
                finding("warning"),
            ],
        },
    });
    expect(".o-wa-TemplateFindings-row").toHaveCount(2);
    expect(queryAllTexts(".o-wa-TemplateFindings-row:first bdi")).toEqual([
        "Button 2",
        "There is an emoji.",
    ]);
    expect(".o-wa-TemplateFindings-row:first").toHaveText(/Because\.\nChange it\.$/);
    expect(queryOne("[data-level='error'] i").ariaLabel).toBe("Meta refuses this");
    expect(queryOne("[data-level='warning'] i").ariaLabel).toBe("Meta may mind this");
});

test("that nothing was found is said too", async () => {
    await mountWithCleanup(WaTemplateFindings, { props: { findings: [] } });
    expect(".o-wa-TemplateFindings").toHaveText("Nothing found that Meta would object to.");
});

// === FORM ===

test("preview and findings follow the text while it is written", async () => {
    await openForm();
    await contains(".o_field_widget[name='body'] textarea").click();
    await edit("Hello");
    expect(".o-wa-Rich-text").toHaveCount(0);
    await runAllTimers();
    await contains(".o-wa-Rich-text:contains(Hello)").click();
    await contains(".o_field_widget[name='body'] textarea").click();
    await edit("");
    await runAllTimers();
    await contains(".o-wa-TemplateFindings-row:contains(There is no text.)").click();
});

test("what is typed meanwhile is kept, and saving leaves nothing to save", async () => {
    await openForm();
    const area = queryOne(".o_field_widget[name='body'] textarea");
    await contains(area).click();
    await edit("Hello");
    const answer = new Deferred();
    onRpc("wa.template", "onchange", () => answer);
    await runAllTimers();
    await edit("Hello Mona");
    answer.resolve();
    await animationFrame();
    expect(area).toHaveValue("Hello Mona");
    expect(".o_form_status_indicator_buttons.invisible").toHaveCount(0);
    await contains(".o_form_button_save").click();
    expect(".o_form_status_indicator_buttons.invisible").toHaveCount(1);
    expect(area).toHaveValue("Hello Mona");
});

test("the text has the language and the direction of the template", async () => {
    await openForm();
    const area = queryOne(".o_field_widget[name='body'] textarea");
    expect([area.lang, area.dir]).toEqual(["ar-EG", "rtl"]);
    expect(".o_field_widget[name='language'] input").toHaveValue("Arabic (Egypt)");
    await contains(".o_field_widget[name='language'] input").click();
    await contains(".o_select_menu_item:contains(English)").click();
    expect([area.lang, area.dir]).toEqual(["en", "ltr"]);
    onRpc("wa.template", "web_save", ({ args }) => expect.step(args[1].language));
    await contains(".o_form_button_save").click();
    expect.verifySteps(["en"]);
});

test("what fills in a variable is chosen or written where its source is", async () => {
    await mountView({
        type: "form",
        resModel: "wa.template.variable",
        resId: 1,
        arch: `
            <form>
                <field name="source"/>
                <field
                    name="field_path"
                    widget="wa_template_source"
                    options="{'model': 'path_model'}"
                />
            </form>`,
    });
    await contains(".o_field_widget[name='field_path'] .o_model_field_selector").click();
    expect(".o_model_field_selector_popover").toHaveCount(1);
    await contains(".o_field_widget[name='source'] input").click();
    await contains(".o_select_menu_item:contains(Always the Same)").click();
    expect(".o_field_widget[name='field_path'] .o_model_field_selector").toHaveCount(0);
    await contains(".o_field_widget[name='field_path'] input").edit(" Nile Home ");
    onRpc("wa.template.variable", "web_save", ({ args }) => expect.step(args[1].static_value));
    await contains(".o_form_button_save").click();
    expect.verifySteps(["Nile Home"]);
    await contains(".o_field_widget[name='source'] input").click();
    await contains(".o_select_menu_item:contains(Asked when Sending)").click();
    expect(".o_field_widget[name='field_path'] input").toHaveCount(0);
});

// === LIVE ===

const openLiveForm = () =>
    mountView({
        type: "form",
        resModel: "wa.template",
        resId: 1,
        arch: `
            <form>
                <widget name="wa_template_live"/>
                <field name="language" readonly="1"/>
                <field name="body"/>
            </form>`,
    });

/** Meta decides: here what the form shows is enough. */
async function changeAtMeta() {
    const { env } = MockServer.current;
    env["wa.template"].write([1], { language: "ar" });
    env["bus.bus"]._sendone("wa.template_1", "whatsapp_helpdesk/template_changed", {
        template_id: 1,
    });
    await waitNotifications(["whatsapp_helpdesk/template_changed", { template_id: 1 }]);
    await advanceTime(RELOAD_DELAY);
    await animationFrame();
}

test("an open form shows what Meta decides", async () => {
    await openLiveForm();
    await waitForChannels(["wa.template_1"]);
    expect("[name=language]").toHaveText("ar_EG");
    await changeAtMeta();
    expect("[name=language]").toHaveText("ar");
});

test("what somebody is writing stays", async () => {
    await openLiveForm();
    await waitForChannels(["wa.template_1"]);
    await contains("[name=body] textarea").edit("أهلا", { confirm: false });
    await changeAtMeta();
    expect("[name=body] textarea").toHaveValue("أهلا");
    expect("[name=language]").toHaveText("ar_EG");
});
