"""The few lines of a vCard that people need: name, numbers, e-mail, company.

Source: RFC 6350, and vCard 2.1 and 3.0 as phones still write them (``waid`` is WhatsApp's own).
"""

import quopri
import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from .contents import CardPhone, ContactCard
from .lenient import wa_id, web_address
from .text import clean

_LONGEST = 65536  # a card is short, unless it carries a photograph
_FOLD = re.compile(r"\r?\n[ \t]")
_LINE_END = re.compile(r"\r\n?|\n")
_SOFT_BREAK = re.compile(r"=\r?\n")
_BROKEN_SOFTLY = re.compile(r"^[^:\r\n]*QUOTED-PRINTABLE[^:\r\n]*:(?:[^\r\n]*=\r?\n)+", re.I | re.M)
_ESCAPED = re.compile(r"\\([\\,;:nN])")
_SEPARATOR = re.compile(r"(?<!\\);")


class _Line(NamedTuple):
    name: str
    parameters: list[tuple[str, str]]
    value: str


def read_vcard(vcard: str) -> ContactCard:
    """Return the card; one without a name or anything else when it cannot be read."""
    lines = list(_lines(vcard[:_LONGEST]))
    addresses = (", ".join(_parts(value)) for value in _values(lines, "ADR"))
    return ContactCard(
        name=_first(lines, "FN") or " ".join(_name(lines)),
        phones=tuple(filter(None, (_phone(line) for line in lines if line.name == "TEL"))),
        emails=_values(lines, "EMAIL", plain=True),
        organisation=next((" ".join(_parts(value)) for value in _values(lines, "ORG")), ""),
        title=_first(lines, "TITLE"),
        urls=tuple(filter(None, map(web_address, _values(lines, "URL", plain=True)))),
        addresses=tuple(filter(None, addresses)),
        birthday=_day(_first(lines, "BDAY")),
    )


def _lines(vcard: str) -> Iterator[_Line]:
    vcard = _BROKEN_SOFTLY.sub(lambda found: _SOFT_BREAK.sub("", found[0]), vcard)
    for line in _LINE_END.split(_FOLD.sub("", vcard)):
        head, found, value = line.partition(":")
        name, *parameters = head.split(";")
        if found and value.strip():
            pairs = [_parameter(parameter) for parameter in parameters]
            name = name.rpartition(".")[2].strip().upper()
            yield _Line(name, pairs, _decoded(value.strip(), pairs))


def _parameter(parameter: str) -> tuple[str, str]:
    key, found, value = parameter.partition("=")
    # vCard 2.1 writes types without a key: TEL;CELL:…
    pair = (key, value) if found else ("TYPE", key)
    return pair[0].strip().upper(), pair[1].strip().strip('"')


def _decoded(value: str, parameters: list[tuple[str, str]]) -> str:
    if any(text.upper() == "QUOTED-PRINTABLE" for _key, text in parameters):
        value = quopri.decodestring(value.encode()).decode("utf-8", "replace")
    return clean(value)


def _first(lines: list[_Line], name: str) -> str:
    return next(iter(_values(lines, name, plain=True)), "")


def _values(lines: list[_Line], name: str, plain: bool = False) -> tuple[str, ...]:
    found = (line.value for line in lines if line.name == name)
    return tuple(_unescaped(value) if plain else value for value in found)


def _parts(value: str) -> list[str]:
    """Return the filled parts of a structured value, ``;;Main St 1;Madrid``."""
    return list(filter(None, (_unescaped(part) for part in _SEPARATOR.split(value))))


def _name(lines: list[_Line]) -> list[str]:
    """Return the parts of ``N`` in spoken order; it is written family name first."""
    value = next(iter(_values(lines, "N")), "")
    family, given, middle, prefix, suffix, *_rest = [*map(_unescaped, _SEPARATOR.split(value))] + (
        [""] * 5
    )
    return [part for part in (prefix, given, middle, family, suffix) if part]


def _unescaped(value: str) -> str:
    return _ESCAPED.sub(lambda found: {"n": "\n", "N": "\n"}.get(found[1], found[1]), value).strip()


def _phone(line: _Line) -> CardPhone | None:
    types = [value for key, value in line.parameters if key == "TYPE" and value.upper() != "VOICE"]
    user = next((wa_id(value) for key, value in line.parameters if key == "WAID"), "")
    number = _unescaped(line.value).removeprefix("tel:")
    return CardPhone(number=number, wa_id=user, type=types[0].upper() if types else "")


def _day(value: str) -> str:
    if re.fullmatch(r"\d{8}", value, re.ASCII):
        value = f"{value[:4]}-{value[4:6]}-{value[6:]}"
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        return ""
