import { WaChatPanel } from "./wa_chat_panel";
import { WaChatterButton } from "./wa_chatter_button";

import "@mail/chatter/web/chatter_patch";
import { Chatter } from "@mail/chatter/web_portal/chatter";

import { patch } from "@web/core/utils/patch";

Object.assign(Chatter.components, { WaChatPanel, WaChatterButton });

patch(Chatter.prototype, {
    /** The record of the form, if chats can be about it. */
    get waRecord() {
        const { record } = this.props;
        return record && "wa_conversation_count" in record.data ? record : undefined;
    },
    get hasWaPanel() {
        const { data, resId } = this.waRecord ?? { data: {} };
        return Boolean(resId && (data.wa_is_linked || data.wa_conversation_count));
    },
    /** What the panel shows depends on this; another one begins anew. */
    get waPanelKey() {
        const { data, resId, resModel } = this.waRecord;
        return [resModel, resId, data.wa_is_linked, data.wa_conversation_count].join(",");
    },
});
