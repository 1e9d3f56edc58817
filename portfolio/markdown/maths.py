"""TeX to MathML, on the server: a reader needs no script and can still copy the TeX."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape
from xml.etree import ElementTree

from latex2mathml.converter import convert_to_element

MAX_TEX_LENGTH = 10_000
"""Characters; a longer formula stays TeX, because the converter recurses and its time grows faster than the text."""

MAX_GROUP_DEPTH = 40

MAX_MACRO_LENGTH = 300
"""Characters of a formula that defines macros: they multiply text."""

_DEFINES = re.compile(r"\\(?:new|renew|provide)?(?:command|environment)\b|\\[gex]?def\b|\\let\b|\\DeclareMathOperator")


def mathml(tex: str, *, display: bool) -> str:
    """Return ``<math>`` whose ``<annotation>`` carries ``tex``, or a ``<code class="tex">`` when it cannot be done.

    Never raises.
    """
    return _mathml(tex.strip(), display)


@lru_cache(maxsize=1024)
def _mathml(tex: str, display: bool) -> str:
    element = _convert(tex, "block" if display else "inline")
    if element is None:
        shown = escape(tex)
        return f'<code class="tex" data-math="{shown}">{escape(tex, quote=False)}</code>'
    return ElementTree.tostring(element, encoding="unicode", short_empty_elements=False)


def _convert(tex: str, display: str) -> ElementTree.Element | None:
    if not tex or len(tex) > MAX_TEX_LENGTH or _depth(tex) > MAX_GROUP_DEPTH:
        return None
    if len(tex) > MAX_MACRO_LENGTH and _DEFINES.search(tex):
        return None
    try:
        math = convert_to_element(_unnumbered(tex), display=display)
    except Exception:
        # The converter raises many kinds; every one means "not convertible".
        return None
    if _names_unknown_command(math):
        return None
    return _annotated(math, tex, display)


def _annotated(converted: ElementTree.Element, tex: str, display: str) -> ElementTree.Element:
    # Named without a namespace: in HTML the parser itself puts <math> into the right one.
    math = ElementTree.Element("math", {"display": display})
    semantics = ElementTree.SubElement(math, "semantics")
    row = ElementTree.SubElement(semantics, "mrow")
    content = list(converted)
    if len(content) == 1 and content[0].tag == "mrow":
        content = list(content[0])
    row.extend(content)
    for part in row.iter():
        if part.text:
            # latex2mathml writes characters as entities ready for serialising; the tree must hold the characters.
            part.text = _entities_resolved(part.text)
    annotation = ElementTree.SubElement(semantics, "annotation", {"encoding": "application/x-tex"})
    annotation.text = tex
    return math


def _entities_resolved(text: str) -> str:
    return re.sub(r"&#x([0-9A-Fa-f]{1,6});", lambda match: chr(int(match[1], 16)), text)


def _unnumbered(tex: str) -> str:
    """Leave out labels and numbers: they mean nothing without a document around them, and browsers' TeX shows none."""
    tex = re.sub(r"\\(begin|end)\{(align|equation|gather|multline|alignat)\}", r"\\\1{\2*}", tex)
    return re.sub(r"\\(?:label|tag)\*?\{[^{}]*\}|\\(?:nonumber|notag)\b", "", tex)


def _names_unknown_command(math: ElementTree.Element) -> bool:
    """The converter shows a command it does not know as its name, backslash and all: that is not a formula."""
    return any((part.text or "").startswith("\\") and len(part.text or "") > 1 for part in math.iter())


def _depth(tex: str) -> int:
    deepest = depth = 0
    for character in tex:
        if character == "{":
            depth += 1
            deepest = max(deepest, depth)
        elif character == "}":
            depth -= 1
    return max(deepest, tex.count(r"\left"), tex.count(r"\begin"))
