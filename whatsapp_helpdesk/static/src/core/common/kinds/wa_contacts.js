import { hostOf, safeUrl } from "./wa_formats";
import { waKinds } from "./wa_kinds";

import { Component, useState } from "@odoo/owl";

import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";

const { DateTime } = luxon;

/** Contact cards, each of which can become a contact in Odoo. */
export class WaContacts extends Component {
    static template = "whatsapp_helpdesk.WaContacts";
    static props = ["content", "message"];

    setup() {
        super.setup();
        this.action = useService("action");
        this.notification = useService("notification");
        this.orm = useService("orm");
        this.state = useState({ busy: false });
    }

    nameOf(card) {
        return card.name || card.organisation || _t("Unnamed contact");
    }

    workOf({ name, organisation, title }) {
        return [title, name && organisation].filter(Boolean).join(", ");
    }

    linksOf(card) {
        const urls = (card.urls || []).filter(safeUrl);
        return urls.map((url) => ({ url, name: hostOf(url) }));
    }

    birthdayOf({ birthday }) {
        const date = DateTime.fromISO(birthday || "");
        return date.isValid ? date.toLocaleString(DateTime.DATE_LONG) : birthday;
    }

    telUrl({ number }) {
        return `tel:${number.replace(/[^\d+]/g, "")}`;
    }

    async onClickCopy({ number }) {
        try {
            await browser.navigator.clipboard.writeText(number);
        } catch {
            this.notification.add(_t("The browser does not let the number be copied."), {
                type: "warning",
            });
            return;
        }
        this.notification.add(_t("Number copied"), { type: "success" });
    }

    async onClickCreate(index) {
        this.state.busy = true;
        try {
            const args = [[this.props.message.wa_message_id], index];
            const action = await this.orm.call("wa.message", "action_create_contact", args);
            if (action) {
                await this.action.doAction(action);
            }
        } finally {
            this.state.busy = false;
        }
    }
}

waKinds.add("contacts", {
    component: WaContacts,
    preview: ({ cards }) => cards.map(({ name, organisation }) => name || organisation).join(", "),
});
