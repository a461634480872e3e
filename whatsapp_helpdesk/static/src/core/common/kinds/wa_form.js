import { waKinds } from "./wa_kinds";

import { Component } from "@odoo/owl";

/** What the customer filled in. */
export class WaForm extends Component {
    static template = "whatsapp_helpdesk.WaForm";
    static props = ["content", "message"];
}

waKinds.add("form", { component: WaForm, preview: ({ name }) => name });
