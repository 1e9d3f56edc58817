"""TeX to MathML, on the server: a reader needs no script and can still copy the TeX.

Until a page is shown a formula is its TeX in a marked ``<code>``, which is small and passes the sanitiser;
`show_formulas` comes after the sanitiser and makes MathML of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from html import escape, unescape
from xml.etree import ElementTree

from latex2mathml.converter import convert_to_element

from portfolio.markdown.html.policy import ATTRIBUTES, MATHS_TAGS

MAX_TEX_LENGTH = 10_000
"""Characters; a longer formula stays TeX, because the converter recurses and its time grows faster than the text."""

MAX_GROUP_DEPTH = 40

MAX_MACRO_LENGTH = 300
"""Characters of a formula that defines macros: they multiply text."""

_DEFINES = re.compile(r"\\(?:new|renew|provide)?(?:command|environment)\b|\\[gex]?def\b|\\let\b|\\DeclareMathOperator")


_COLUMN = re.compile(r"(?<!\\)&")
_ENVIRONMENTS = (
    (re.compile(r"\\(begin|end)\{(?:aligned|flalign|gather|gathered|multline)\*?\}"), r"\\\1{split}"),
    (re.compile(r"\\begin\{align(?:ed)?at\*?\}\s*\{\d+\}"), r"\\begin{align*}"),
    (re.compile(r"\\end\{align(?:ed)?at\*?\}"), r"\\end{align*}"),
    (re.compile(r"\\begin\{eqnarray\*?\}"), r"\\begin{array}{rcl}"),
    (re.compile(r"\\end\{eqnarray\*?\}"), r"\\end{array}"),
    (re.compile(r"\\(begin|end)\{dcases\*?\}"), r"\\\1{cases}"),
    (re.compile(r"\\begin\{rcases\}"), r"\\left.\\begin{array}{ll}"),
    (re.compile(r"\\end\{rcases\}"), r"\\end{array}\\right\\}"),
    (re.compile(r"\\(?:begin|end)\{equation\*?\}"), ""),
)
# The space after a line, as in \\[2pt], which the converter would show.
_LINE_SPACE = re.compile(r"\\\\\*?\s*\[\s*-?[\d.]+\s*[a-z]{2}\s*\]")
_STRUCTURE = re.compile(r"\\(?:begin|left|end|right)(?![a-zA-Z])|\\[^a-zA-Z]|[{}&]")
_TAG = re.compile(r"\\tag(?P<bare>\*)?\s*\{(?P<words>(?:[^{}]|\{[^{}]*\})*)\}")
_COMMAND = re.compile(r"\\[a-zA-Z]+")
# Known, and nothing by themselves.
_STRUCTURAL = frozenset(rf"\{name}" for name in "begin end left right label tag nonumber notag hline".split())
_ALIGNED = re.compile(r'<mtd columnalign="(left|right)"')
_MARKED = re.compile(r"<code (?P<attributes>[^<>]*)>(?P<tex>[^<>]*)</code>")
_CLASSES = re.compile(r'class="(tex(?: display| dollar)?)"')
_MARKS = {"tex": (r"\(", r"\)"), "tex display": (r"\[", r"\]"), "tex dollar": ("$", "$")}


def marked_tex(tex: str, *, display: bool, dollar: bool = False) -> str:
    """Return ``tex`` as the marked ``<code>`` that `show_formulas` finds again.

    ``dollar``: it was written between single dollar signs, and whoever takes the text of a page gets it so.
    """
    tex = tex.strip()
    kind = " display" if display else " dollar" if dollar else ""
    return f'<code class="tex{kind}" data-math="{escape(tex)}">{escape(tex, quote=False)}</code>'


def marked_formulas(html: str) -> Iterator[tuple[str, bool]]:
    """Yield the TeX of each marked formula in sanitised ``html``, and whether it stands on a line of its own."""
    for match in _MARKED.finditer(html) if "data-math" in html else ():
        if (classes := _classes(match)) is not None:
            yield unescape(match["tex"]).strip(), classes == "tex display"


def show_formulas(html: str, convert: Callable[[str, bool], str | None] | None = None) -> str:
    """Return sanitised ``html`` with MathML in the place of each marked formula that can be converted.

    ``convert(tex, display)`` gives the MathML, None for none; by default it is made here and now. The MathML stands in
    a shadow root that the parser itself attaches, with no script; the TeX is the element's own content. A browser that
    knows shadow roots shows (and reads out) the MathML and not the TeX. One too old for both, a feed reader and
    whatever takes the text of a page get the TeX once, not letters that have lost their layout.
    """

    def shown(match: re.Match[str]) -> str:
        classes = _classes(match)
        if classes is None:
            return match[0]
        display = classes == "tex display"
        markup = (convert or _made)(unescape(match["tex"]).strip(), display)
        if not markup or not markup.startswith("<math "):
            return match[0]
        return formula_element(
            f'<template shadowrootmode="open"><math part="math{" display" if display else ""}" '
            f"{_ALIGNED.sub(_part, markup.removeprefix('<math '))}</template>",
            match,
            classes,
        )

    return _MARKED.sub(shown, html) if "data-math" in html else html


def show_tex(html: str) -> str:
    """Return sanitised ``html`` with each marked formula as TeX between the usual marks, for who shows no MathML."""

    def shown(match: re.Match[str]) -> str:
        classes = _classes(match)
        return match[0] if classes is None else formula_element("", match, classes)

    return _MARKED.sub(shown, html) if "data-math" in html else html


def formula_element(shadow: str, match: re.Match[str], classes: str) -> str:
    # With its usual marks around it, TeX next to a word stays apart from it.
    opening, closing = _MARKS[classes]
    written = f"{match['tex']}</code>"
    display = " formula-display" if classes == "tex display" else ""
    return (
        f'<span class="formula{display}">{shadow}'
        f"{match[0].removesuffix(written)}{opening}{match['tex']}{closing}</code></span>"
    )


def _classes(match: re.Match[str]) -> str | None:
    classes = _CLASSES.search(match["attributes"])
    return classes[1] if classes is not None and "data-math=" in match["attributes"] else None


def _part(match: re.Match[str]) -> str:
    """Browsers align cells by style alone, and the page's reaches into a shadow root by part names only."""
    return f'<mtd part="{match[1]}" columnalign="{match[1]}"'


def mathml(tex: str, *, display: bool) -> str:
    """Return ``<math>`` whose ``<annotation>`` carries ``tex``, or `marked_tex` when it cannot be done.

    The markup is safe as it is: only elements and attributes that the sanitiser lets pass.

    Never raises.
    """
    tex = tex.strip()
    return _made(tex, display) or marked_tex(tex, display=display)


def _made(tex: str, display: bool) -> str | None:
    element = _convert(tex, "block" if display else "inline")
    if element is None:
        return None
    return ElementTree.tostring(element, encoding="unicode", short_empty_elements=False)


def _convert(tex: str, display: str) -> ElementTree.Element | None:
    if not tex or len(tex) > MAX_TEX_LENGTH or _depth(tex) > MAX_GROUP_DEPTH:
        return None
    if len(tex) > MAX_MACRO_LENGTH and _DEFINES.search(tex):
        return None
    try:
        plain = _LINE_SPACE.sub(r"\\\\", _in_known_environments(_unnumbered(tex)))
        math = convert_to_element(_in_lines(plain) if display == "block" else plain, display=display)
    except Exception:
        # The converter raises many kinds; every one means "not convertible".
        return None
    if _names_unknown_command(math, tex):
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
        if part.tag not in MATHS_TAGS:
            part.tag = "mrow"
        part.attrib = {name: value for name, value in part.attrib.items() if name in ATTRIBUTES.get(part.tag, ())}
        if part.text:
            # latex2mathml writes characters as entities ready for serialising; the tree must hold the characters.
            part.text = _entities_resolved(part.text)
    annotation = ElementTree.SubElement(semantics, "annotation", {"encoding": "application/x-tex"})
    annotation.text = tex
    return math


def _entities_resolved(text: str) -> str:
    return re.sub(r"&#x([0-9A-Fa-f]{1,6});", lambda match: chr(int(match[1], 16)), text)


def _unnumbered(tex: str) -> str:
    """Leave out labels, which mean nothing without a document around them, and show the numbers that the author gave.

    A number stands at the end of its line, in parentheses unless ``\\tag*`` brings its own.
    """
    tex = re.sub(r"\\(begin|end)\{(align|equation|gather|multline|alignat)\}", r"\\\1{\2*}", tex)
    tex = re.sub(r"\\label\*?\{[^{}]*\}|\\(?:nonumber|notag)\b", "", tex)
    return _TAG.sub(_number, tex)


def _number(tag: re.Match[str]) -> str:
    words = tag["words"].strip()
    formula = words[1:-1] if len(words) > 2 and words[0] == words[-1] == "$" else words if "\\" in words else ""
    if formula:
        return rf"\qquad {formula}" if tag["bare"] else rf"\qquad\text{{(}}{formula}\text{{)}}"
    return rf"\qquad\text{{{words if tag['bare'] else f'({words})'}}}"


def unknown_commands(tex: str) -> tuple[str, ...]:
    """The commands of ``tex`` that cannot be shown, each once."""
    return tuple(name for name in dict.fromkeys(_COMMAND.findall(tex)) if not _is_known(name))


@lru_cache(maxsize=2048)
def _is_known(command: str) -> bool:
    if command in _STRUCTURAL:
        return True
    for arguments in ("", "{a}", "{a}{b}", "{a}{b}{c}"):
        try:
            math = convert_to_element(command + arguments)
        except Exception:  # noqa: S112 - it wants more arguments, or another place
            continue
        return not any(part.text == command for part in math.iter())
    return True


def _in_known_environments(tex: str) -> str:
    """Write environments that the converter shows without their rows and columns as those that it knows."""
    for pattern, replacement in _ENVIRONMENTS:
        tex = pattern.sub(replacement, tex)
    return tex


def _in_lines(tex: str) -> str:
    """A formula that breaks its lines outside of any environment, which many an author does, as an environment."""
    lines, depth, begin = [], 0, 0
    for mark in _STRUCTURE.finditer(tex):
        if mark[0] in ("{", r"\begin", r"\left"):
            depth += 1
        elif mark[0] in ("}", r"\end", r"\right"):
            depth -= 1
        elif mark[0] == "&" and depth == 0:
            return tex
        elif mark[0] == r"\\" and depth == 0:
            lines.append(tex[begin : mark.start()])
            begin = mark.end()
    lines = [line for line in (*lines, tex[begin:]) if line.strip()]
    return r"\begin{split}" + r"\\".join(f"&{line}" for line in lines) + r"\end{split}" if lines[1:] else tex


def _names_unknown_command(math: ElementTree.Element, tex: str) -> bool:
    """The converter shows a command it does not know as its name, backslash and all: that is not a formula.

    So it does with the mark between columns where it sees no table.
    """
    columns = _COLUMN.search(tex) is not None
    return any(
        ((part.text or "").startswith("\\") and len(part.text or "") > 1)
        or (columns and part.text in ("&", "&#x00026;"))
        for part in math.iter()
    )


def _depth(tex: str) -> int:
    deepest = depth = 0
    for character in tex:
        if character == "{":
            depth += 1
            deepest = max(deepest, depth)
        elif character == "}":
            depth -= 1
    return max(deepest, tex.count(r"\left"), tex.count(r"\begin"))
