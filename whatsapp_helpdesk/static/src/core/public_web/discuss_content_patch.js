import { WaHeaderLine } from "../common/wa_header_line";
import { WaNotices } from "../common/wa_notices";
import { WaComposerBanner } from "../common/wa_composer_banner";

import { DiscussContent } from "@mail/core/public_web/discuss_content";

import { patch } from "@web/core/utils/patch";

Object.assign(DiscussContent.components, { WaHeaderLine, WaNotices, WaComposerBanner });

patch(DiscussContent.prototype, {
    get showThreadAvatar() {
        return this.thread.isWaConversation || super.showThreadAvatar;
    },
});
