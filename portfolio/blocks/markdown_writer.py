"""Markdown writer: text, rich text, links and image URLs of blocks as Markdown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from portfolio.blocks.registry import block_type
from portfolio.markdown.writing.escaping import entities, escape_line_start, escape_liquid, escape_text
from portfolio.markdown.writing.rich_text import inline_markdown, rich_text_markdown


class MarkdownWriter:
    """Write stored values in the strict form: kramdown that the import reads as the same block.

    ``resolve_links`` replaces internal links in stored rich text by URLs; ``image_address`` returns the URL of an image
    by its key; ``heading_id`` returns the id that the engine generates for the line of a heading; ``kept_addresses``
    returns kept source with addresses that others can follow. ``parses_html`` says
    that the engine parses Markdown inside every HTML element. A ``verbose`` writer uses HTML and entities, for text
    whose short form would be misread. One that ``names_every_column`` writes the head of a table without names too.
    """

    names_every_column = False

    def __init__(
        self,
        resolve_links: Callable[[str], str],
        image_address: Callable[[int], str],
        heading_id: Callable[[str], str],
        kept_addresses: Callable[[str], str] = str,
        *,
        parses_html: bool = False,
        verbose: bool = False,
    ) -> None:
        self.resolve_links = resolve_links
        self.image_address = image_address
        self.heading_id = heading_id
        self.kept_addresses = kept_addresses
        self.parses_html = parses_html
        self.verbose = verbose

    def write(self, type_name: str, value: Any) -> str:
        """Return a stored block value (as in StreamField's raw data) as Markdown, without surrounding blank lines."""
        return block_type(type_name).to_markdown(value, self)

    def rich_text(self, html: str | None) -> str:
        """Write stored rich text with paragraphs and lists."""
        return rich_text_markdown(self.resolve_links(html or ""), verbose=self.verbose)

    def inline_rich_text(self, html: str | None) -> str:
        """Write stored rich text of one line, such as a table cell."""
        return inline_markdown(self.resolve_links(html or ""), verbose=self.verbose)

    def paragraph(self, text: str) -> str:
        """Escape plain text that begins a line, so that it is no list item, heading or quotation."""
        return escape_line_start(self.text(text))

    def text(self, text: str) -> str:
        """Escape plain text in a line."""
        text = " ".join(text.split())
        return entities(text) if self.verbose else escape_text(text)

    def kept(self, source: str) -> str:
        """Write Markdown or HTML that is kept as written."""
        return self.literal(self.kept_addresses(source))

    def literal(self, markdown: str) -> str:
        """Escape ``markdown`` for Liquid, which reads the file first."""
        return escape_liquid(markdown)
