import { hostOf, safeUrl } from "./wa_formats";
import { waKinds } from "./wa_kinds";

import { Component } from "@odoo/owl";

/** A place with a link to a map. The map itself is not loaded: its server would learn of the customer. */
export class WaLocation extends Component {
    static template = "whatsapp_helpdesk.WaLocation";
    static props = ["content", "message"];

    get coordinates() {
        const { latitude, longitude } = this.props.content;
        return `${latitude.toFixed(6)}, ${longitude.toFixed(6)}`;
    }

    get mapUrl() {
        const { latitude, longitude } = this.props.content;
        return `https://maps.google.com/?q=${latitude},${longitude}`;
    }

    get website() {
        return safeUrl(this.props.content.url);
    }

    get websiteName() {
        return hostOf(this.website);
    }
}

waKinds.add("location", {
    component: WaLocation,
    preview: ({ name, address }) => name || address,
});
