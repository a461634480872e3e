"""Results of checks for a person: a light, what was checked, and a sentence with what to do."""

from typing import NamedTuple

_LEVELS = ("danger", "warning", "info", "ok")


class Check(NamedTuple):
    """One result.

    :ivar str level: ``ok``, ``info``, ``warning`` or ``danger``
    :ivar str title: what was checked, translated
    :ivar str text: what was found, and what to do if it is not well, translated
    """

    level: str
    title: str
    text: str


def worst(checks):
    """Return the first of the gravest checks; None if there are none."""
    return min(checks, key=lambda check: _LEVELS.index(check.level), default=None)


def render(env, checks):
    """Return the checks as HTML.

    :rtype: markupsafe.Markup
    """
    return env["ir.qweb"]._render("whatsapp_helpdesk.wa_checks", {"checks": checks})
