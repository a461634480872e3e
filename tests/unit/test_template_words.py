"""Words that change the category of a template or break the commerce policy."""

import pytest
from cloud_api.templates.lint import ERROR, WARNING, lint
from cloud_api.templates.model import Body, Button, Buttons, Header, Template
from cloud_api.templates.word_lists import BANNED_GOODS, GROUP_NAMES
from cloud_api.templates.word_search import WordSearch, normalised


def findings(text, category="utility", parts=(), **samples):
    body = Body(text, {"1": "x"} | samples)
    return lint(Template("a", "ar", category, (body, *parts)))


def told(found):
    return [(f.code, f.facts.get("group", ""), f.facts.get("words", "")) for f in found]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Hello {{1}}, here is a discount for your next order", "discount"),
        ("Hello {{1}}, two special offers are waiting for you", "special offers"),
        ("Hello {{1}}, don’t miss our new collections this week", "don’t miss, new collections"),
        ("Hello {{1}}, your next order is 20% off this week", "20% off"),
        ("مرحبا {{1}}، لدينا عروض جديدة لك هذا الأسبوع", "عروض"),
        ("مرحبا {{1}}، والعُرُوض مستمرة لفترة محدودة في المتجر", "والعُرُوض, لفترة محدودة"),
        ("مرحبا {{1}}، اشتري الان من متجرنا على الشبكة", "اشتري الان"),
        ("مرحبا {{1}}، التوصيل مجاناً على طلبك القادم معنا", "مجاناً"),
        ("مرحبا {{1}}، خصم 20% على طلبك القادم معنا", "خصم 20%"),
        ("مرحبا {{1}}، لك ٢٠٪ خصم على طلبك القادم معنا", "٢٠٪ خصم"),
    ],
)
def test_advertising_in_utility(text, words):
    assert told(findings(text)) == [("promotion_words", "", words)]
    assert findings(text, "marketing") == []


@pytest.mark.parametrize(
    "text",
    [
        "Hello {{1}}, your sale order is confirmed and will be delivered.",
        "Hello {{1}}, you can track your order now on our site.",
        "Hello {{1}}, feel free to ask us about your ticket.",
        "Hello {{1}}, customs clearance of your parcel is done.",
        "مرحبا {{1}}، هذا عرض السعر الذي طلبته منا اليوم.",
        "مرحبا {{1}}، تم خصم المبلغ من رصيدك بنجاح اليوم.",
        "مرحبا {{1}}، تم استلام تذكرتك وسنرد عليك قريبا.",
        "Hello {{1}}, how would you rate our answer to your ticket?",
    ],
)
def test_what_is_no_advertising(text):
    assert findings(text) == []


def test_a_text_that_is_the_same_for_everybody():
    assert told(findings("Your order will be delivered soon.")) == [
        ("utility_without_variable", "", "")
    ]
    assert findings("We have new chairs.", "marketing") == []


def test_all_parts_are_read():
    parts = (Header("text", "Special offer"), Buttons((Button("quick_reply", "Buy now"),)))
    found = findings("Hello {{1}}, your order is on its way", parts=parts)
    assert [(f.code, f.part) for f in found] == [
        ("promotion_words", "header"),
        ("promotion_words", "buttons.0"),
    ]


def test_codes_have_a_category_of_their_own():
    (found,) = findings("Hello, {{1}} is the verification code of your account")
    assert (found.code, found.severity) == ("code_words", ERROR)
    (found,) = findings("مرحبا، رمز التحقق الخاص بك هو {{1}} ولا تشاركه أحدا")
    assert (found.code, found.severity) == ("code_words", ERROR)
    (found,) = findings("We never ask for a verification code on the phone", "marketing")
    assert (found.code, found.severity) == ("code_words", WARNING)


@pytest.mark.parametrize(
    "text",
    [
        "Hello {{1}}, please send us your card number to confirm",
        "مرحبا {{1}}، من فضلك أرسل لنا رقم البطاقة للتأكيد",
    ],
)
def test_secrets_are_not_asked_for(text):
    assert [f.code for f in findings(text)] == ["sensitive_request"]


@pytest.mark.parametrize(
    ("text", "group", "words"),
    [
        ("Hello {{1}}, your Medicines are ready to be picked up", "drugs", "Medicines"),
        ("Hello {{1}}, our wine list is new, have a look", "alcohol", "wine"),
        ("Hello {{1}}, your protein powder is on its way", "supplements", "protein powder"),
        ("Hello {{1}}, the puppies that you saw are here", "animals", "puppies"),
        ("Hello {{1}}, your contact lenses are ready for you", "healthcare", "contact lenses"),
        ("Hello {{1}}, your e-cigarettes are ready for you", "tobacco", "e cigarettes"),
        ("Hello {{1}}, the rifle's permit is here for you", "weapons", "rifle's"),
        ("Hello {{1}}, the casino opens its doors for you", "gambling", "casino"),
        ("مرحبا {{1}}، الأدوية التي طلبتها جاهزة للاستلام الآن", "drugs", "الأدوية"),
        ("مرحبا {{1}}، دواؤك جاهز وكل أدويه الشهر معه", "drugs", "أدويه"),
        ("مرحبا {{1}}، وصلت الخمور التي طلبتها من المتجر", "alcohol", "الخمور"),
        (
            "مرحبا {{1}}، المكملات الغذائية التي طلبتها جاهزة الآن",
            "supplements",
            "المكملات الغذائية",
        ),
        ("مرحبا {{1}}، وصلت الأغنام التي طلبتها إلى المزرعة", "animals", "الأغنام"),
        ("مرحبا {{1}}، أجهزة طبيّة جديدة وصلت إلى المتجر", "healthcare", "أجهزة طبيّة"),
        ("مرحبا {{1}}، وصل التبغ والسجائر إلى المتجر اليوم", "tobacco", "التبغ, والسجائر"),
    ],
)
def test_goods_that_are_banned(text, group, words):
    assert told(findings(text)) == [("banned_goods", group, words)]
    assert all(f.severity == WARNING for f in findings(text))


def test_examples_are_read_too():
    found = findings("Hello {{1}}, your order is on its way", **{"1": "Aspirin"})
    assert told(found) == [("banned_goods", "drugs", "Aspirin")]


@pytest.mark.parametrize("group", sorted(BANNED_GOODS))
def test_every_word_is_found_in_its_group(group):
    search = WordSearch(BANNED_GOODS[group])
    for word in BANNED_GOODS[group]:
        assert search.found(f"Our {word}, today"), word
        assert search.found(f"{word.upper()}"), word


def test_every_group_has_a_name_and_both_languages():
    assert set(GROUP_NAMES) == set(BANNED_GOODS)
    for words in BANNED_GOODS.values():
        assert any(word.isascii() for word in words)
        assert any(not word.isascii() for word in words)


@pytest.mark.parametrize(
    ("written", "same"),
    [("أدويـــة", "ادويه"), ("خَمْر", "خمر"), ("GUN", "gun"), ("don’t", "don't"), ("ﺧﻤﺮ", "خمر")],
)
def test_spellings_that_are_the_same(written, same):
    assert normalised(written) == normalised(same)


@pytest.mark.parametrize(
    "text", ["begun", "gunny", "winery", "class", "كلبي", "فخمر", "", "{{gun}}"]
)
def test_parts_of_other_words_are_not_found(text):
    search = WordSearch(["gun", "wine", "clas", "كلب", "خمر"])
    assert search.found(text.replace("{{gun}}", "")) == []
