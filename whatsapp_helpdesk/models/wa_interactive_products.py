"""The names of products in messages about a catalogue, which only knows their references."""

from ..cloud_api.interactive import Product, ProductList


def product_names(env, content):
    """Return the names of the products that a message shows, by Meta's id of them.

    That id is the internal reference; one that several products have, or none, has no name.

    :param env: of the user
    :param cloud_api.interactive.Interactive content: of any kind
    :rtype: dict[str, str]
    """
    if isinstance(content, Product):
        codes = [content.retailer_uid]
    elif isinstance(content, ProductList):
        codes = [uid for section in content.sections for uid in section.retailer_uids]
    else:
        return {}
    found = env["product.product"].search([("default_code", "in", codes)])
    by_code = found.grouped("default_code")
    return {code: by_code[code].name for code in codes if len(by_code.get(code, ())) == 1}


def with_product_names(shown, names):
    """Return the JSON of a message with the names that the chat shows.

    :param dict shown: of `cloud_api.stored_interactive.as_json`
    :param dict names: of `product_names`
    """
    if shown["kind"] == "product":
        return shown | {"product_name": names.get(shown["retailer_uid"], "")}
    if shown["kind"] == "product_list":
        return shown | {
            "sections": [section | {"product_names": names} for section in shown["sections"]]
        }
    return shown
