"""TeX to MathML Core, by math-core and what its tree needs to be styled by a page whose policy forbids inline style.

The converter writes ``style`` attributes; the names in ``part`` take their place, and the style sheet has the rules.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from math_core import LatexError, LatexToMathML

from portfolio.markdown.html.policy import ATTRIBUTES, MATHS_TAGS
from portfolio.markdown.tex.dialect import Formula, translate
from portfolio.markdown.tex.tokens import TexError

MAX_TEX_LENGTH = 10_000
"""Characters; a longer formula stays TeX."""

MAX_TRANSLATED = 15_000
"""Characters after macros; commands can nest without groups, so the length bounds the converter's stack."""

MAX_DEPTH = 40
"""Groups inside each other: the converter recurses, and a process whose stack is full is ended."""

_PARTS = {
    "text-align: left": "left",
    "text-align: right": "right",
    "padding-right: 0": "join-end",
    "padding-left: 0": "join-start",
    "padding-left:1em": "case",
    "padding-top: 0": "close",
    "border-top: 0.05em solid currentcolor": "rule-top",
    "border-top: 0.05em dashed currentcolor": "dash-top",
    "border-right: 0.05em solid currentcolor": "rule-right",
    "border-right: 0.05em dashed currentcolor": "dash-right",
    "border-left: 0.05em solid currentcolor": "rule-left",
    "border-left: 0.05em dashed currentcolor": "dash-left",
}
_ENCLOSED = {"box": "box", "updiagonalstrike": "strike-up", "downdiagonalstrike": "strike-down"}
_TEXT_PARTS = {"b": "bold", "i": "italic", "em": "italic", "code": "mono", "s": "struck", "u": "underlined"}
_LENGTH = re.compile(r"(padding|margin)-(left|right):\s*(-?[\d.]+)r?em")
_COLOUR = re.compile(r"color:(#[0-9A-Fa-f]{6})")
_STRETCHED = {"~": "\u0303", "ˇ": "\u030c", "^": "\u0302"}
_PRIMES = frozenset("′″‴⁗")
BACK = 0.1667
"""Em of one step back (``\\!``): MathML Core has no negative space, so it is a number of such steps."""
MAX_BACK = 24

_NESTING = re.compile(r"\\(?:begin|left)(?![a-zA-Z])|\\(?:end|right)(?![a-zA-Z])|\\[^a-zA-Z]|[{}]")


@cache
def _converter() -> LatexToMathML:
    return LatexToMathML(allow_unreliable_rendering=True, fancy_error=False)


def convert(tex: str, *, display: bool) -> Element | None:
    """Return ``<math>`` with the MathML of ``tex`` in a row and ``tex`` in its annotation; None when it cannot be done.

    Never raises.
    """
    if not tex or len(tex) > MAX_TEX_LENGTH or _depth(tex) > MAX_DEPTH:
        return None
    try:
        content = _content(translate(tex, display=display), display)
    except (TexError, LatexError, ElementTree.ParseError, RecursionError):
        return None
    # Named without a namespace: in HTML the parser itself puts <math> into the right one.
    math = Element("math", {"display": "block" if display else "inline"})
    semantics = ElementTree.SubElement(math, "semantics")
    row = ElementTree.SubElement(semantics, "mrow")
    row.extend(content)
    annotation = ElementTree.SubElement(semantics, "annotation", {"encoding": "application/x-tex"})
    annotation.text = tex
    return math


def unknown_command(command: str) -> bool:
    """Whether ``command`` is one that cannot be shown, whatever its arguments."""
    try:
        translated = translate(command + "{a}{b}{c}", display=True).tex
        _converted(translated, display=True)
    except TexError:
        return False
    except LatexError as error:
        return f'"{command}"' in str(error) and "nknown command" in str(error)
    return False


def _converted(tex: str, *, display: bool) -> Element:
    if len(tex) > MAX_TRANSLATED or _depth(tex) > 2 * MAX_DEPTH:
        raise TexError("the formula is too long or too deep")
    markup = _converter().convert_with_local_state(tex, displaystyle=display)
    return ElementTree.fromstring(markup.replace("&ApplyFunction;", "\u2061"))  # noqa: S314 - escaped by the converter


def _content(formula: Formula, display: bool) -> list[Element]:
    math = _converted(formula.tex, display=display)
    _mend(math)
    content = list(math)
    if formula.tags:
        content = [_numbered(content, formula.tags)]
    return content


def _numbered(content: Sequence[Element], tags: Sequence[str]) -> Element:
    """Return the rows of a table, or all of a formula as one row, with their numbers in a last column."""
    if len(tags) > 1 and len(content) == 1 and content[0].tag == "mtable":
        table = content[0]
    else:
        table = Element("mtable", {"displaystyle": "true"})
        ElementTree.SubElement(ElementTree.SubElement(table, "mtr"), "mtd", {"part": "cell first"}).extend(content)
    table.set("part", " ".join(filter(None, (table.get("part"), "numbered"))))
    for row, tag in zip(table, tags, strict=False):
        cell = ElementTree.SubElement(row, "mtd", {"part": "cell number"})
        if tag:
            cell.extend(_content(translate(rf"\text{{{tag}}}", display=False), display=False))
    return table


def _mend(root: Element) -> None:
    """Turn styles into parts and attributes, and what is no MathML Core into what looks the same."""
    for element in list(root.iter()):
        if element.tag == "mtext":
            _mend_text(element)
        children = [child for child in element if not child.get("class", "").startswith("menclose-")]
        if len(children) != len(element):
            element[:] = children
        _mend_style(element)
        if element.tag == "menclose":
            parts = [_ENCLOSED[name] for name in element.get("notation", "").split() if name in _ENCLOSED]
            element.tag = "mrow"
            _add_parts(element, parts)
        elif element.tag == "mtable":
            _mend_table(element)
        elif element.tag == "mo" and element.text and set(element.text) <= _PRIMES:
            _add_parts(element, ["prime"])
        elif element.tag in ("mover", "munder", "munderover"):
            _mend_accents(element)
    for element in root.iter():
        if element.tag not in MATHS_TAGS:
            element.tag = "mrow"
        known = ATTRIBUTES.get(element.tag, frozenset()) - {"notation"}
        # Firefox knows rem in style alone; a formula is as large as the text around it.
        element.attrib = {name: value.replace("rem", "em") for name, value in element.attrib.items() if name in known}


def _mend_accents(element: Element) -> None:
    """Tildes and their like stretch as combining characters only."""
    for child in element[1:]:
        if child.tag == "mo" and child.get("stretchy") != "false" and child.text in _STRETCHED:
            child.text = _STRETCHED[child.text]


def _mend_text(element: Element) -> None:
    """Words have no elements in them in MathML; how they look is said by a part."""
    parts = [_TEXT_PARTS[child.tag] for child in element.iter() if child.tag in _TEXT_PARTS]
    element.text = "".join(element.itertext())
    element[:] = []
    _add_parts(element, parts)


def _mend_style(element: Element) -> None:
    style = element.attrib.pop("style", "")
    if not style:
        return
    if colour := _COLOUR.search(style):
        element.set("mathcolor", colour[1].lower())
        _add_parts(element, ["colour"])  # chosen for paper: in the dark it is turned round
    if element.tag in ("mtd", "mtable"):
        _add_parts(element, [part for text, part in _PARTS.items() if text in style])
        return
    lengths = {(kind, side): float(value) for kind, side, value in _LENGTH.findall(style)}
    if element.tag == "mspace" and (back := lengths.get(("margin", "left"), 0)) < 0:
        # A row of steps in the place of the one space.
        steps = min(MAX_BACK, max(1, round(-back / BACK)))
        element.tag = "mrow"
        for _ in range(steps):
            ElementTree.SubElement(element, "mspace", {"part": "back"})
    elif element.tag == "mpadded":
        before, after = lengths.get(("padding", "left"), 0), lengths.get(("padding", "right"), 0)
        if before > 0:
            element.insert(0, Element("mspace", {"width": f"{before}em"}))
        if after > 0:
            element.append(Element("mspace", {"width": f"{after}em"}))


def _mend_table(table: Element) -> None:
    rows = list(table)
    if len(rows) > 1 and len(rows[-1]) == 1 and not len(rows[-1][0]) and "border-top" in rows[-1][0].get("style", ""):
        # A line after the last row.
        table.remove(rows.pop())
        for cell in rows[-1]:
            _add_parts(cell, ["rule-bottom"])
    ruled = any("border" in cell.get("style", "") for row in rows for cell in row)
    for row in rows:
        for index, cell in enumerate(row):
            edges = [] if ruled else [*(["first"] if index == 0 else []), *(["last"] if index == len(row) - 1 else [])]
            _add_parts(cell, ["cell", *edges])


def _add_parts(element: Element, parts: Sequence[str]) -> None:
    if parts:
        element.set("part", " ".join(dict.fromkeys([*element.get("part", "").split(), *parts])))


def _depth(tex: str) -> int:
    """Return how many groups, environments and fences of ``tex`` are inside each other at most."""
    deepest = depth = 0
    for match in _NESTING.finditer(tex):
        if match[0] == "{" or match[0].startswith((r"\begin", r"\left")):
            depth += 1
            deepest = max(deepest, depth)
        elif match[0] == "}" or match[0].startswith((r"\end", r"\right")):
            depth -= 1
    return deepest
