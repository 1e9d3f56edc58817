"""Active content: whether anything in a Markdown or HTML source could run in a browser."""

from __future__ import annotations

import re
from html import unescape

from portfolio.markdown.html.sanitise import sanitise_reporting

# What could run: elements, kramdown's attribute lists, and the schemes that safe_href refuses, however they are hidden.
MARKUP = re.compile(r"<[a-zA-Z!/?]|\{:")
ACTIVE_SCHEME = re.compile(r"(?:script|data|blob|filesystem|source):", re.IGNORECASE)
# Browsers skip controls in an address; readers of Markdown take a backslash away.
SKIPPED = re.compile(r"[\x00-\x20\x7f\\\u00ad\u200b-\u200f\u2060\ufeff]")
EVENT_ATTRIBUTE = re.compile(r"\{:[^}\n]*\bon\w+\s*=")
ATTRIBUTE_VALUE = re.compile(r"=\s*(\"[^\"]*\"|'[^']*'|[^\s>]+)")
MAX_ENTITY_LEVELS = 3
MAX_PARSED = 20_000  # characters of Markdown that are parsed to see whether anything in it runs
BLANK_LINE = re.compile(r"\n(?=[ \t]*\n)")


def may_run(text: str) -> bool:
    """Whether an address in ``text`` could run a script; True also for prose that only looks like it."""
    for _ in range(MAX_ENTITY_LEVELS):
        if ACTIVE_SCHEME.search(SKIPPED.sub("", text)):
            return True
        text = unescape(text)
    return False


def html_may_run(html: str) -> bool:
    """Whether the sanitiser takes anything out of ``html``, or Markdown in it would run."""
    return bool(sanitise_reporting(html).removed) or ("[" in html and may_run(html))


def markdown_may_run(markdown: str) -> bool:
    """Whether the HTML that any reader would make of ``markdown`` is more than may be shown."""
    if not (MARKUP.search(markdown) or may_run(markdown)):
        return False
    if len(markdown) > MAX_PARSED or ("{:" in markdown and EVENT_ATTRIBUTE.search(markdown)):
        return True
    from markdown_it import MarkdownIt  # seldom needed, and slow to import

    parser = MarkdownIt("commonmark")
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # not every reader refuses a script
    html = parser.render(markdown)
    return bool(sanitise_reporting(html).removed) or any(may_run(match[1]) for match in ATTRIBUTE_VALUE.finditer(html))


def escape_markdown(html: str) -> str:
    """Safe ``html`` of which no Markdown is read: no blank line ends it, and no word in brackets is a link."""
    return BLANK_LINE.sub("&#10;\n", html.strip()).replace("[", "&#91;")
