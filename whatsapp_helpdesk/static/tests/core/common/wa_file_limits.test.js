import { documentHintOf, refusalOf } from "@whatsapp_helpdesk/core/common/wa_file_limits";

import { beforeEach, describe, expect, test } from "@odoo/hoot";
import { allowTranslations } from "@web/../tests/web_test_helpers";

describe.current.tags("desktop");
beforeEach(allowTranslations);

const MEGABYTE = 1024 * 1024;
const file = (name, type, size = 1) => ({ name, type, size });

test("files that WhatsApp takes as they are", () => {
    for (const taken of [
        file("photo.jpg", "image/jpeg", 5 * MEGABYTE),
        file("clip.mp4", "video/mp4", 16 * MEGABYTE),
        file("song.mp3", "audio/mpeg", 16 * MEGABYTE),
        file("offer.pdf", "application/pdf", 100 * MEGABYTE),
        file("unknown", "", 1),
    ]) {
        expect(refusalOf(taken)).toBe("");
        expect(documentHintOf(taken)).toBe("");
    }
});

test("files that arrive as documents", () => {
    for (const [changed, reason] of [
        [file("photo.jpg", "image/jpeg", 5.5 * MEGABYTE), "photo.jpg is larger than 5 MB"],
        [file("clip.mp4", "video/mp4", 16 * MEGABYTE + 1), "clip.mp4 is larger than 16 MB"],
        [file("scan.heic", "image/heic"), "does not show files like scan.heic"],
        [file("film.mov", "video/quicktime"), "does not show files like film.mov"],
    ]) {
        expect(refusalOf(changed)).toBe("");
        expect(documentHintOf(changed)).toInclude(reason);
    }
});

test("files that WhatsApp refuses", () => {
    for (const [refused, isSticker, reason] of [
        [file("film.iso", "", 100.5 * MEGABYTE), false, "film.iso has 100.5 MB"],
        [file("nothing.txt", "text/plain", 0), false, "nothing.txt is empty"],
        [file("smile.png", "image/png"), true, "smile.png is not a WebP picture"],
        [file("huge.webp", "image/webp", MEGABYTE), true, "stickers of up to 0.5 MB"],
    ]) {
        expect(refusalOf(refused, isSticker)).toInclude(reason);
    }
});
