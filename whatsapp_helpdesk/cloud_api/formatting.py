"""WhatsApp's text markup to HTML and back, and to plain words.

Source: Meta Cloud API: text formatting.
"""

from collections.abc import Callable
from html import escape

from .html_reader import html_to_whatsapp
from .markup import Block, Token, blocks, tokens
from .text import clean

__all__ = ["html_to_whatsapp", "to_plain_text", "whatsapp_to_html"]

_TAGS = {"*": "strong", "_": "em", "~": "s"}


def whatsapp_to_html(text: str) -> str:
    """Return a customer's text as safe HTML.

    Nothing of the text is markup for HTML; only the tags br, strong, em, s, code, pre, ul, ol, li,
    blockquote and a (http and https only) come out of here.
    """
    parts: list[str] = []
    after_text = ""
    for block in blocks(_normal(text)):
        if block.kind != "text" and after_text == "":
            parts.append("<br/>" if parts else "")  # an empty last line has no height by itself
        parts.append(_BLOCKS[block.kind](block))
        after_text = block.lines[-1] if block.kind == "text" else "-"
    return "".join(parts)


def to_plain_text(text: str) -> str:
    """Return a customer's text without markers, for previews, subjects and notifications."""
    return "\n".join(line for block in blocks(_normal(text)) for line in _plain_lines(block))


def _normal(text: str) -> str:
    return clean(text).replace("\r\n", "\n").replace("\r", "\n").strip("\n")


def _inline_html(line: str) -> str:
    return "".join(_token_html(token) for token in tokens(line))


def _token_html(token: Token) -> str:
    if token.kind == "open":
        return f"<{_TAGS[token.text]}>"
    if token.kind == "close":
        return f"</{_TAGS[token.text]}>"
    safe = escape(token.text, quote=False)
    if token.kind == "code":
        return f"<code>{safe}</code>"
    if token.kind == "link":
        href = escape(token.text)
        return f'<a href="{href}" target="_blank" rel="noreferrer noopener">{safe}</a>'
    return safe


def _lines_html(block: Block) -> str:
    return "<br/>".join(_inline_html(line) for line in block.lines)


def _items_html(block: Block) -> str:
    return "".join(f"<li>{_inline_html(line)}</li>" for line in block.lines)


def _numbers_html(block: Block) -> str:
    start = "" if block.first_number == 1 else f' start="{block.first_number}"'
    return f"<ol{start}>{_items_html(block)}</ol>"


def _code_html(block: Block) -> str:
    return f"<pre>{escape(chr(10).join(block.lines), quote=False)}</pre>"


_BLOCKS: dict[str, Callable[[Block], str]] = {
    "bullets": lambda block: f"<ul>{_items_html(block)}</ul>",
    "code": _code_html,
    "numbers": _numbers_html,
    "quote": lambda block: f"<blockquote>{_lines_html(block)}</blockquote>",
    "text": _lines_html,
}


def _plain_lines(block: Block) -> list[str]:
    if block.kind == "code":
        return block.lines
    lines = [
        "".join(token.text for token in tokens(line) if token.kind not in ("open", "close"))
        for line in block.lines
    ]
    if block.kind == "bullets":
        return [f"- {line}" for line in lines]
    if block.kind == "numbers":
        return [f"{number}. {line}" for number, line in enumerate(lines, block.first_number)]
    return lines
