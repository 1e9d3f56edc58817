"""Formulas in HTML: TeX until a page is shown, then MathML, which needs no script.

Until a page is shown a formula is its TeX in a marked ``<code>``, which is small and passes the sanitiser;
`show_formulas` comes after the sanitiser and puts MathML in its place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from html import escape, unescape
from urllib.parse import quote
from xml.etree import ElementTree

from portfolio.markdown.tex.document import REFERENCE, DocumentFormula, DocumentFormulas
from portfolio.markdown.tex.mathml import convert, unknown_command
from portfolio.markdown.tex.plain_text import tex_as_text

_COMMAND = re.compile(r"\\[a-zA-Z]+")
# Known, and nothing by themselves.
_STRUCTURAL = frozenset(rf"\{name}" for name in "begin end left right middle limits tag label hline".split())
_MARKED = re.compile(r"<code (?P<attributes>[^<>]*)>(?P<tex>[^<>]*)</code>")
_CLASSES = re.compile(r'class="(tex(?: display| dollar)?)"')
_ANNOTATION = re.compile(r"(<annotation [^<>]*>)[^<]*")
# What is no text of the page: elements that hold code or formulas, and tags.
_TAG_OR_LITERAL = re.compile(
    r"(<(?:template|code|pre|kbd|samp)\b[\s\S]*?</(?:template|code|pre|kbd|samp)\s*>|<[^<>]*>)"
)
_TAG_OR_ANNOTATION = re.compile(r"<annotation\b[^<]*</annotation>|<[^<>]*>")
MAX_INLINE = 26
"""Characters of a formula in a line that are no wider than a phone; browsers do not break one."""
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


def converted_formulas(html: str, macros: str = "") -> Iterator[tuple[str, bool]]:
    """Yield what is converted for each marked formula in ``html``: its TeX with macros, numbers and references.

    ``macros`` are definitions that serve all formulas.
    """
    formulas = list(marked_formulas(html))
    document = DocumentFormulas.of(formulas, macros) if formulas else None
    if document is None:
        yield from formulas
        return
    for (_, display), formula in zip(formulas, document.formulas, strict=True):
        if formula.is_shown:
            yield document.with_references(formula.tex), display


def show_formulas(html: str, convert: Callable[[str, bool], str | None] | None = None, macros: str = "") -> str:
    """Return sanitised ``html`` with MathML in the place of each marked formula that can be converted.

    ``convert(tex, display)`` gives the MathML, None for none; by default it is made here and now. The MathML stands in
    a shadow root that the parser itself attaches, with no script; the TeX is the element's own content. A browser that
    knows shadow roots shows (and reads out) the MathML and not the TeX. One too old for both, a feed reader and
    whatever takes the text of a page get the TeX once, not letters that have lost their layout.
    """
    if "data-math" not in html:
        return html
    document = DocumentFormulas.of(marked_formulas(html), macros)
    in_document = iter(document.formulas if document else ())

    def shown(match: re.Match[str]) -> str:
        classes = _classes(match)
        if classes is None:
            return match[0]
        display = classes == "tex display"
        tex = unescape(match["tex"]).strip()
        formula = next(in_document, DocumentFormula(tex))
        if document is not None:
            if not formula.is_shown:
                return f"<span hidden>{formula_element('', match, classes)}</span>"
            if (reference := REFERENCE.fullmatch(tex)) and (link := _reference_link(document, reference)):
                return link
        converted = document.with_references(formula.tex) if document else tex
        markup = (convert or _made)(converted, display)
        if not markup or not markup.startswith("<math "):
            return match[0]
        if converted != tex:
            markup = _ANNOTATION.sub(lambda start: start[1] + escape(tex, quote=False), markup, count=1)
        anchors = "".join(f'<span id="{escape(equation_id(label))}"></span>' for label in formula.labels)
        return anchors + formula_element(
            f'<template shadowrootmode="open"><math part="math{" display" if display else ""}" '
            f"{markup.removeprefix('<math ')}</template>",
            match,
            classes,
        )

    html = _MARKED.sub(shown, html)
    return _with_reference_links(html, document) if document and document.numbers else html


def equation_id(label: str) -> str:
    """Return the id of the equation with this label: MathJax's, so that old links lead to it."""
    return "mjx-eqn:" + "-".join(label.split())


def _reference_link(document: DocumentFormulas, reference: re.Match[str]) -> str:
    number = document.reference(reference)
    address = quote(equation_id(reference[2].strip()), safe=":")
    return f'<a href="#{escape(address)}">{escape(number)}</a>' if number else ""


def _with_reference_links(html: str, document: DocumentFormulas) -> str:
    """Return ``html`` with links in the place of references between words, as MathJax makes them."""
    if "ref{" not in html:
        return html
    parts = _TAG_OR_LITERAL.split(html)
    for index in range(0, len(parts), 2):
        if "ref{" in parts[index]:
            parts[index] = REFERENCE.sub(lambda match: _reference_link(document, match) or match[0], parts[index])
    return "".join(parts)


def formulas_as_text(html: str) -> str:
    """Return sanitised ``html`` with each marked formula as characters (x²), or "…" where they cannot say it."""

    def shown(match: re.Match[str]) -> str:
        if _classes(match) is None:
            return match[0]
        return escape(tex_as_text(unescape(match["tex"]).strip()) or "…", quote=False)

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
    kind = " formula-display" if classes == "tex display" else " formula-long" if _length(shadow) > MAX_INLINE else ""
    # What may be wider than a phone scrolls, which the keyboard must reach.
    focus = ' tabindex="0"' if kind and shadow else ""
    return (
        f'<span class="formula{kind}"{focus}>{shadow}'
        f"{match[0].removesuffix(written)}{opening}{match['tex']}{closing}</code></span>"
    )


def _length(shadow: str) -> int:
    """The characters that a formula shows."""
    return len(_TAG_OR_ANNOTATION.sub("", shadow))


def _classes(match: re.Match[str]) -> str | None:
    classes = _CLASSES.search(match["attributes"])
    return classes[1] if classes is not None and "data-math=" in match["attributes"] else None


def mathml(tex: str, *, display: bool) -> str:
    """Return ``<math>`` whose ``<annotation>`` carries ``tex``, or `marked_tex` when it cannot be done.

    The markup is safe as it is: only elements and attributes that the sanitiser lets pass.

    Never raises.
    """
    tex = tex.strip()
    return _made(tex, display) or marked_tex(tex, display=display)


def _made(tex: str, display: bool) -> str | None:
    element = convert(tex, display=display)
    if element is None:
        return None
    try:
        return ElementTree.tostring(element, encoding="unicode", short_empty_elements=False)
    except RecursionError:
        return None


def unknown_commands(tex: str) -> tuple[str, ...]:
    """The commands of ``tex`` that cannot be shown, each once."""
    return tuple(name for name in dict.fromkeys(_COMMAND.findall(tex)) if not _is_known(name))


@lru_cache(maxsize=2048)
def _is_known(command: str) -> bool:
    return command in _STRUCTURAL or not unknown_command(command)
