"""Rich text handlers: pages, documents, images and embeds in stored rich text."""

from __future__ import annotations

from html import escape
from typing import Any

from wagtail.documents.rich_text import DocumentLinkHandler
from wagtail.embeds.rich_text import MediaEmbedHandler
from wagtail.images.formats import get_image_formats
from wagtail.images.rich_text import ImageEmbedHandler
from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler

from portfolio.blocks.links import safe_href
from portfolio.blocks.rich_text.page_links import prefetched_pages
from portfolio.blocks.rich_text.stored_rich_text import key_in

Attributes = dict[str, str]


def rows(model: Any, attrs_list: list[Attributes]) -> list[Any | None]:
    """Return the row for each element, in one query."""
    keys = [key_in(attrs.get("id", "")) for attrs in attrs_list]
    rows_by_key = model._default_manager.in_bulk({key for key in keys if key})
    return [rows_by_key.get(key) for key in keys]


class PageLinkResolver(PageLinkHandler):
    """Page link handler that uses prefetched pages, and no specific ones, which a URL does not need."""

    @classmethod
    def get_many(cls, attrs_list: list[Attributes]) -> list[Page | None]:
        keys = [key_in(attrs.get("id", "")) or 0 for attrs in attrs_list]
        pages = prefetched_pages.get()
        if pages is None or not pages.keys() >= set(keys):
            pages = Page.objects.in_bulk(keys)
        return [pages.get(key) for key in keys]

    @classmethod
    def extract_references(cls, attrs: Attributes) -> Any:
        return super().extract_references(attrs) if key_in(attrs.get("id", "")) else ()


class DocumentLinkResolver(DocumentLinkHandler):
    """Wagtail's document link handler, for any stored id."""

    @classmethod
    def get_many(cls, attrs_list: list[Attributes]) -> list[Any | None]:
        return rows(cls.get_model(), attrs_list)

    @classmethod
    def extract_references(cls, attrs: Attributes) -> Any:
        return super().extract_references(attrs) if key_in(attrs.get("id", "")) else ()


class ImageEmbedResolver(ImageEmbedHandler):
    """Wagtail's image handler, for any stored id and format: an unknown format becomes full width."""

    @classmethod
    def get_many(cls, attrs_list: list[Attributes]) -> list[Any | None]:
        return rows(cls.get_model(), attrs_list)

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[Attributes]) -> list[str]:
        formats = [form.name for form in get_image_formats()]
        default = "fullwidth" if "fullwidth" in formats else formats[0]
        with_format = [
            attrs if attrs.get("format") in formats else {**attrs, "format": default} for attrs in attrs_list
        ]
        return super().expand_db_attributes_many(with_format)

    @classmethod
    def extract_references(cls, attrs: Attributes) -> Any:
        return super().extract_references(attrs) if key_in(attrs.get("id", "")) else ()


class MediaEmbedLinks(MediaEmbedHandler):
    """Show an embed as a link: no form makes one in rich text, and rendering must make no requests."""

    @staticmethod
    def expand_db_attributes(attrs: Attributes) -> str:
        address = escape(safe_href(attrs.get("url")))
        return f'<a href="{address}">{address}</a>' if address else ""
