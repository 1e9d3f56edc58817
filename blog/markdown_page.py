"""Markdown version of posts and interviews."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from blog.models import Entry
from portfolio.blocks.links import safe_href
from portfolio.content.registry import MarkdownPage, PageTextWriter, content_named
from portfolio.markdown.text import visible_text

MOMENTS = ("date", "updated")
ADDRESSES = ("canonical_url", "discussion_url", "source_url")
# Fields that an export needs and a reader does not: ids of pictures, and that a page is published.
NOT_FOR_READERS = {"image", "photo", "published", "series_position", "translation_group"}


def entry_markdown(content: str) -> MarkdownPage:
    """As an export describes the entry, but for what only an import needs."""

    def front_matter(page: Entry) -> dict[str, Any]:
        from portfolio.documents.yaml_writer import Verbatim  # the readers and writers of YAML are slow to load

        described = content_named(content).describe(page)
        fields = {name: value for name, value in described.items() if name not in NOT_FOR_READERS}
        moments = {name: Verbatim(fields[name]) for name in MOMENTS if fields[name]}
        addresses = {name: safe_href(fields[name]) for name in ADDRESSES if name in fields}
        return {**fields, **moments, **addresses, "summary": visible_text(page.summary_or_excerpt)}

    return MarkdownPage(front_matter, text)


def text(page: Any, writer: PageTextWriter) -> Iterator[str]:
    yield writer.paragraphs(page.standfirst)
    yield writer.body(page.body)
