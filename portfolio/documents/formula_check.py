"""Formula check: report formulas that look different here than with the old site's script."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from html import unescape
from time import process_time

from portfolio.documents.document import Problem, Severity, SourceNode
from portfolio.markdown.maths import mathml, unknown_commands
from portfolio.markdown.nodes import NodeKind
from portfolio.markdown.render import note_html
from portfolio.markdown.tex.document import REFERENCE, DocumentFormulas

# Converting a formula takes about a millisecond; these limits leave the time of a document to its conversion.
MAX_SECONDS = 2.0
MAX_TEX = 2000  # characters of a formula that is checked
_MARKED = re.compile(r'<code class="tex(?P<display> display)?[^"]*" data-math="[^"]*">(?P<tex>[^<]*)</code>')
_ENVIRONMENT = re.compile(r"\\begin\{(\w+\*?)\}")
_NO_TEXT = re.compile(r"<(pre|code|script|style)\b.*?</\1\s*>|<[^<>]*>", re.DOTALL | re.IGNORECASE)
MAX_QUOTED = 60  # characters of TeX in a message


def formula_problems(nodes: Iterable[SourceNode], *, script: bool, macros: str = "") -> Iterator[Problem]:
    """Yield formulas that are shown as TeX, and references to no equation; ``script``: the old site had a maths script.

    Macros that one formula defines serve the others of the document; ``macros`` are those of the site.
    """
    nodes = list(nodes)
    formulas = [(node, tex, display) for node in nodes for tex, display in _formulas(node)]
    document = DocumentFormulas.of(((tex, display) for _, tex, display in formulas), macros)
    labels = set(document.numbers) if document else set()
    by_node: dict[int, list[tuple[str, str, bool]]] = {}
    for index, (node, tex, display) in enumerate(formulas):
        converted = document.with_references(document.formulas[index].tex) if document else tex
        if document is None or document.formulas[index].is_shown:
            by_node.setdefault(id(node), []).append((tex, converted, display))
    checked: set[tuple[str, bool]] = set()
    end = process_time() + MAX_SECONDS
    for node in nodes:
        unknown: set[str] = set()
        for tex, converted, display in by_node.get(id(node), ()):
            unknown |= _unknown_references(tex, labels)
            if (tex, display) in checked or len(tex) > MAX_TEX or process_time() > end:
                continue
            checked.add((tex, display))
            if not mathml(converted, display=display).startswith("<math "):
                yield Problem(Severity.WARNING, "formula-as-tex", _why(tex, converted), node.line)
        if script and "\\" in node.html:
            text = unescape(_NO_TEXT.sub(" ", node.html))
            unknown |= _unknown_references(text, labels)
            if environment := _ENVIRONMENT.search(text):
                message = f"the formula in \\begin{{{environment[1]}}} is broken by Markdown; its TeX is shown"
                yield Problem(Severity.WARNING, "formula-as-tex", message, node.line)
        for mark in sorted(unknown):
            message = f"{mark[:MAX_QUOTED]}: no equation of this document has this label"
            yield Problem(Severity.WARNING, "formula-number", message, node.line)


def _unknown_references(text: str, labels: Collection[str]) -> set[str]:
    return {match[0] for match in REFERENCE.finditer(text) if match[2].strip() not in labels}


def _formulas(node: SourceNode) -> Iterator[tuple[str, bool]]:
    if node.kind is NodeKind.MATH:
        yield str(node.data["tex"]), True
        return
    html = note_html(node.source) if node.kind is NodeKind.DEFINITION else node.html
    for match in _MARKED.finditer(html) if "data-math=" in html else ():
        yield unescape(match["tex"]), bool(match["display"])


def _why(tex: str, converted: str) -> str:
    unknown = ", ".join(unknown_commands(converted)[:5])
    shown = tex if len(tex) <= MAX_QUOTED else tex[:MAX_QUOTED] + "…"
    shown = " ".join(shown.split())
    return f"the formula {shown} is shown as TeX" + (f": {unknown} is not known here" if unknown else "")
