import { fields } from "@mail/core/common/record";
import { ResPartner } from "@mail/core/common/res_partner_model";

import { patch } from "@web/core/utils/patch";

patch(ResPartner.prototype, {
    setup() {
        super.setup(...arguments);
        this.waConversations = fields.Many("wa.conversation", { inverse: "partner_id" });
        // Customers are never online. Watching them would make every agent's browser subscribe
        // again for each new customer who writes.
        const { compute } = this.monitorPresence;
        this.monitorPresence = fields.Attr(false, {
            compute() {
                return this.waConversations.length === 0 && compute.call(this);
            },
        });
    },
});
