"""A crude judge of words that sell, for reviews that correct the category."""

import re

from .model import Template

WORDS = re.compile(
    r"\b(sale|discount|offers?|promo\w*|voucher|coupon|gift|save \d+|\d+ ?% off|buy now|deal)\b"
    r"|خصم|عرض|عروض|تخفيض|تخفيضات|كوبون|هدية",
    re.IGNORECASE,
)


def is_promotion(template: Template) -> bool:
    """Tell whether the texts of a template promote something."""
    texts = [component.get("text") for component in template.components]
    texts += [button.get("text") for button in template.buttons]
    return any(WORDS.search(text) for text in texts if isinstance(text, str))
