import { hostOf, safeUrl } from "./kinds/wa_formats";

import { Component } from "@odoo/owl";

/** The ad or post that brought the customer. Its picture is not loaded: it lies on a foreign server. */
export class WaReferral extends Component {
    static template = "whatsapp_helpdesk.WaReferral";
    static props = ["referral"];

    get url() {
        return safeUrl(this.props.referral.source_url);
    }

    get host() {
        return hostOf(this.url);
    }
}
