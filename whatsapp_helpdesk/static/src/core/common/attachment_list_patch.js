import { AttachmentList } from "@mail/core/common/attachment_list";

import { patch } from "@web/core/utils/patch";

patch(AttachmentList.prototype, {
    /**
     * @param {import("models").Attachment} attachment
     * @returns {"audio"|"video"|undefined} the player that shows a file of WhatsApp in its place
     */
    waPlayer(attachment) {
        if (!this.env.message?.isWhatsApp || attachment.voice || attachment.uploading) {
            return undefined;
        }
        return ["audio", "video"].find((kind) => attachment.mimetype?.startsWith(`${kind}/`));
    },
});
