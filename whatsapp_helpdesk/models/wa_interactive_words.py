"""What is wrong with a message with buttons or a list, in sentences for whoever writes it."""

from ..cloud_api import interactive_checks

_SAID_BY_ROWS = ("sections", "missing")


def describe_problems(env, content):
    """Return a sentence for each thing that WhatsApp would refuse, in the user's language.

    :param env: of the user
    :param cloud_api.interactive.Interactive content: that shall be sent
    :rtype: list[str]
    """
    return [
        _sentence(env, problem, _part_name(env, content, problem.part))
        for problem in interactive_checks.find_problems(content)
        if (problem.part, problem.reason) != _SAID_BY_ROWS
    ]


def _sentence(env, problem, part):
    values = {"part": part, "maximum": problem.maximum, "actual": problem.actual}
    if problem.part == "header" and problem.reason in ("kind", "not_uploaded"):
        return env._("WhatsApp does not take this heading.")
    sentences = {
        "missing": env._("%(part)s: nothing is there yet.", **values),
        "too_long": env._("%(part)s: %(actual)s characters, WhatsApp takes %(maximum)s.", **values),
        "too_many": env._("%(part)s: %(actual)s, WhatsApp takes %(maximum)s.", **values),
        "not_unique": env._("%(part)s: the same words are there already.", **values),
        "address": env._("%(part)s: links begin with https:// or http://.", **values),
    }
    return sentences[problem.reason]


def _part_name(env, content, part):
    """Return how people know a part; see `cloud_api.interactive_checks.PartProblem`."""
    names = {
        "body": env._("Text"),
        "button": env._("Label of the list"),
        "buttons": env._("Buttons"),
        "catalog": env._("Catalogue"),
        "footer": env._("Footer"),
        "header": env._("Heading"),
        "label": env._("Label of the button"),
        "product": env._("Product"),
        "products": env._("Products"),
        "rows": env._("Choices"),
        "sections": env._("Sections"),
        "url": env._("Address"),
    }
    if part in names:
        return names[part]
    match part.split("."):
        case ["buttons", number, _field]:
            return env._("Button %(number)s", number=int(number) + 1)
        case ["sections", section, "rows", row, field]:
            earlier = content.sections[: int(section)]
            number = sum(len(one.rows) for one in earlier) + int(row) + 1
            if field == "description":
                return env._("Description of choice %(number)s", number=number)
            return env._("Choice %(number)s", number=number)
        case ["sections", section, "title"]:
            return env._("Title of section %(number)s", number=int(section) + 1)
    return names["products"]
