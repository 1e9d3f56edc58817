"""A page type that is registered appears in every part of the site, and in none before."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.template import Context
from django.test import Client
from django.urls import reverse
from wagtail.admin.ui.tables import DateColumn

from portfolio.admin.page_listings import page_listings
from portfolio.content import registry
from portfolio.content.registry import (
    AdminListing,
    JsonLd,
    MarkdownPage,
    NewPageItem,
    PageKind,
    PageList,
    PageTextWriter,
)
from portfolio.documents.document import Document
from portfolio.exporter.plan import FrontMatterContext
from portfolio.importer.plan import PagePlan
from portfolio.importer.references.document_references import DocumentReferences
from portfolio.models import HomePage
from tests import builders
from tests.exporter.test_export import export
from tests.importer.trees import run, write_tree
from tests.sample_pages.models import LogPage

pytestmark = pytest.mark.django_db

DATE = datetime(2022, 7, 8, 12, tzinfo=UTC)


class LogContent:
    """Import and export of documents with the layout "log"."""

    model = LogPage
    is_fallback = False

    def claims(self, document: Document) -> bool:
        return document.front_matter.get("layout") == "log"

    def plans(self, document: Document) -> Sequence[PagePlan]:
        def fill(page: LogPage, references: DocumentReferences) -> None:
            page.summary = document.description

        plan = PagePlan(
            model=LogPage,
            parent=HomePage,
            title=document.title,
            slug=document.slug,
            fill=fill,
            describe=self.describe,
            nodes=document.nodes,
            old_urls=document.old_urls,
        )
        return (plan,)

    def describe(self, page: LogPage) -> dict[str, Any]:
        return {"title": page.title, "description": page.summary}

    def changes(
        self, before: Mapping[str, Any], after: Mapping[str, Any], context: FrontMatterContext
    ) -> dict[str, Any]:
        return {name: value for name, value in after.items() if value != before.get(name)}

    def front_matter(self, page: LogPage, context: FrontMatterContext) -> dict[str, Any]:
        return {
            "layout": "log",
            "title": page.title,
            "permalink": context.addresses.page_paths[page.pk],
            "description": page.summary,
        }

    def path(self, page: LogPage, context: FrontMatterContext) -> str:
        return f"log/{page.slug}.md"


def front_matter(page: LogPage) -> dict[str, Any]:
    return {"title": page.title, "weather": page.summary}


def text(page: LogPage, writer: PageTextWriter) -> Iterator[str]:
    yield writer.body(page.body)


def structured_data(page: LogPage, site: Any, context: Context) -> Iterator[JsonLd]:
    yield {"@type": "Report", "name": page.title}


LOG = PageKind(
    model=LogPage,
    name="log",
    order=30,
    label="Log entry",
    plural="Log entries",
    icon="doc-full",
    list_label="Log",
    content=f"{__name__}.LogContent",
    markdown=MarkdownPage(front_matter, text),
    structured_data=structured_data,
    search_facet="log",
    page_list=PageList(LogPage, date="date", in_feeds=True),
    new_page=[NewPageItem(35)],
    listing=AdminListing("log", DateColumn("date", label="Date"), "-date"),
)


@pytest.fixture
def _registered() -> Iterator[None]:
    registry.register(LOG)
    yield
    registry.unregister(LOG)


@pytest.fixture(autouse=True)
def _page() -> None:
    builders.post(title="Fog horns")
    body = [("text", "<p>The horn sounded every minute.</p>")]
    builders.home().add_child(
        instance=LogPage(title="Fog all day", slug="fog", date=DATE, summary="Nothing to see.", body=body)
    )


def in_search_facet(client: Client) -> bool:
    facets = client.get("/search/?q=fog").context["facets"]
    counts = {choice.name: choice.count for facet in facets if facet.key == "type" for choice in facet.choices}
    results = client.get("/search/?type=log").context["results"] or ()
    return counts.get("Log entries") == 1 and [page.title for page in results] == ["Fog all day"]


def in_archive(client: Client) -> bool:
    html = client.get("/archive/").content.decode()
    month = client.get("/archive/2022/07/")
    return 'href="/fog/">Fog all day</a> <span class="kind">Log</span>' in html and month.status_code == 200


def in_feeds(client: Client) -> bool:
    items = client.get("/feed.json").json()["items"]
    return [item["date_published"] for item in items if item["title"] == "Fog all day"] == ["2022-07-08T12:00:00+00:00"]


def in_sitemap_with_its_date(client: Client) -> bool:
    return "/fog/</loc><lastmod>2022-07-08</lastmod>" in client.get("/sitemap.xml").content.decode()


def in_llms_txt(client: Client) -> bool:
    line = "- [Fog all day](http://testserver/fog.md): 2022-07-08. Nothing to see."
    return f"## Log entries\n\n{line}\n" in client.get("/llms.txt").content.decode()


def as_markdown(client: Client) -> bool:
    response = client.get("/fog.md")
    return response.status_code == 200 and "weather: Nothing to see." in response.content.decode()


def linked_to_markdown(client: Client) -> bool:
    return 'type="text/markdown" href="/fog.md"' in client.get("/fog/").content.decode()


def in_json_ld(client: Client) -> bool:
    return '"@type": "Report", "name": "Fog all day"' in client.get("/fog/").content.decode()


def in_new_page_menu(client: Client) -> bool:
    client.force_login(builders.user("Moderators"))
    return reverse("new_page", args=["log"]) in client.get(reverse("wagtailadmin_home")).content.decode()


def with_form_for_new_page(client: Client) -> bool:
    client.force_login(builders.user("Moderators"))
    response = client.get(reverse("new_page", args=["log"]), follow=True)
    return response.status_code == 200 and isinstance(response.context["form"].instance, LogPage)


def in_admin_listings(client: Client) -> bool:
    return any((listing.model, listing.menu_label) == (LogPage, "Log entries") for listing in page_listings())


def imported_and_exported(client: Client, folder: Path) -> bool:
    source = "---\nlayout: log\ntitle: Gale\npermalink: /gale/\ndescription: Force nine.\n---\nWind.\n"
    run(write_tree(folder / "in", {"gale.md": source}))
    page = LogPage.objects.filter(slug="gale").first()
    if page is None or page.summary != "Force nine.":
        return False
    page.summary = "Force ten."
    page.save_revision().publish()
    export(folder / "out")
    written = (folder / "out" / "gale.md").read_text(encoding="utf-8")
    fog = (folder / "out" / "log" / "fog.md").read_text(encoding="utf-8")
    return written == source.replace("nine", "ten") and "The horn sounded" in fog


SURFACES: list[Callable[[Client], bool]] = [
    in_search_facet,
    in_archive,
    in_feeds,
    in_sitemap_with_its_date,
    in_llms_txt,
    as_markdown,
    linked_to_markdown,
    in_json_ld,
    in_new_page_menu,
    with_form_for_new_page,
    in_admin_listings,
]


@pytest.mark.usefixtures("_registered")
@pytest.mark.parametrize("surface", SURFACES)
def test_registered_page_type_is(surface: Callable[[Client], bool], client: Client) -> None:
    assert surface(client)


@pytest.mark.parametrize("surface", SURFACES)
def test_page_type_without_registration_is_not(surface: Callable[[Client], bool], client: Client) -> None:
    assert client.get("/fog/").status_code == 200
    assert not surface(client)


@pytest.mark.usefixtures("_registered")
def test_registered_page_type_is_imported_and_exported(client: Client, tmp_path: Path) -> None:
    assert imported_and_exported(client, tmp_path)


def titles(pages: Any) -> list[str]:
    return [page.title for page in pages or ()]
