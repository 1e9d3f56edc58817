"""Formulas: read the TeX source in MathML and KaTeX."""

from __future__ import annotations

import re

from bs4 import Tag

from portfolio.admin.paste.html.styles import classes

_TEX = re.compile("tex", re.IGNORECASE)
_KATEX = re.compile(r"\bkatex\b")


def is_katex(element: Tag) -> bool:
    return _KATEX.search(classes(element)) is not None


def tex_of(element: Tag) -> str | None:
    """Return the TeX source of the formula; None if it is missing."""
    annotation = element.find("annotation", encoding=_TEX)
    return None if annotation is None else annotation.get_text().strip()


def is_display(element: Tag) -> bool:
    """Whether the formula is display maths."""
    return (
        element.get("display") == "block"
        or element.find("math", attrs={"display": "block"}) is not None
        or "katex-display" in classes(element)
    )
