"""Whole pages as Markdown: front matter, title and text, as the page's kind describes them."""

from __future__ import annotations

from wagtail.models import Page

from portfolio.content.registry import MarkdownPage
from portfolio.discovery.markdown_pages.readable_writer import ReadableWriter
from portfolio.documents.front_matter_edit import new_front_matter
from portfolio.markdown.characters import controls_removed


def markdown_of(page: Page, markdown: MarkdownPage, address: str) -> str:
    """The page that stands at the absolute ``address``."""
    writer = ReadableWriter(address)
    fields = markdown.front_matter(page)
    front_matter = {"title": fields.pop("title"), "url": address, **fields}
    parts = [f"# {writer.line(page.title)}", *markdown.text(page, writer)]
    text = "\n\n".join(part for part in parts if part.strip())
    return f"{new_front_matter(controls_removed(front_matter))}\n{text}\n"
