"""Content of the front page and of plain pages: their fields from a document, and as front matter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from wagtail.models import Page

from portfolio.blocks.rich_text.stored_rich_text import BLOCK_KEY
from portfolio.content.language_fields import described_language, fill_language, language_keys, without_language
from portfolio.documents.document import Document
from portfolio.exporter.plan import FrontMatterContext
from portfolio.exporter.source_edit.front_matter_keys import first_key, publication_keys, text_keys
from portfolio.importer.body.summary import summary_from_html
from portfolio.importer.plan import PagePlan
from portfolio.importer.references.document_references import DocumentReferences
from portfolio.models import HomePage, StandardPage


class StandardPageContent:
    """Import and export of plain pages: every document that no other page type claims."""

    model: type[Page] = StandardPage
    is_fallback = True

    def claims(self, document: Document) -> bool:
        return True

    def plans(self, document: Document) -> Sequence[PagePlan]:
        """One page; none for a list of pages, since the new site has lists of its own."""
        return () if document.listing else (self.plan(document),)

    def plan(self, document: Document) -> PagePlan:
        return PagePlan(
            model=StandardPage,
            parent=HomePage,
            title=document.title,
            slug=document.slug,
            fill=partial(fill_page, document),
            describe=self.describe,
            address=document.url or document.link_base,
            live=not document.draft,
            published_at=document.date,
            nodes=document.nodes,
            old_urls=document.old_urls,
        )

    def describe(self, page: StandardPage) -> dict[str, Any]:
        own = {"title": page.title, "description": page.summary, "published": page.live}
        return {**own, **described_language(page)}

    def changes(
        self, before: Mapping[str, Any], after: Mapping[str, Any], context: FrontMatterContext
    ) -> dict[str, Any]:
        """The keys to set for the fields that differ between ``before`` and ``after``."""
        keys = language_keys(before, after, context.existing)
        for name, value in without_language(after).items():
            if value == before.get(name):
                continue
            if name == "published":
                keys |= publication_keys(value, context.existing)
            elif name == "description":
                keys |= text_keys(first_key(context.existing, ("description", "summary")), value, context.existing)
            else:
                keys |= text_keys(name, value, context.existing)
        return keys

    def front_matter(self, page: StandardPage, context: FrontMatterContext) -> dict[str, Any]:
        return {
            "layout": "page",
            "title": page.title,
            "permalink": context.addresses.page_paths[page.pk],
            "description": page.summary,
            **language_keys({}, described_language(page), {}),
            **publication_keys(page.live, {}),
        }

    def path(self, page: StandardPage, context: FrontMatterContext) -> str:
        return f"{context.addresses.page_paths[page.pk].strip('/')}.md"


class HomePageContent(StandardPageContent):
    """Import and export of the front page, which a new site has already."""

    model = HomePage

    def claims(self, document: Document) -> bool:
        return bool(document.url) and document.site_path in ("", "/", "/index.html")

    def plan(self, document: Document) -> PagePlan:
        return PagePlan(
            model=HomePage,
            parent=HomePage,
            adopt=True,
            title=document.title,
            slug="home",
            fill=partial(fill_home, document),
            describe=self.describe,
            live=not document.draft,
            published_at=document.date,
            nodes=document.nodes,
            old_urls=document.old_urls,
        )

    def describe(self, page: HomePage) -> dict[str, Any]:
        own = {"title": page.title, "intro": BLOCK_KEY.sub("", page.intro), "published": page.live}
        return {**own, **described_language(page)}

    def front_matter(self, page: HomePage, context: FrontMatterContext) -> dict[str, Any]:
        own = {"layout": "home", "title": page.title, "permalink": "/", "intro": BLOCK_KEY.sub("", page.intro)}
        return {**own, **language_keys({}, described_language(page), {})}

    def path(self, page: HomePage, context: FrontMatterContext) -> str:
        return "index.md"


def fill_page(document: Document, page: StandardPage, references: DocumentReferences) -> None:
    fill_language(page, document)
    page.summary = document.description[:500]
    page.search_description = document.description[:300]
    if page.pk is None:  # afterwards the menu is the editor's
        page.show_in_menus = is_for_menus(document)


def fill_home(document: Document, page: HomePage, references: DocumentReferences) -> None:
    fill_language(page, document)
    if isinstance(document.front_matter.get("intro"), str):
        page.intro = summary_from_html(document.front_matter["intro"])


def is_for_menus(document: Document) -> bool:
    """Whether it is a page at the top of the site, and not what a host shows for an unknown address."""
    path = document.site_path.strip("/")
    return document.kind == "page" and "/" not in path and path.removesuffix(".html") != "404"
