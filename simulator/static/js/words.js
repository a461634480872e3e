/** The few words that a phone shows in its owner's language. */

const RIGHT_TO_LEFT = new Set(["ar", "he", "fa", "ur"]);

const WORDS = {
    en: ["Message", "typing…", "Business account", "Today", "Yesterday", "You", "Photo"],
    es: ["Mensaje", "escribiendo…", "Cuenta de empresa", "Hoy", "Ayer", "Tú", "Foto"],
    de: ["Nachricht", "schreibt…", "Unternehmenskonto", "Heute", "Gestern", "Du", "Foto"],
    fr: ["Message", "écrit…", "Compte professionnel", "Aujourd’hui", "Hier", "Vous", "Photo"],
    pt: ["Mensagem", "digitando…", "Conta comercial", "Hoje", "Ontem", "Você", "Foto"],
    ar: ["رسالة", "يكتب…", "حساب أعمال", "اليوم", "أمس", "أنت", "صورة"],
    he: ["הודעה", "מקליד…", "חשבון עסקי", "היום", "אתמול", "אתם", "תמונה"],
    fa: ["پیام", "در حال نوشتن…", "حساب تجاری", "امروز", "دیروز", "شما", "عکس"],
    ur: ["پیغام", "لکھ رہا ہے…", "کاروباری اکاؤنٹ", "آج", "کل", "آپ", "تصویر"],
};
const KEYS = ["message", "typing", "business", "today", "yesterday", "you", "photo"];

const short = (language) => language.toLowerCase().split(/[-_]/)[0];

/** Return the words for a language, English when it is not among ours. */
export function wordsFor(language) {
    const words = WORDS[short(language)] ?? WORDS.en;
    return Object.fromEntries(KEYS.map((key, index) => [key, words[index]]));
}

/** Return `rtl` or `ltr`. */
export const directionOf = (language) => (RIGHT_TO_LEFT.has(short(language)) ? "rtl" : "ltr");

/** Languages that the page offers for a new phone. */
export const LANGUAGES = {
    en: "English",
    es: "Español",
    de: "Deutsch",
    fr: "Français",
    pt: "Português",
    ar: "العربية",
    he: "עברית",
    fa: "فارسی",
    ur: "اردو",
};
