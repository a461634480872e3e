/** The few words that a phone shows in its owner's language. */

const RIGHT_TO_LEFT = new Set(["ar", "he", "fa", "ur"]);

const KEYS =
    "message typing business today yesterday you photo voice video audio document sticker location contact order call missed deleted edited forwarded reply react forward edit delete share buttons send cancel name address phone all opened copied items answer ends copy".split(
        " "
    );

const WORDS = {
    en: "Message|typing…|Business account|Today|Yesterday|You|Photo|Voice message|Video|Audio|Document|Sticker|Location|Contact|Order|Call|Missed call|This message was deleted|edited|Forwarded|Reply|React|Forward|Edit|Delete|Share my number|Options|Send|Cancel|Name|Address|Phone|See all options|opened|copied|View items|Answer|Ends|Copy code",
    es: "Mensaje|escribiendo…|Cuenta de empresa|Hoy|Ayer|Tú|Foto|Mensaje de voz|Vídeo|Audio|Documento|Sticker|Ubicación|Contacto|Pedido|Llamada|Llamada perdida|Se eliminó este mensaje|editado|Reenviado|Responder|Reaccionar|Reenviar|Editar|Eliminar|Compartir mi número|Opciones|Enviar|Cancelar|Nombre|Dirección|Teléfono|Ver todas las opciones|abierto|copiado|Ver artículos|Respuesta|Termina|Copiar código",
    de: "Nachricht|schreibt…|Unternehmenskonto|Heute|Gestern|Du|Foto|Sprachnachricht|Video|Audio|Dokument|Sticker|Standort|Kontakt|Bestellung|Anruf|Verpasster Anruf|Diese Nachricht wurde gelöscht|bearbeitet|Weitergeleitet|Antworten|Reagieren|Weiterleiten|Bearbeiten|Löschen|Meine Nummer teilen|Auswahl|Senden|Abbrechen|Name|Adresse|Telefon|Alle Optionen|geöffnet|kopiert|Artikel ansehen|Antwort|Endet|Code kopieren",
    fr: "Message|écrit…|Compte professionnel|Aujourd’hui|Hier|Vous|Photo|Message vocal|Vidéo|Audio|Document|Autocollant|Position|Contact|Commande|Appel|Appel manqué|Ce message a été supprimé|modifié|Transféré|Répondre|Réagir|Transférer|Modifier|Supprimer|Partager mon numéro|Options|Envoyer|Annuler|Nom|Adresse|Téléphone|Toutes les options|ouvert|copié|Voir les articles|Réponse|Fin|Copier le code",
    pt: "Mensagem|digitando…|Conta comercial|Hoje|Ontem|Você|Foto|Mensagem de voz|Vídeo|Áudio|Documento|Figurinha|Localização|Contato|Pedido|Chamada|Chamada perdida|Mensagem apagada|editada|Encaminhada|Responder|Reagir|Encaminhar|Editar|Apagar|Compartilhar meu número|Opções|Enviar|Cancelar|Nome|Endereço|Telefone|Ver todas as opções|aberto|copiado|Ver itens|Resposta|Termina|Copiar código",
    ar: "رسالة|يكتب…|حساب أعمال|اليوم|أمس|أنت|صورة|رسالة صوتية|فيديو|صوت|مستند|ملصق|الموقع|جهة اتصال|طلب|مكالمة|مكالمة فائتة|تم حذف هذه الرسالة|معدّلة|محوّلة|رد|تفاعل|تحويل|تعديل|حذف|مشاركة رقمي|الخيارات|إرسال|إلغاء|الاسم|العنوان|الهاتف|عرض كل الخيارات|تم الفتح|تم النسخ|عرض المنتجات|الإجابة|ينتهي|نسخ الرمز",
    he: "הודעה|מקליד…|חשבון עסקי|היום|אתמול|אתם|תמונה|הודעה קולית|וידאו|שמע|מסמך|מדבקה|מיקום|איש קשר|הזמנה|שיחה|שיחה שלא נענתה|ההודעה נמחקה|נערך|הועבר|תשובה|תגובה|העברה|עריכה|מחיקה|שיתוף המספר שלי|אפשרויות|שליחה|ביטול|שם|כתובת|טלפון|כל האפשרויות|נפתח|הועתק|הצגת הפריטים|תשובה|מסתיים|העתקת הקוד",
    fa: "پیام|در حال نوشتن…|حساب تجاری|امروز|دیروز|شما|عکس|پیام صوتی|ویدیو|صدا|سند|برچسب|موقعیت|مخاطب|سفارش|تماس|تماس بی‌پاسخ|این پیام حذف شد|ویرایش‌شده|هدایت‌شده|پاسخ|واکنش|هدایت|ویرایش|حذف|اشتراک شماره‌ام|گزینه‌ها|ارسال|لغو|نام|نشانی|تلفن|همهٔ گزینه‌ها|باز شد|کپی شد|دیدن کالاها|پاسخ|پایان|کپی کد",
    ur: "پیغام|لکھ رہا ہے…|کاروباری اکاؤنٹ|آج|کل|آپ|تصویر|صوتی پیغام|ویڈیو|آڈیو|دستاویز|اسٹیکر|مقام|رابطہ|آرڈر|کال|چھوٹی کال|یہ پیغام حذف کر دیا گیا|ترمیم شدہ|آگے بھیجا گیا|جواب|ردعمل|آگے بھیجیں|ترمیم|حذف|میرا نمبر دیں|اختیارات|بھیجیں|منسوخ|نام|پتہ|فون|تمام اختیارات|کھولا گیا|کاپی ہوا|اشیاء دیکھیں|جواب|اختتام|کوڈ کاپی کریں",
};

const short = (language) => language.toLowerCase().split(/[-_]/)[0];

/** Return the words for a language, English when it is not among ours. */
export function wordsFor(language) {
    const words = (WORDS[short(language)] ?? WORDS.en).split("|");
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
