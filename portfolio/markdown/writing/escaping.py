"""Escaping: text in which Markdown and Liquid find no markup."""

from __future__ import annotations

import re
from html import escape

from portfolio.markdown.citations import GROUP, KEY

MAKES_A_LINK = "([{:"  # behind a closing bracket
# In the middle of a line. Liquid is read before Markdown, so its braces cannot be escaped with a backslash.
_LIQUID = re.compile(r"\{(?=[{%:#]|$)")
_SIGN = re.compile(
    r"[\\`*\[\]|]|<(?=[a-zA-Z/!?<]|$)|>(?=>|$)|~(?=~|$)|(?<=~)~|\$(?=\$|$)|(?<=\$)\$|[\"']|-(?=-|$)|(?<=-)-"
    r"|\.(?=\.|$)|(?<=\.)\.|(?<![^\W_])_|_(?![^\W_])"
)
_ENTITY = re.compile(r"&(?=#?\w+;|#|\w*$)")
_LINE_START = re.compile(r"(?:[#>:=^]|[-+](?=[\s]|$)|(?<=\d)[.)](?=\s|$))")
_NUMBER_START = re.compile(r"(\d+)([.)])(?=\s|$)")
_PUNCTUATION = re.compile(r"[^\w\s]|_", re.ASCII)
_END_OF_RAW = "{% endraw"
_ESCAPED_END_OF_RAW = "{% endraw %}{{ '{%' }}{% raw %} endraw"
_RAW_CODE = re.compile(r"\{% raw %\}(`[^`]*`)\{% endraw %\}")


def escape_text(text: str, after: str = "") -> str:
    """``text`` for the middle of a line of kramdown; ``after`` is the character behind it, "" at the end of the line.

    A sign at the end of ``text`` is escaped unless ``after`` shows that it stands alone. Brackets of citations are not.
    """
    parts: list[str] = []
    position = 0
    for group in GROUP.finditer(text) if "@" in text else ():
        behind = text[group.end() : group.end() + 1] or after
        if KEY.search(group[1]) and not group[1].startswith("^") and (not behind or behind not in MAKES_A_LINK):
            parts += [escape_signs(text[position : group.start()], "["), f"[{escape_signs(group[1], ']')}]"]
            position = group.end()
    return "".join([*parts, escape_signs(text[position:], after)])


def escape_signs(text: str, after: str) -> str:
    if not text:
        return ""
    padded = text + ("" if _joins(text[-1:], after) else "\0")
    escaped = _ENTITY.sub("&amp;", padded.replace("&#123;", "&amp;#123;"))
    escaped = _SIGN.sub(lambda match: "\\" + match[0], escaped)
    return _LIQUID.sub("&#123;", escaped).replace("\0", "")


def _joins(last: str, after: str) -> bool:
    """Whether the last character may form a sign with what follows: not at the end of a line or before a blank."""
    return last in "<>~$-.{&" and bool(after) and not after.isspace()


def escape_line_start(line: str) -> str:
    """An escaped line whose first characters would otherwise make it a heading, a list item, a quote or the like."""
    if line.startswith("^"):
        return "&#94;" + line[1:]
    number = _NUMBER_START.match(line)
    if number:
        return f"{number[1]}\\{number[2]}{line[number.end() :]}"
    return "\\" + line if _LINE_START.match(line) else line


def entities(text: str) -> str:
    """``text`` with every sign of ASCII as a numeric entity: ugly, and nothing in it can be mistaken."""
    return _PUNCTUATION.sub(lambda match: f"&#{ord(match[0])};" if ord(match[0]) < 128 else match[0], text)


def escape_attribute(text: str) -> str:
    """A value between double quotes of an HTML tag; Liquid's braces and the pipes of tables as entities."""
    return escape(text).replace("{", "&#123;").replace("|", "&#124;").replace("\n", " ")


def escape_liquid(markdown: str) -> str:
    """``markdown`` kept from Liquid where it holds something that Liquid would read."""
    if "{{" not in markdown and "{%" not in markdown:
        return markdown
    inner = markdown.replace(_END_OF_RAW, _ESCAPED_END_OF_RAW)
    return f"{{% raw %}}{inner}{{% endraw %}}"


def code_without_liquid_escapes(markdown: str) -> str:
    """``markdown`` with its code spans as they were before `escape_liquid`."""
    return _RAW_CODE.sub(lambda match: match[1].replace(_ESCAPED_END_OF_RAW, _END_OF_RAW), markdown)
