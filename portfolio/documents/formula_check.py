"""Formula check: report formulas that look different here than with the old site's script."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape
from time import process_time

from portfolio.documents.document import Problem, Severity, SourceNode
from portfolio.markdown.maths import mathml, unknown_commands
from portfolio.markdown.nodes import NodeKind
from portfolio.markdown.notes import note_html

# Converting a formula takes about a millisecond; these limits leave the time of a document to its conversion.
MAX_SECONDS = 2.0
MAX_TEX = 2000  # characters of a formula that is checked
_MARKED = re.compile(r'<code class="tex(?P<display> display)?[^"]*" data-math="[^"]*">(?P<tex>[^<]*)</code>')
_LABEL = re.compile(r"\\label\s*\{([^{}]*)\}")
_TAG = re.compile(r"\\tag\*?\s*\{[^{}]*\}")
_REFERENCE = re.compile(r"\\(?:eq)?ref\s*\{[^{}]{1,80}\}")
_ENVIRONMENT = re.compile(r"\\begin\{(\w+\*?)\}")
_NO_TEXT = re.compile(r"<(pre|code|script|style)\b.*?</\1\s*>|<[^<>]*>", re.DOTALL | re.IGNORECASE)
MAX_QUOTED = 60  # characters of TeX in a message


def formula_problems(nodes: Iterable[SourceNode], *, script: bool) -> Iterator[Problem]:
    """Yield formulas that are shown as TeX, and missing numbers; ``script``: the old site had a maths script."""
    checked: set[tuple[str, bool]] = set()
    end = process_time() + MAX_SECONDS
    for node in nodes:
        numbered: set[str] = set()
        for tex, display in _formulas(node):
            if _LABEL.search(tex) and r"\tag" not in tex:
                numbered.add(rf"\label{{{_LABEL.search(tex)[1]}}}")  # type: ignore[index]
            if number := _TAG.search(tex):
                message = f"{number[0][:MAX_QUOTED]}: the number stands right behind its formula, not at the margin"
                yield Problem(Severity.INFO, "formula-number", message, node.line)
            if (tex, display) in checked or len(tex) > MAX_TEX or process_time() > end:
                continue
            checked.add((tex, display))
            if not mathml(tex, display=display).startswith("<math "):
                yield Problem(Severity.WARNING, "formula-as-tex", _why(tex), node.line)
        if script and "\\" in node.html:
            text = _NO_TEXT.sub(" ", node.html)
            numbered |= {unescape(match[0]) for match in _REFERENCE.finditer(text)}
            if environment := _ENVIRONMENT.search(text):
                message = f"the formula in \\begin{{{environment[1]}}} is broken by Markdown; its TeX is shown"
                yield Problem(Severity.WARNING, "formula-as-tex", message, node.line)
        for mark in sorted(numbered):
            message = f"{mark[:MAX_QUOTED]}: formulas are not numbered here, only a \\tag is shown"
            yield Problem(Severity.WARNING, "formula-number", message, node.line)


def _formulas(node: SourceNode) -> Iterator[tuple[str, bool]]:
    if node.kind is NodeKind.MATH:
        yield str(node.data["tex"]), True
        return
    html = note_html(node.source) if node.kind is NodeKind.DEFINITION else node.html
    for match in _MARKED.finditer(html) if "data-math=" in html else ():
        yield unescape(match["tex"]), bool(match["display"])


def _why(tex: str) -> str:
    unknown = ", ".join(unknown_commands(tex)[:5])
    shown = tex if len(tex) <= MAX_QUOTED else tex[:MAX_QUOTED] + "…"
    shown = " ".join(shown.split())
    return f"the formula {shown} is shown as TeX" + (f": {unknown} is not known here" if unknown else "")
