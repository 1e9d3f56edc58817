"""``{% contents html as sections %}``: table of contents of a long text, from the body as it is shown."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape

from django import template

from portfolio.markdown.tex.plain_text import tex_as_text
from portfolio.markdown.text import visible_text

register = template.Library()

MIN_SECTIONS = 4
MAX_SECTIONS = 30
"""Headings; in a text with more, only those of the highest level are listed."""

# So many are remembered, as bodies are: ``portfolio.models.view_cache``.
MOST_KEPT = 50

# Headings in code and in quotations are none of the text's own.
_LITERAL = re.compile(r"<(pre|blockquote|template)\b.*?</\1\s*>", re.DOTALL)
_HEADING = re.compile(r"<h(?P<level>[1-6])(?P<attributes>(?:\s[^<>]*)?)>(?P<text>.*?)</h(?P=level)\s*>", re.DOTALL)
_ID = re.compile(r'\sid="([^"]+)"')
_FORMULA = re.compile(r'<code class="tex[^<>]*data-math="(?P<tex>[^"]*)">[^<>]*</code>')


@dataclass(frozen=True, slots=True)
class ContentsSection:
    """A heading, the id it has in the page, and the headings one level below it."""

    anchor: str
    text: str
    parts: list[ContentsSection] = field(default_factory=list)


@register.simple_tag
@lru_cache(maxsize=MOST_KEPT)
def contents(html: str) -> list[ContentsSection]:
    """The headings of the two highest levels; none when a reader can see without a list that they are few."""
    if html.count("</h") < MIN_SECTIONS:
        return []
    html = _LITERAL.sub("", html)
    headings = [
        (int(match["level"]), ContentsSection(unescape(anchor[1]), text))
        for match in _HEADING.finditer(html)
        if (anchor := _ID.search(match["attributes"])) and (text := _text(match["text"]))
    ]
    if len(headings) < MIN_SECTIONS:
        return []
    highest = min(level for level, _ in headings)
    below = min((level for level, _ in headings if level > highest), default=0)
    is_short = sum(level in (highest, below) for level, _ in headings) <= MAX_SECTIONS
    sections: list[ContentsSection] = []
    for level, section in headings:
        if level == highest:
            sections.append(section)
        elif level == below and sections and is_short:
            sections[-1].parts.append(section)
    return sections if len(sections) > 1 else []


def _text(html: str) -> str:
    shown = _FORMULA.sub(lambda match: tex_as_text(unescape(match["tex"])) or "…", html)
    return visible_text(shown).strip()
