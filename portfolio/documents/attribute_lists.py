"""Attribute lists: read blocks without a Markdown form of their own, which are written as a similar form with a class.

``> text`` with ``{: .callout .callout-tip}`` or ``{: .pull-quote}``; ``### Question?`` with ``{: .question}`` and the
answer below, or a paragraph with ``{: .answer}`` for an answer without a question; a quote whose last paragraph is a
``<cite>``; ``{: .linenos title="x.py" data-highlight="2,4-6" data-group="a"}`` below a code block; classes ``wide``,
``full``,
``left`` and ``right`` and ``data-credit`` on an image. Each form looks sensible in any engine.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from html import unescape
from typing import Any

from portfolio.markdown.html.inline_style import style_equivalent
from portfolio.markdown.html.scanner import Opening, scan
from portfolio.markdown.text import visible_text

_FIRST_BOLD = re.compile(r"\A\s*<p>\s*<strong>((?:(?!</?(?:strong|p)\b).)*)</strong>\s*</p>\s*", re.DOTALL)
_FIRST_PARAGRAPH = re.compile(r"\A\s*<p>((?:(?!</?p\b).)*)</p>\s*", re.DOTALL)
_LAST_CITE = re.compile(r"\s*<p>\s*<cite>((?:(?!</?(?:cite|p)\b).)*)</cite>\s*</p>\s*\Z", re.DOTALL)
_LONE_LINK = re.compile(r'\s*<a href="([^"]*)">((?:(?!</?a\b).)*)</a>\s*', re.DOTALL)
_ANSWER = re.compile(r"(<p) class=\"answer\"(?=>)")
_PLAIN_HEADING = re.compile(r"<h[1-6][^>]*>[^<]*</h[1-6]>")
# Notice names of themes and the most similar kind of callout. Chirpy: prompt-…; Minimal Mistakes: notice--…;
# Bootstrap: alert-…
_KINDS = {
    "note": "note", "info": "note", "primary": "note", "secondary": "note", "light": "note", "dark": "note",
    "tip": "tip", "success": "tip", "hint": "tip",
    "warning": "warning", "danger": "warning", "caution": "warning", "error": "warning",
}  # fmt: skip
_NOTICE = re.compile(rf"(?:prompt-|notice--|alert-)({'|'.join(_KINDS)})")
# Just the Docs: the first paragraph is the title.
_TITLED = re.compile(r"(?<!\S)([a-z]+)-title(?!\S)")
_NOTICE_ALONE = frozenset({"notice", "alert"})
# Plain words make a callout on a quotation (Just the Docs); on a paragraph some of them may mean something else.
_PLAIN_KINDS = frozenset({"note", "tip", "info", "warning", "danger", "caution", "hint", "success", "important"})
_OF_PARAGRAPHS = _PLAIN_KINDS - {"info", "success"}
_PARAGRAPH = re.compile(r"<p\b[^>]*>(.*)</p>", re.DOTALL)
_BOX = re.compile(r"<(?P<name>div|aside|section)\b[^>]*>(?P<inner>.*)</(?P=name)>", re.DOTALL)
# kramdown-prism, Pygments, Prism: the lines of a listing that stand out.
_LINE_KEYS = ("data-highlight", "mark_lines", "hl_lines", "data-line", "highlight_lines")
_NAME_KEYS = ("title", "file", "filename", "data-file", "name")
# Jekyll and Rouge; Prism; Pandoc.
LINE_NUMBERS = re.compile(r"linenos|lineno|line-numbers|number-?lines", re.IGNORECASE)
_LINES = re.compile(r"\d+(?:-\d+)?(?:,\d+(?:-\d+)?)*")


def own_attributes(html: str) -> Mapping[str, str]:
    """Return the attributes of the first element in ``html``."""
    first = next((part for part in scan(html) if isinstance(part, Opening)), None)
    return {name: unescape(value) for name, value in first.attributes.items()} if first else {}


def classes(html: str) -> frozenset[str]:
    return frozenset(own_attributes(html).get("class", "").split())


def is_question(html: str) -> bool:
    """Whether a heading of plain text has the class of an interview question."""
    return "question" in html and "question" in classes(html) and _PLAIN_HEADING.fullmatch(html.strip()) is not None


def marked_answer(html: str) -> str:
    """Return a paragraph marked as an answer without a question, without that class; "" if it is not marked."""
    return _ANSWER.sub(r"\1", html, count=1) if "answer" in html and _ANSWER.match(html.lstrip()) else ""


def callout(html: str, inner: str) -> tuple[str, str, str] | None:
    """Return kind, title and remaining HTML of a quotation marked as a callout; None for any other."""
    marks = classes(html)
    if "callout" in marks:
        kind = next((kind for kind in ("note", "tip", "warning") if f"callout-{kind}" in marks), "note")
    elif not (kind := _noticed(marks, _PLAIN_KINDS)):
        if not (kind := _noticed(_TITLED.findall(" ".join(marks)), _PLAIN_KINDS)):
            return None
        first = _FIRST_PARAGRAPH.match(inner)
        return (kind, visible_text(first[1]), inner[first.end() :]) if first else (kind, "", inner)
    title = _FIRST_BOLD.match(inner)
    return kind, visible_text(title[1]) if title else "", inner[title.end() :] if title else inner


def notice(html: str) -> tuple[str, str] | None:
    """Return kind and HTML of a paragraph or a box that a theme shows as a notice; None for any other."""
    text = html.strip()
    if "class=" not in text[:200] or own_attributes(text).keys() != {"class"}:
        return None
    if (paragraph := _PARAGRAPH.fullmatch(text)) is not None and "<p" not in paragraph[1]:
        kind = _noticed(classes(text), _OF_PARAGRAPHS)
        return (kind, f"<p>{paragraph[1]}</p>") if kind else None
    box = _BOX.fullmatch(text)
    if box is None or f"</{box['name']}" in box["inner"]:
        return None
    inner = box["inner"].strip()
    kind = _noticed(classes(text), frozenset())
    return (kind, inner if inner.startswith("<") else f"<p>{inner}</p>") if kind else None


def notice_classes(marks: frozenset[str]) -> frozenset[str]:
    """Return the classes among ``marks`` that make an element a notice."""
    known = _NOTICE_ALONE | _PLAIN_KINDS
    return frozenset(mark for mark in marks if _NOTICE.fullmatch(mark) or mark.removesuffix("-title") in known)


def _noticed(names: Iterable[str], plain: frozenset[str]) -> str:
    """Return the kind of callout for the classes of a theme, among them the words in ``plain``; "" for none."""
    marks = frozenset(names)
    for mark in sorted(marks):
        if match := _NOTICE.fullmatch(mark):
            return _KINDS[match[1]]
    if word := next(iter(sorted(marks & plain)), ""):
        return _KINDS.get(word, "note")
    return "note" if marks & _NOTICE_ALONE else ""


def cited(inner: str) -> tuple[str, str, str]:
    """Return the HTML of a quotation without its ``<cite>``, and text and URL of the ``<cite>``."""
    cite = _LAST_CITE.search(inner)
    if cite is None:
        return inner, "", ""
    link = _LONE_LINK.fullmatch(cite[1])
    return inner[: cite.start()], visible_text(link[2] if link else cite[1]), unescape(link[1]) if link else ""


def is_pull_quote(html: str) -> bool:
    return "pull-quote" in html and "pull-quote" in classes(html)


def listing_details(html: str) -> tuple[str, str]:
    """Return title and highlighted lines of a code block."""
    attributes = own_attributes(html) if any(f"{key}=" in html for key in (*_NAME_KEYS, *_LINE_KEYS)) else {}
    title = next((attributes[key] for key in _NAME_KEYS if attributes.get(key)), "")
    lines = next((attributes[key] for key in _LINE_KEYS if attributes.get(key)), "")
    lines = ",".join(re.split(r"[\s,]+", re.sub(r"\s*-\s*", "-", lines.strip(" \t[]"))))
    return title[:200], lines[:200] if _LINES.fullmatch(lines) else ""


def listing_group(html: str) -> str:
    """Return the name that a code block shares with its alternatives; "" for a block by itself."""
    attributes = own_attributes(html) if "group=" in html else {}
    return next((attributes[key] for key in ("data-group", "group") if attributes.get(key)), "").strip()[:50]


def is_numbered(html: str) -> bool:
    """Whether a code block has line numbers in the theme."""
    return "line" in html.lower() and any(map(LINE_NUMBERS.fullmatch, classes(html)))


def picture_details(attributes: Mapping[str, Any]) -> dict[str, str]:
    """Return size, alignment and credit of an image; inline style and ``align`` also set the alignment."""
    styled = style_equivalent("img", str(attributes.get("style", ""))).classes
    marks = [*str(attributes.get("class", "")).split(), *(name.removeprefix("float-") for name in styled)]
    marks.append(str(attributes.get("align", "")).lower())
    return {
        "size": next((size for size in ("wide", "full") if size in marks), "column"),
        "align": next((side for side in ("left", "right") if side in marks), ""),
        "credit": str(attributes.get("data-credit", ""))[:200],
    }


def loses_style(attributes: Mapping[str, Any]) -> bool:
    """Whether the inline style of an image sets more than the alignment, which is all that an image block has."""
    style = style_equivalent("img", str(attributes.get("style", "")))
    return not style.whole or bool(style.attributes)
