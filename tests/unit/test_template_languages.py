"""Which language variant a customer gets."""

import random

import pytest
from cloud_api.templates.languages import (
    META_LANGUAGES,
    Choice,
    choose,
    is_right_to_left,
    meta_language,
    odoo_language,
)


@pytest.mark.parametrize(
    ("odoo", "meta"),
    [
        ("ar_001", "ar"),
        ("ar_SY", "ar"),
        ("ar_EG", "ar_EG"),
        ("en_US", "en_US"),
        ("en_GB", "en_GB"),
        ("fr_FR", "fr"),
        ("fr_BE", "fr_BE"),
        ("de_DE", "de"),
        ("nl_NL", "nl"),
        ("it_IT", "it"),
        ("nb_NO", "nb"),
        ("es_ES", "es_ES"),
        ("es_VE", "es"),
        ("pt_BR", "pt_BR"),
        ("pt_AO", "pt_PT"),
        ("zh_CN", "zh_CN"),
        ("zh_TW", "zh_TW"),
        ("zh_SG", "zh_CN"),
        ("sr@latin", "sr"),
        ("sr@Cyrl", "sr"),
        ("tl_PH", "fil"),
        ("be_BY", "be_BY"),
        ("he_IL", "he"),
        ("am_ET", "am_ET"),
        ("en-US", "en_US"),
        ("", ""),
    ],
)
def test_languages_of_odoo_at_meta(odoo, meta):
    assert meta_language(odoo) == meta


def test_a_code_of_metas_stays():
    assert all(meta_language(code) == code for code in META_LANGUAGES)
    assert len(set(META_LANGUAGES)) == len(META_LANGUAGES)


@pytest.mark.parametrize(
    ("variants", "customer", "fallback", "choice"),
    [
        (["ar", "en"], "ar_001", "en", Choice("ar", "exact")),
        (["ar", "en_US"], "en_US", "ar", Choice("en_US", "exact")),
        (["ar", "en"], "en_US", "ar", Choice("en", "base")),
        (["ar", "en_GB", "en_US"], "en_AU", "ar", Choice("en_US", "base")),
        (["ar", "en_GB", "en_IE"], "en_US", "ar", Choice("en_GB", "base")),
        (["ar_EG", "en"], "ar_001", "en", Choice("ar_EG", "base")),
        (["ar", "ar_EG"], "ar_SY", "en", Choice("ar", "exact")),
        (["zh_CN", "zh_HK"], "zh_TW", "", Choice("zh_HK", "base")),
        (["zh_CN", "zh_TW"], "zh_SG", "", Choice("zh_CN", "exact")),
        (["pt_BR", "en"], "pt_PT", "en", Choice("pt_BR", "base")),
        (["ar", "en"], "fr_FR", "ar_001", Choice("ar", "fallback")),
        (["ar", "en_GB"], "fr_FR", "en_US", Choice("en_GB", "fallback")),
        (["ar", "en_GB"], "", "", Choice("en_GB", "any")),
        (["ar", "fr"], "de_DE", "es", Choice("ar", "any")),
        (["am_ET"], "am_ET", "", Choice("am_ET", "exact")),
        (["fr"], "fr-FR", "", Choice("fr", "exact")),
        ([], "ar", "en", None),
    ],
)
def test_the_choice(variants, customer, fallback, choice):
    assert choose(variants, customer, fallback) == choice
    assert choose(reversed(variants * 2), customer, fallback) == choice


@pytest.mark.parametrize("seed", range(3))
def test_a_choice_is_always_one_of_the_variants(seed):
    chance = random.Random(seed)
    for _ in range(300):
        variants = chance.sample(META_LANGUAGES, chance.randrange(1, 5))
        customer, fallback = chance.choice([*META_LANGUAGES, "", "xx_XX"]), chance.choice(variants)
        found = choose(variants, customer, fallback)
        assert found.language in variants
        assert found.why != "any"
        if customer in variants:
            assert found == Choice(customer, "exact")


def test_languages_of_meta_in_odoo():
    installed = ["ar_001", "en_GB", "en_US", "fr_BE"]
    assert odoo_language("ar", installed) == "ar_001"
    assert odoo_language("ar_EG", installed) == "ar_001"
    assert odoo_language("en_GB", installed) == "en_GB"
    assert odoo_language("en", installed) == "en_GB"
    assert odoo_language("fr", installed) == "fr_BE"
    assert odoo_language("de", installed) == ""


def test_writing_from_the_right():
    assert [code for code in ("ar", "ar_EG", "he", "ur", "en", "tr") if is_right_to_left(code)] == [
        "ar",
        "ar_EG",
        "he",
        "ur",
    ]
