"""Character references."""

from __future__ import annotations

import re
from html.entities import name2codepoint

from portfolio.markdown.kramdown.span_state import SpanRule, SpanState
from portfolio.markdown.kramdown.tree import Element

_START = re.compile(r"&([\w:][\-\w.:]*);|&#([0-9]+);|&#x([0-9a-fA-F]+);", re.ASCII)
# The names kramdown knows are HTML 4's; these are more, or stand for another character than in HTML.
_NAMES = name2codepoint | {"apos": 39, "vellip": 8942, "rceil": 8968, "lceil": 8969, "rang": 9001, "lang": 9002}
# Numbers of Windows' character set, as browsers read them.
_UNUSED = frozenset({129, 141, 143, 144, 157})
_WINDOWS = {number: ord(bytes([number]).decode("cp1252")) for number in range(128, 160) if number not in _UNUSED}


def _number(digits: str, base: int) -> int:
    """The number, or one that is as much too large; Python reads none of thousands of digits."""
    return int(digits.lstrip("0")[:9] or "0", base)


def _read(state: SpanState) -> None:
    match = state.scanner.scan(_START)
    if match is None:
        return
    point = _NAMES.get(match[1]) if match[1] else _number(match[2] or match[3], 10 if match[2] else 16)
    if point is None:
        state.push(Element("entity", "&", meta={"written": "&amp;"}))
        state.add_text(match[0][1:])
        return
    point = _WINDOWS.get(point, point)
    valid = 0 < point < 0x110000 and not 0xD800 <= point < 0xE000
    state.push(Element("entity", chr(point) if valid else "\ufffd", meta={"written": match[0]}))


ENTITY = SpanRule("entity", "&", _START, _read)
