"""Registration of the front page and of plain pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from portfolio.content.lists import PAGES
from portfolio.content.registry import MarkdownPage, NewPageItem, PageKind, PageTextWriter
from portfolio.content.structured_data import home_page, text_page
from portfolio.models import HomePage, StandardPage


def front_matter(page: StandardPage) -> dict[str, Any]:
    return {"title": page.title, "description": page.search_description or page.summary}


def text(page: StandardPage, writer: PageTextWriter) -> Iterator[str]:
    yield writer.line(page.summary)
    yield writer.body(page.body)


# The front page comes before plain pages, which claim every document.
HOME = PageKind(
    model=HomePage,
    name="home",
    order=0,
    content="portfolio.content.pages.HomePageContent",
    structured_data=home_page,
)
STANDARD = PageKind(
    model=StandardPage,
    name="page",
    order=60,
    label=_("Plain page"),
    plural=_("Pages"),
    icon="doc-empty",
    content="portfolio.content.pages.StandardPageContent",
    markdown=MarkdownPage(front_matter, text),
    structured_data=text_page,
    search_facet="page",
    section=PAGES,
    new_page=[NewPageItem(60)],
)
