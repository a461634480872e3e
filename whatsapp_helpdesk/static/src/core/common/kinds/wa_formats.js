import { user } from "@web/core/user";

/**
 * @param {string|undefined} url from outside
 * @returns {string|undefined} the same if a browser may open it
 */
export function safeUrl(url) {
    try {
        return ["http:", "https:"].includes(new URL(url).protocol) ? url : undefined;
    } catch {
        return undefined;
    }
}

/**
 * @param {string} url a safe one
 * @returns {string} the name of its server
 */
export function hostOf(url) {
    return new URL(url).hostname.replace(/^www\./, "");
}

/**
 * @param {number} amount
 * @param {string} [currency] ISO code
 * @returns {string} as the user writes it
 */
export function formatMoney(amount, currency) {
    const locale = user.lang || undefined;
    try {
        return new Intl.NumberFormat(locale, { style: "currency", currency }).format(amount);
    } catch {
        // not a code, or none at all
        return `${formatQuantity(amount)} ${currency || ""}`.trim();
    }
}

/**
 * @param {number} quantity
 * @returns {string} as the user writes it
 */
export function formatQuantity(quantity) {
    return new Intl.NumberFormat(user.lang || undefined).format(quantity);
}

/**
 * @param {number} seconds
 * @returns {string} such as 2:05
 */
export function formatDuration(seconds) {
    return luxon.Duration.fromObject({ seconds }).toFormat(seconds < 3600 ? "m:ss" : "h:mm:ss");
}
