"""Words that Meta's reviewers look at, in English and Arabic: a start, not a complete list.

Groups of goods are those of Meta's commerce policy, named as its webhooks name violations. Words
that mostly mean something harmless (a sale order, a price offer, an amount deducted) are left out.
"""


def _(text: str) -> str:
    """Mark a text that is translated where it is shown."""
    return text


def _words(listed: str) -> tuple[str, ...]:
    return tuple(" ".join(word.split()) for word in listed.split(","))


PROMOTION_WORDS = _words(
    """
    discount, coupon, gift voucher, promo, promotion, promo code, special offer, limited offer,
    limited time, exclusive offer, exclusive deal, best deal, hot deal, flash sale, big sale, on
    sale, clearance sale, black friday, cashback, cash back, free gift, free shipping, free
    delivery, for free, giveaway, chance to win, you have won, prize, buy now, shop now,
    subscribe now, upgrade now, book now, sign up today, don't miss, do not miss, hurry, last
    chance, while stocks last, best price, lowest price, save up to, save big, new arrival, new
    collection, buy one get one, refer a friend, check out our, explore our, you may also like,
    recommended for you, back in stock, loyalty points,
    خصم خاص, خصم حصري, خصومات, تخفيض, تخفيضات, تنزيلات, عروض, عرض خاص, عرض محدود, عرض حصري, أقوى
    العروض, لفترة محدودة, كوبون, كود خصم, قسيمة شراء, مجانا, هدية, هدايا, توصيل مجاني, شحن
    مجاني, اشتر الآن, اشتري الآن, تسوق الآن, اطلب الآن, احجز الآن, اشترك الآن, لا تفوت, لا
    تفوتك, سارع, سارعوا, الفرصة الأخيرة, أفضل الأسعار, أقل الأسعار, وصل حديثا, تشكيلة جديدة,
    اربح, جائزة, جوائز, الجمعة البيضاء, استرداد نقدي, حتى نفاد الكمية, نقاط الولاء, قد يعجبك
    """
)

CODE_WORDS = _words(
    """
    verification code, one-time code, one time code, one-time password, otp, login code,
    security code, authentication code, login password,
    رمز التحقق, كود التحقق, رمز التأكيد, كود التفعيل, رمز التفعيل, رمز الدخول, كلمة مرور لمرة
    واحدة, رمز لمرة واحدة
    """
)

SENSITIVE_WORDS = _words(
    """
    card number, credit card details, cvv, cvc, pin code, your password, passport number, social
    security number, national id,
    رقم البطاقة, بيانات البطاقة, الرقم السري, الرقم القومي, كلمة السر, كلمة المرور, رقم الهوية,
    رقم جواز السفر, رقم الجواز
    """
)

BANNED_GOODS = {
    "drugs": _words(
        """
        medicine, medication, drug, painkiller, antibiotic, prescription, aspirin, ibuprofen,
        paracetamol, tramadol, insulin, viagra, steroid, opioid, cannabis, marijuana, cbd,
        narcotic, sleeping pill,
        دواء, أدوية, مضاد حيوي, مضادات حيوية, مسكنات, روشتة, وصفة طبية, حبوب منومة, منشطات,
        مخدر, مخدرات, حشيش, ماريجوانا, فياجرا, ترامادول, أنسولين, باراسيتامول, أسبرين
        """
    ),
    "alcohol": _words(
        """
        alcohol, beer, wine, whisky, whiskey, vodka, tequila, champagne, liquor, brandy, cognac,
        خمر, خمور, كحول, كحوليات, بيرة, نبيذ, ويسكي, فودكا, شمبانيا
        """
    ),
    "supplements": _words(
        """
        supplement, dietary supplement, protein powder, creatine, fat burner, weight loss,
        slimming, testosterone booster, appetite suppressant,
        مكمل غذائي, مكملات غذائية, مكملات, حارق دهون, حوارق الدهون, تخسيس, تنحيف, كرياتين, سد
        الشهية
        """
    ),
    "animals": _words(
        """
        puppy, kitten, livestock, cattle, live animal, dogs for sale, cats for sale, birds for
        sale, parrot, ivory, camel, sheep, goat,
        حيوانات, مواشي, ماشية, أغنام, خروف, خراف, ماعز, جرو, قطط, كلاب, ببغاء, صقور, أضاحي,
        أضحية
        """
    ),
    "healthcare": _words(
        """
        medical device, medical equipment, glucose meter, blood pressure monitor, contact lens,
        contact lenses, hearing aid, syringe, test kit, pregnancy test, stethoscope, pulse
        oximeter, nebulizer, first aid kit, thermometer,
        جهاز طبي, أجهزة طبية, مستلزمات طبية, جهاز قياس الضغط, جهاز قياس السكر, عدسات لاصقة,
        سماعات طبية, سماعة طبية, سرنجات, اختبار حمل, ترمومتر
        """
    ),
    "tobacco": _words(
        """
        tobacco, cigarette, e-cigarette, cigar, vape, vaping, shisha, hookah, nicotine,
        سجائر, سيجارة, تبغ, شيشة, معسل, فيب, نيكوتين, سيجار
        """
    ),
    "weapons": _words(
        """
        weapon, gun, rifle, pistol, firearm, ammunition, ammo, explosive, grenade, pepper spray,
        taser,
        سلاح, أسلحة, مسدس, بندقية, بنادق, ذخيرة, متفجرات, خنجر
        """
    ),
    "gambling": _words(
        """
        casino, gambling, betting, lottery, poker, roulette, jackpot, slot machine,
        قمار, كازينو, مراهنات, يانصيب, روليت
        """
    ),
    "adult": _words(
        """
        porn, pornography, escort service, sex toy, adult toy, erotic,
        إباحي, إباحية, ألعاب جنسية
        """
    ),
    "dating": _words(
        """
        dating, hookup, matchmaking,
        مواعدة, موقع تعارف, تطبيق تعارف
        """
    ),
    "real_fake_currency": _words(
        """
        bitcoin, cryptocurrency, crypto, forex, initial coin offering,
        بيتكوين, عملات رقمية, عملة رقمية, عملات مشفرة, فوركس
        """
    ),
    "body_parts_fluids": _words(
        """
        blood plasma, human organ, breast milk, kidney for sale,
        بلازما الدم, أعضاء بشرية
        """
    ),
    "misleading": _words(
        """
        payday loan, get rich, pyramid scheme, network marketing, double your money, penny
        auction,
        تسويق شبكي, التسويق الهرمي, ربح سريع, ضاعف أموالك
        """
    ),
    "third_party_infringements": _words(
        """
        replica, counterfeit, first copy, cracked software,
        ماركات مقلدة, نسخة مقلدة, تقليد ماركة
        """
    ),
}

GROUP_NAMES = {
    "adult": _("adult products and services"),
    "alcohol": _("alcohol"),
    "animals": _("live animals and parts of them"),
    "body_parts_fluids": _("body parts and fluids"),
    "dating": _("dating services"),
    "drugs": _("medicine and drugs"),
    "gambling": _("gambling"),
    "healthcare": _("medical devices and health products"),
    "misleading": _("misleading business models"),
    "real_fake_currency": _("currencies, also digital ones"),
    "supplements": _("supplements"),
    "third_party_infringements": _("copies of brands"),
    "tobacco": _("tobacco and smoking"),
    "weapons": _("weapons and explosives"),
}
"""What the groups are called in English; whoever shows findings translates them."""
