import { _t } from "@web/core/l10n/translation";
import { user } from "@web/core/user";

const KILOBYTE = 1024;
const MEGABYTE = 1024 * KILOBYTE;

/** Of any file. */
export const FILE_BYTES = 100 * MEGABYTE;
/** Of a sticker that moves; one that does not may have 100 KB, which the server finds out. */
export const STICKER_BYTES = 500 * KILOBYTE;

// The server has the full table; browsers give files of the same format different names
const SHOWN_IN_CHAT = [
    { family: "image/", types: /^image\/(p?jpe?g|(x-)?png)$/, bytes: 5 * MEGABYTE },
    { family: "video/", types: /^video\/(mp4|3gpp|x-m4v)$/, bytes: 16 * MEGABYTE },
    { family: "audio/", types: /^audio\//, bytes: 16 * MEGABYTE },
];

/** @param {number} bytes */
function inMegabytes(bytes) {
    const number = new Intl.NumberFormat(user.lang || "en", { maximumFractionDigits: 1 });
    return _t("%(size)s MB", { size: number.format(bytes / MEGABYTE) });
}

/**
 * @param {{name: string, size: number, type: string}} file
 * @param {boolean} [isSticker] whether it is to be a sticker
 * @returns {string} why WhatsApp refuses the file, "" if nothing is known against it
 */
export function refusalOf(file, isSticker = false) {
    const { name, size } = file;
    if (size === 0) {
        return _t("%(name)s is empty: WhatsApp takes no empty files.", { name });
    }
    if (isSticker && file.type !== "image/webp") {
        return _t("%(name)s is not a WebP picture, and WhatsApp takes no other stickers.", {
            name,
        });
    }
    if (isSticker && size > STICKER_BYTES) {
        return _t("%(name)s is too large: WhatsApp takes stickers of up to 0.5 MB.", { name });
    }
    if (size > FILE_BYTES) {
        return _t("%(name)s has %(size)s: WhatsApp takes files of up to %(limit)s.", {
            name,
            size: inMegabytes(size),
            limit: inMegabytes(FILE_BYTES),
        });
    }
    return "";
}

/**
 * @param {{name: string, size: number, type: string}} file
 * @returns {string} a warning if the customer will have to open a file that looks like a picture,
 *     a video or a sound; else ""
 */
export function documentHintOf({ name, size, type }) {
    const rule = SHOWN_IN_CHAT.find(({ family }) => type.startsWith(family));
    if (!rule || (rule.types.test(type) && size <= rule.bytes)) {
        return "";
    }
    if (!rule.types.test(type)) {
        return _t("WhatsApp does not show files like %(name)s: it is sent as a document.", {
            name,
        });
    }
    return _t("%(name)s is larger than %(limit)s: it is sent as a document.", {
        name,
        limit: inMegabytes(rule.bytes),
    });
}
