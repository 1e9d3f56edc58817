"""Listings and code spans as Jekyll shows them, marked for our own highlighter (`highlight.show_code`)."""

from __future__ import annotations

import re

from portfolio.markdown.highlight import code_mark, knows
from portfolio.markdown.kramdown.escaping import escaped, written_attributes
from portfolio.markdown.kramdown.tree import Element

DEFAULT_LANGUAGE = "plaintext"
_LANGUAGE = re.compile(r"\blanguage-([^ \t\r\n\f\v]+)")


def code_block(element: Element, indent: int, *, highlighted: bool, coloured: bool = True) -> str:
    """Return a listing; of a language nobody knows it is a bare ``<pre><code>``. One that is not ``coloured`` says
    that it is highlighted, and is not marked to be."""
    attributes = dict(element.attributes)
    language = code_language(element)
    if language and "class" in attributes:
        attributes["class"] = _LANGUAGE.sub("", attributes["class"], count=1).strip()
        if not attributes["class"]:
            del attributes["class"]
    margin = " " * indent
    lexer = (element.meta.get("language") or language or DEFAULT_LANGUAGE).partition("?")[0]
    if not highlighted or not knows(lexer):
        of_code = written_attributes({"class": f"language-{language}"} if language else {})
        body = escaped(element.text).removesuffix("\n")
        return f"{margin}<pre{written_attributes(attributes)}><code{of_code}>{body}\n</code></pre>\n"
    attributes["class"] = _highlighted_class(attributes.get("class", ""), language or DEFAULT_LANGUAGE)
    mark = code_mark(lexer) if coloured else ""
    return (
        f"{margin}<div{written_attributes(attributes)}>"
        f'<div class="highlight"><pre class="highlight"><code{mark}>{escaped(element.text)}</code></pre></div>'
        f"{margin}</div>\n"
    )


def code_span(element: Element, *, highlighted: bool) -> str:
    attributes = dict(element.attributes)
    language = code_language(element)
    if not highlighted or not knows(language or DEFAULT_LANGUAGE):
        return f"<code{written_attributes(attributes)}>{escaped(element.text)}</code>"
    attributes["class"] = _highlighted_class(attributes.get("class", ""), language or DEFAULT_LANGUAGE)
    return f"<code{written_attributes(attributes)}{code_mark(language)}>{escaped(element.text)}</code>"


def code_language(element: Element) -> str:
    """Return the language that the classes of a piece of code name, "" when they name none."""
    match = _LANGUAGE.search(element.attributes.get("class", ""))
    return match[1] if match else ""


def _highlighted_class(classes: str, language: str) -> str:
    """Name the language once: in place of another one that the classes name, else in front."""
    named = f"{classes} highlighter-rouge".lstrip()
    if _LANGUAGE.search(named):
        return _LANGUAGE.sub(lambda match: f"language-{language}", named, count=1)
    return f"language-{language} {named}"
