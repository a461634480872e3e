import { waKinds } from "./wa_kinds";

import { Component } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";

/** The answer to the question whether we may call. */
export class WaCallPermission extends Component {
    static template = "whatsapp_helpdesk.WaCallPermission";
    static props = ["content", "message"];

    get text() {
        return permissionText(this.props.content);
    }
}

/** @returns {string} */
function permissionText({ accepted, permanent }) {
    if (!accepted) {
        return _t("The customer does not want to be called.");
    }
    return permanent
        ? _t("The customer allows calls, until taken back.")
        : _t("The customer allows calls for some days.");
}

waKinds.add("call_permission", { component: WaCallPermission, preview: permissionText });
