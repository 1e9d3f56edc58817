"""Rendering of Markdown to HTML as the chosen engine does it. Not sanitised: that is the caller's last step."""

from __future__ import annotations

import re
from collections.abc import Sequence

from portfolio.markdown.commonmark import goldmark
from portfolio.markdown.fragments import Fragments, Heading
from portfolio.markdown.kramdown import reader
from portfolio.markdown.kramdown.toc import TocEntry
from portfolio.markdown.kramdown.tree import Element
from portfolio.markdown.kramdown.writer import FOOTNOTES_PLACE, TOC_PLACE
from portfolio.markdown.nodes import Flavour
from portfolio.markdown.options import Options
from portfolio.markdown.source import Source

_NOTE = re.compile(r"^ {0,3}\[\^[^\]\n]+\]:[ \t]?")
_INDENT = re.compile(r"^(?: {4}|\t)", re.MULTILINE)


def to_html(text: str, options: Options) -> str:
    """Return the HTML of a whole document. Never raises."""
    source = Source(text)
    if options.flavour is Flavour.GOLDMARK:
        return goldmark.whole(source.text, options)
    return reader.whole(source.text, options)


def note_html(source: str) -> str:
    """Return the HTML of the text of a note's definition, "" for any other source."""
    source = source.strip("\n")
    match = _NOTE.match(source)
    return to_html(_INDENT.sub("", source[match.end() :]).lstrip("\n") + "\n", Options()) if match else ""


def render_fragments(sources: Sequence[str], options: Options, headings: Sequence[Heading] = ()) -> Fragments:
    """Render parts of one document that stand on a page between other blocks.

    What one fragment defines (links, footnotes, abbreviations, attribute lists) the others may use. Footnotes are
    numbered through all fragments. A table of contents lists ``headings`` and the fragments' own, in page order;
    ids of the fragments' headings keep clear of those of ``headings``.
    """
    texts = [Source(text).text for text in sources]
    if options.flavour is Flavour.GOLDMARK:
        return Fragments(*goldmark.fragments(texts, options))
    reading = reader.read(texts, options, taken_ids=(heading.id for heading in headings))
    html: list[str] = []
    contents = _entries(headings, 0)
    for number, root in enumerate(reading.roots, 1):
        html.append(reading.html(root))
        contents += reading.writer.toc
        reading.writer.toc.clear()
        contents += _entries(headings, number, and_after=number == len(reading.roots))
    footnotes = reading.footnotes()
    table = reading.contents(contents)
    return Fragments(
        tuple(part.replace(TOC_PLACE, table).replace(FOOTNOTES_PLACE, "") for part in html),
        footnotes,
    )


def _entries(headings: Sequence[Heading], fragments: int, *, and_after: bool = False) -> list[TocEntry]:
    """Return the entries of the headings that stand right below fragment number ``fragments``."""
    return [
        TocEntry(heading.level, heading.id, [Element("text", heading.text)])
        for heading in headings
        if heading.fragments_before == fragments or (and_after and heading.fragments_before > fragments)
    ]
