"""Blocks that Markdown has no form for, written as the nearest thing it has and marked with a class.

``> text`` with ``{: .callout .callout-tip}`` or ``{: .pull-quote}``; ``### Question?`` with ``{: .question}`` and the
answer below; a quote whose last paragraph is a ``<cite>``; ``{: title="x.py" data-highlight="2,4-6"}`` below a listing;
classes ``wide``, ``full``, ``left`` and ``right`` and ``data-credit`` on a picture. Each reads well in any engine.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from typing import Any

from portfolio.markdown.htmlscan import Opening, scan
from portfolio.markdown.inline_style import said_otherwise
from portfolio.markdown.text import visible_text

_FIRST_BOLD = re.compile(r"\A\s*<p>\s*<strong>((?:(?!</?(?:strong|p)\b).)*)</strong>\s*</p>\s*", re.DOTALL)
_LAST_CITE = re.compile(r"\s*<p>\s*<cite>((?:(?!</?(?:cite|p)\b).)*)</cite>\s*</p>\s*\Z", re.DOTALL)
_LONE_LINK = re.compile(r'\s*<a href="([^"]*)">((?:(?!</?a\b).)*)</a>\s*', re.DOTALL)
_PLAIN_HEADING = re.compile(r"<h[1-6][^>]*>[^<]*</h[1-6]>")
_KINDS = frozenset({"note", "tip", "warning"})
_LINES = re.compile(r"[\d,\s-]+")


def own_attributes(html: str) -> Mapping[str, str]:
    """The attributes of the element that ``html`` begins with."""
    first = next((part for part in scan(html) if isinstance(part, Opening)), None)
    return {name: unescape(value) for name, value in first.attributes.items()} if first else {}


def classes(html: str) -> frozenset[str]:
    return frozenset(own_attributes(html).get("class", "").split())


def is_question(html: str) -> bool:
    """Whether a heading without marks in it is marked as the question of an interview."""
    return "question" in html and "question" in classes(html) and _PLAIN_HEADING.fullmatch(html.strip()) is not None


def callout(html: str, inner: str) -> tuple[str, str, str] | None:
    """Kind, title and the rest of the HTML of a quote that is marked as a callout."""
    marks = classes(html) if "callout" in html else frozenset()
    if "callout" not in marks:
        return None
    kind = next((kind for kind in sorted(_KINDS) if f"callout-{kind}" in marks), "note")
    title = _FIRST_BOLD.match(inner)
    return kind, visible_text(title[1]) if title else "", inner[title.end() :] if title else inner


def cited(inner: str) -> tuple[str, str, str]:
    """The HTML of a quotation without its source, the source's words and its address."""
    cite = _LAST_CITE.search(inner)
    if cite is None:
        return inner, "", ""
    link = _LONE_LINK.fullmatch(cite[1])
    return inner[: cite.start()], visible_text(link[2] if link else cite[1]), unescape(link[1]) if link else ""


def is_pull_quote(html: str) -> bool:
    return "pull-quote" in html and "pull-quote" in classes(html)


def listing_details(html: str) -> tuple[str, str]:
    """Title and highlighted lines of a listing."""
    said = own_attributes(html) if "title=" in html or "data-highlight=" in html else {}
    lines = said.get("data-highlight", "")
    return said.get("title", "")[:200], lines if _LINES.fullmatch(lines) else ""


def picture_details(attributes: Mapping[str, Any]) -> dict[str, str]:
    """Size, side and credit of a picture; its side may be said by its style or an old attribute, too."""
    styled = said_otherwise("img", str(attributes.get("style", ""))).classes
    marks = [*str(attributes.get("class", "")).split(), *(name.removeprefix("float-") for name in styled)]
    marks.append(str(attributes.get("align", "")).lower())
    return {
        "size": next((size for size in ("wide", "full") if size in marks), "column"),
        "align": next((side for side in ("left", "right") if side in marks), ""),
        "credit": str(attributes.get("data-credit", ""))[:200],
    }


def loses_style(attributes: Mapping[str, Any]) -> bool:
    """Whether a picture's style says more than its side, which is all that a picture of the library has."""
    said = said_otherwise("img", str(attributes.get("style", "")))
    return not said.whole or bool(said.attributes)
