/** Files that a person attaches, made into what a phone would send. */

const KEPT_TYPES = ["image/jpeg", "image/png"];
const KEPT_BYTES = 5 * 1024 * 1024;
const LONGEST_SIDE = 1600;
const JPEG_QUALITY = 0.85;

/**
 * Read a file; pictures of other formats and very large ones become a JPEG, as phones do.
 * @param {File} file
 * @param {string} kind  of message, empty: what the file is
 * @returns {Promise<{kind: string, url: string, mime_type: string, data: string,
 *     filename: string}>}
 */
export async function readFile(file, kind) {
    const chosen = kind || kindOf(file);
    const blob = chosen === "image" ? await asPicture(file) : file;
    const url = await asDataUrl(blob);
    return {
        kind: chosen,
        url,
        mime_type: blob.type || "application/octet-stream",
        data: url.slice(url.indexOf(",") + 1),
        filename: file.name,
    };
}

function kindOf(file) {
    const family = file.type.split("/")[0];
    return ["image", "video", "audio"].includes(family) ? family : "document";
}

async function asPicture(file) {
    const fits = KEPT_TYPES.includes(file.type) && file.size <= KEPT_BYTES;
    return fits ? file : asJpeg(file);
}

async function asJpeg(file) {
    let bitmap;
    try {
        bitmap = await createImageBitmap(file);
    } catch {
        throw new Error(`${file.name} is not a picture that this browser can read.`);
    }
    const scale = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(bitmap.width * scale);
    canvas.height = Math.round(bitmap.height * scale);
    canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", JPEG_QUALITY));
}

function asDataUrl(blob) {
    return new Promise((resolve, reject) => {
        const reader = new FileReader();
        reader.addEventListener("load", () => resolve(reader.result));
        reader.addEventListener("error", () => reject(reader.error));
        reader.readAsDataURL(blob);
    });
}
