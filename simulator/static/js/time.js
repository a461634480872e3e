/** How times read on a phone. */

const locale = (language) => {
    try {
        return Intl.getCanonicalLocales(language.replace("_", "-"))[0];
    } catch {
        return "en";
    }
};

/** "14:05", in the digits of the language. */
export function clockTime(date, language) {
    return new Intl.DateTimeFormat(locale(language), {
        hour: "2-digit",
        minute: "2-digit",
        hourCycle: "h23",
    }).format(date);
}

const dayNumber = (date) =>
    Math.floor((date.getTime() - date.getTimezoneOffset() * 60000) / 86400000);

/** "Today", "Yesterday" or the date. */
export function dayLabel(date, now, language, words) {
    const age = dayNumber(now) - dayNumber(date);
    if (age === 0) {
        return words.today;
    }
    if (age === 1) {
        return words.yesterday;
    }
    return new Intl.DateTimeFormat(locale(language), { dateStyle: "long" }).format(date);
}

/** "23 h 59 min", for the time that is left. */
export function duration(seconds) {
    const minutes = Math.floor(seconds / 60);
    const hours = Math.floor(minutes / 60);
    return hours ? `${hours} h ${minutes % 60} min` : `${minutes} min`;
}

/** "+25 h" or "−3 d 2 h", for a clock that was moved. */
export function offsetLabel(seconds) {
    const size = Math.abs(seconds);
    const days = Math.floor(size / 86400);
    const rest = duration(size - days * 86400);
    return `${seconds < 0 ? "−" : "+"}${days ? `${days} d ` : ""}${rest}`;
}
