import { RelativeTime } from "@mail/core/common/relative_time";

import { Component } from "@odoo/owl";

/** When and what was written last, below the name of a conversation. */
export class WaSidebarLine extends Component {
    static template = "whatsapp_helpdesk.WaSidebarLine";
    static components = { RelativeTime };
    static props = ["conversation"];
}
