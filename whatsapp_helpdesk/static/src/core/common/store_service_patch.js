import { WaRights } from "./wa_rights";

import { Store } from "@mail/core/common/store_service";

import { patch } from "@web/core/utils/patch";

patch(Store.prototype, {
    setup() {
        super.setup(...arguments);
        this.waRights = new WaRights(this);
    },
});
