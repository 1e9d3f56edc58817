"""Parser: from kramdown text to finished trees."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from portfolio.markdown.delimiters import mark_formulas
from portfolio.markdown.html.media_base import move_media
from portfolio.markdown.kramdown.attributes import apply_attribute_list
from portfolio.markdown.kramdown.block_state import BlockState, read_blocks
from portfolio.markdown.kramdown.blocks import block_rules
from portfolio.markdown.kramdown.document import Definitions
from portfolio.markdown.kramdown.finish import finish_gfm, mark_abbreviations, read_spans
from portfolio.markdown.kramdown.heading_ids import HeadingIds
from portfolio.markdown.kramdown.scanner import Scanner
from portfolio.markdown.kramdown.toc import TocEntry, toc_tree
from portfolio.markdown.kramdown.tree import Element
from portfolio.markdown.kramdown.writer import FOOTNOTES_PLACE, TOC_PLACE, Writer
from portfolio.markdown.options import Options


@dataclass(frozen=True, slots=True)
class KramdownDocument:
    """Parsed kramdown: the trees of texts that were parsed as one document, and the HTML writer for them."""

    roots: tuple[Element, ...]
    definitions: Definitions
    writer: Writer

    def html(self, element: Element) -> str:
        """Return the HTML of ``element``, formulas marked."""
        return self.marked(self.written(element))

    def written(self, element: Element) -> str:
        """Return the HTML of ``element``, its media where the document says that they lie."""
        return move_media(self.writer.write(element), self.definitions.options.media_subpath)

    def footnotes(self) -> str:
        """Return the list of the footnotes marked in what was written so far."""
        notes = self.writer.footnotes.write(self.definitions, self.writer.write)
        return self.marked(move_media(notes, self.definitions.options.media_subpath))

    def contents(self, entries: Sequence[TocEntry]) -> str:
        """Return the table of contents, "" when none was asked for or there is nothing to list."""
        place = self.writer.toc_list
        return self.marked(self.writer.write(toc_tree(entries, place), 0)) if place is not None and entries else ""

    def marked(self, html: str) -> str:
        """Return ``html`` with the formulas marked that a script of the site would have found."""
        return mark_formulas(html, self.definitions.options.tex_delimiters)


def read(texts: Sequence[str], options: Options, taken_ids: Iterable[str] = ()) -> KramdownDocument:
    """Read ``texts``, whose line ends are "\\n", as parts of one document. Never raises."""
    definitions = Definitions(options)
    roots = tuple(_blocks(text, definitions) for text in texts)
    ids = HeadingIds(taken_ids)
    for root in roots:
        read_spans(root, definitions)
    contents = [footnote.content for footnote in definitions.footnotes.values()]
    for abbreviation in definitions.abbreviations.values():
        if listed := abbreviation.definition.listed:
            abbreviation.definition.attributes.clear()
            apply_attribute_list(abbreviation.definition.attributes, listed, definitions.attribute_lists)
    for content in contents:
        read_spans(content, definitions)
    for tree in (*roots, *contents):
        mark_abbreviations(tree, definitions)
    if options.gfm:
        for root in roots:
            finish_gfm(root, definitions, ids)
    return KramdownDocument(roots, definitions, Writer(definitions, ids))


def whole(text: str, options: Options) -> str:
    """Return the HTML of ``text`` with its footnotes and its table of contents in place."""
    document = read((text,), options)
    html = document.html(document.roots[0])
    footnotes = document.footnotes()
    if document.writer.has_footnotes_place:
        html = html.replace(FOOTNOTES_PLACE, footnotes, 1)
    else:
        html += footnotes
    return html.replace(TOC_PLACE, document.contents(document.writer.toc), 1)


def _blocks(text: str, definitions: Definitions) -> Element:
    root = Element("root")
    source = text.removesuffix("\n") + "\n"
    read_blocks(BlockState(definitions, block_rules(), Scanner(source), root, 0))
    return root
