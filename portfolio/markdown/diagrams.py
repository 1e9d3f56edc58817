"""Diagrams in code: which languages they are written in, and where a listing gives its place to a drawing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import escape, unescape

# What a listing may call its language, with the name of the program that draws it.
LANGUAGES = {
    "dot": "Graphviz",
    "graphviz": "Graphviz",
    "gv": "Graphviz",
    "mermaid": "Mermaid",
    "plantuml": "PlantUML",
    "puml": "PlantUML",
    "uml": "PlantUML",
}

# A marked listing, and all of its figure where it is one of a code block.
_LISTING = re.compile(
    r'(?P<figure><figure class="code"[^<>]*>\s*(?P<caption><figcaption class="file">[^<>]*</figcaption>\s*)?)?'
    r'(?P<listing><pre[^<>]*>\s*<code[^<>]*? data-lexer="(?P<language>[^"<>]*)"[^<>]*>(?P<source>[^<>]*)</code>'
    r"\s*</pre>)"
)


def diagram_program(language: str) -> str:
    """The program that a listing in ``language`` is for, "" if it is no diagram."""
    return LANGUAGES.get(language.strip().lower(), "")


def marked_diagrams(html: str) -> Iterator[tuple[str, str]]:
    """Yield source and program of each marked listing of sanitised ``html`` that is a diagram."""
    for match in _LISTING.finditer(html) if "data-lexer" in html else ():
        if program := diagram_program(unescape(match["language"])):
            yield unescape(match["source"]), program


def show_diagrams(html: str, draw: Callable[[str, str], str | None], source_title: str, title: str) -> str:
    """Sanitised ``html`` with ``draw(source, program)`` above each diagram's listing, which is then folded away.

    ``source_title`` stands on the fold. A listing of a code block without a drawing and without a title gets ``title``,
    in which "{program}" is the program's name.
    """

    def shown(match: re.Match[str]) -> str:
        program = diagram_program(unescape(match["language"]))
        if not program:
            return match[0]
        drawing = draw(unescape(match["source"]), program)
        figure, caption = match["figure"] or "", match["caption"] or ""
        if not drawing:
            untitled = figure and not caption
            named = f"<figcaption>{escape(title.format(program=program))}</figcaption>" if untitled else ""
            return f"{figure}{named}{match['listing']}"
        folded = f"<details><summary>{escape(source_title)}</summary>{match['listing']}</details>"
        if figure:
            return f'<figure class="diagram">{caption}{drawing}{folded}'
        return f'<div class="diagram">{drawing}{folded}</div>'

    return _LISTING.sub(shown, html) if "data-lexer" in html else html
