import { documentHintOf, refusalOf } from "./wa_file_limits";

import { AttachmentUploader } from "@mail/core/common/attachment_uploader_hook";

import { patch } from "@web/core/utils/patch";

patch(AttachmentUploader.prototype, {
    /**
     * Says what WhatsApp thinks of a file before it is uploaded; the server looks again.
     *
     * @param {File} file
     * @param {Object} [options]
     * @param {boolean} [options.voice]
     * @param {boolean} [options.waSticker] whether the customer is to get it as a sticker
     */
    async uploadFile(file, options) {
        if (!this.composer?.isWa || this.composer.isWaNote) {
            return super.uploadFile(...arguments);
        }
        const { notificationService } = this.attachmentUploadService;
        const refusal = refusalOf(file, options?.waSticker);
        if (refusal) {
            notificationService.add(refusal, { type: "danger" });
            return;
        }
        const hint = !options?.voice && !options?.waSticker && documentHintOf(file);
        if (hint) {
            notificationService.add(hint, { type: "info" });
        }
        const attachment = await super.uploadFile(...arguments);
        if (attachment && options?.waSticker) {
            attachment.waSticker = true;
        }
        return attachment;
    },
});
