"""Prose of a résumé: what stands in sentences, and what stands as points of a list."""

from __future__ import annotations

import re

from portfolio.markdown.commonmark.goldmark import parse, render
from portfolio.markdown.options import Options
from portfolio.markdown.text import visible_text

MAX_MARKDOWN = 20_000  # characters of one text
BULLET = re.compile(r"\s*(?:[-*+•·▪●◦–]|\d{1,2}[.)])\s+")
INLINE_BULLET = re.compile(r"\s*[•▪●◦]\s*")
BREAK = re.compile(r"</?(?:p|div|ul|ol|li|br|tr|h[1-6])\b[^<>]*>", re.IGNORECASE)
SHORTCODE = re.compile(r"\{\{[<%].*?[>%]\}\}", re.DOTALL)


def prose_and_points(text: str) -> tuple[str, list[str]]:
    """The sentences of a text and the points of its list; a line that continues a point belongs to it."""
    prose: list[str] = []
    points: list[str] = []
    for line in INLINE_BULLET.sub("\n• ", text).splitlines():
        if match := BULLET.match(line):
            points.append(line[match.end() :].strip())
        elif points and line[:1].isspace() and line.strip():
            points[-1] = f"{points[-1]} {line.strip()}"
        elif line.strip():
            prose.append(line.strip())
    return " ".join(prose), [point for point in points if point]


def lines_of(text: str) -> list[str]:
    """The lines of a text, without marks of a list."""
    lines = INLINE_BULLET.sub("\n• ", text).splitlines()
    return [line for line in (BULLET.sub("", line, count=1).strip() for line in lines) if line]


def lines_of_html(html: str) -> list[str]:
    """The lines that readers see of an HTML fragment, or of a text without markup."""
    if "<" in html:
        html = BREAK.sub("\n", " ".join(html.split()))
    return [text for text in (visible_text(line) for line in html.splitlines()) if text]


def text_of_markdown(text: str) -> str:
    """The lines that readers see of a Markdown text; its lists keep a mark before each point."""
    options = Options(smart_quotes=False)
    html = render(parse(SHORTCODE.sub("", text[:MAX_MARKDOWN]), options), options)
    return "\n".join(lines_of_html(re.sub(r"<li[^<>]*>\s*(?:<p[^<>]*>)?", r"<br>• ", html)))
