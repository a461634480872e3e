import { Store } from "@mail/core/common/store_service";

import { user } from "@web/core/user";
import { patch } from "@web/core/utils/patch";

patch(Store.prototype, {
    setup() {
        super.setup(...arguments);
        /** Whether the user may block customers; known once a conversation was looked at. */
        this.isWaSupervisor = false;
    },
    /** The answer of the server is kept, asking again costs nothing. */
    async loadWaRights() {
        this.isWaSupervisor = await user.hasGroup("whatsapp_helpdesk.group_supervisor");
    },
});
