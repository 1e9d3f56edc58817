r"""Formulas that a script of the site would find in its pages: ``\(…\)``, ``\[…\]``, ``$…$`` or an environment.

Markdown engines know nothing of these; MathJax and KaTeX look for them in the finished page, in text that no element
interrupts, and not in code. `mark_formulas` does the same on the server.

MathJax: https://docs.mathjax.org/en/latest/input/tex/delimiters.html
KaTeX: https://katex.org/docs/autorender
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape

from portfolio.markdown.maths import marked_tex

INLINE, DISPLAY, DOLLAR = r"\(", r"\[", "$"
DEFAULT = (INLINE, DISPLAY)
"""What both scripts look for unless told otherwise, beside ``$$``, which the Markdown engine reads itself."""

MAX_SCRIPT_LENGTH = 200_000
"""Characters of one layout that are looked through."""

_SCRIPT = re.compile(r"<script\b[^>]*\b(?:mathjax|katex)|\bMathJax\.Hub\b|\brenderMathInElement\b", re.IGNORECASE)
_TELLS = re.compile(r"mathjax|katex", re.IGNORECASE)
# inlineMath: [['$','$'], …] of MathJax; {left: "$", right: "$", …} of KaTeX
_DOLLARS = re.compile(r"""inlineMath['"]?\s*[:=][^;{}]*?\[\s*(['"])\$\1\s*,|left['"]?\s*:\s*(['"])\$\2""")

_SPLIT = re.compile(
    r"(<!--.*?(?:-->|\Z)|<(?P<skipped>pre|code|script|style|textarea|svg|math)\b.*?(?:</(?P=skipped)\s*>|\Z)"
    r"|<(?!br\b)/?[a-zA-Z][^>]*>)",
    re.DOTALL | re.IGNORECASE,
)
_BREAK = re.compile(r"<br\s*/?>\n?", re.IGNORECASE)
_LENGTH = "{1,10000}"  # no formula is longer, and text full of opening marks stays cheap
# Both scripts find these without any marks around them.
_NAMES = r"(?:equation|align|alignat|gather|multline|eqnarray|flalign)\*?"
_FORMULAS = {
    INLINE: rf"\\\((?P<inline>.{_LENGTH}?)\\\)",
    DISPLAY: (
        rf"\\\[(?P<display>.{_LENGTH}?)\\\]|\$\$(?P<dollars>[^$]{_LENGTH})\$\$"
        rf"|(?P<environment>\\begin\{{(?P<kind>{_NAMES})\}}.{_LENGTH}?\\end\{{(?P=kind)\}})"
    ),
    DOLLAR: r"(?<![\\$])\$(?!\$)(?P<dollar>(?:[^$\\]|\\.)+)\$(?!\$)",
}


def delimiters_of(layouts: Iterable[str]) -> tuple[str, ...]:
    """Which delimiters the scripts named in a site's layouts look for; none without such a script."""
    found: set[str] = set()
    for layout in layouts:
        text = layout[:MAX_SCRIPT_LENGTH]
        if not _TELLS.search(text):
            continue
        if _SCRIPT.search(text):
            found.update(DEFAULT)
        if _DOLLARS.search(text):
            found.update((*DEFAULT, DOLLAR))
    return tuple(sorted(found))


def mark_formulas(html: str, delimiters: tuple[str, ...]) -> str:
    """Return ``html`` with each formula between ``delimiters`` as the ``<code>`` that is shown as MathML.

    Never raises; text without a closing mark stays as it is.
    """
    if not delimiters or ("\\" not in html and "$" not in html):
        return html
    pattern = re.compile("|".join(_FORMULAS[name] for name in delimiters if name in _FORMULAS), re.DOTALL)
    parts: list[str] = []
    position = 0
    for match in _SPLIT.finditer(html):
        parts += (pattern.sub(_marked, html[position : match.start()]), match[0])
        position = match.end()
    return "".join((*parts, pattern.sub(_marked, html[position:])))


def _marked(match: re.Match[str]) -> str:
    name = match.lastgroup or ""
    tex = unescape(_BREAK.sub("\n", match[name]))
    return (
        marked_tex(tex, display=name in ("display", "dollars", "environment"), dollar=name == "dollar")
        if tex.strip()
        else match[0]
    )
