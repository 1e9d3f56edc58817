"""Registry of page types and taxonomies: each app registers its own, and the rest of the site asks here.

A new page type is its model, its template and one ``PageKind``, registered in ``AppConfig.ready``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.http import HttpRequest
from django.template import Context
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from wagtail.models import Page

from portfolio.models.site_state import cached_for_version

if TYPE_CHECKING:
    from wagtail.admin.ui.tables import Column

    from portfolio.content.page_content import PageContent

JsonLd = dict[str, Any]
# A name in the language of whoever reads it.
Label = str | Promise
# From a page, the site's settings (None without a site) and the context of the template, to JSON-LD objects.
StructuredData = Callable[[Any, Any, Context], Iterable[JsonLd]]


@dataclass(frozen=True, slots=True, eq=False)
class PageList:
    """Rows in which lists load the pages of one or several kinds, without bodies.

    ``date`` and ``updated`` name the fields with the dates that readers see. Pages of a dated list are in the archive
    by year and month, newest first; those whose date is None are not. ``terms`` names, by taxonomy, the field that
    holds the terms of a page; ``cover`` and ``authors`` name the fields with its picture and its people. A site that
    has no page of an optional list does without its queries.
    """

    model: type[Page]
    date: str = ""
    updated: str = ""
    terms: Mapping[str, str] = field(default_factory=dict)
    cover: str = ""
    authors: str = ""
    in_feeds: bool = False
    is_optional: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class ArchiveSection:
    """A list of undated pages in the archive and in ``/llms.txt``; ``note`` is shown after a page's title."""

    id: str
    title: Label
    pages: Callable[[HttpRequest], Sequence[Page]]
    note: Callable[[Any], str] = lambda page: ""


class PageTextWriter(Protocol):
    """Writes values of a page as Markdown for readers."""

    def line(self, text: str) -> str: ...

    def paragraphs(self, html: str) -> str: ...

    def body(self, body: Any) -> str: ...


@dataclass(frozen=True, slots=True)
class MarkdownPage:
    """The Markdown version of a page: its front matter (with ``title``), and the parts of its text after the title."""

    front_matter: Callable[[Any], dict[str, Any]]
    text: Callable[[Any, PageTextWriter], Iterator[str]]


@dataclass(frozen=True, slots=True)
class NewPageItem:
    """An item of the menu "Write": the page type's empty form, or with ``view`` (a URL name) another way to begin."""

    order: int
    label: str = ""
    view: str = ""
    icon: str = ""


@dataclass(frozen=True, slots=True)
class AdminListing:
    """A list of the page type in the admin's menu; ``column`` is shown where Wagtail has the parent page."""

    name: str
    column: Column
    ordering: str


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class PageKind:
    """A page type as the parts of the site treat it.

    ``name`` is for addresses; ``label`` and ``plural`` are what people call it, ``counted`` a number of them;
    ``list_label`` stands beside a title in lists of several kinds. Kinds are sorted by ``order``: in the admin and in
    facets upwards, in the archive downwards.
    ``content`` names the class, a `PageContent`, with which the import fills pages of this kind and the export writes
    them. ``overview`` is the URL name of a page outside the tree that shows all pages of this kind. ``site_profile``
    gives the fields of an exported site's `SiteProfile` that are about them.
    """

    model: type[Page]
    name: str
    structured_data: StructuredData
    order: int = 1000
    label: Label = ""
    plural: Label = ""
    counted: Callable[[int], str] = str
    icon: str = ""
    list_label: Label = ""
    content: str = ""
    markdown: MarkdownPage | None = None
    search_facet: str = ""
    page_list: PageList | None = None
    section: ArchiveSection | None = None
    in_sitemap: bool = True
    overview: str = ""
    new_page: Sequence[NewPageItem] = ()
    listing: AdminListing | None = None
    site_profile: Callable[[], Mapping[str, str]] | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Taxonomy:
    """Terms that pages are listed under, such as tags. Each term has a page at ``/<path>/<slug>/`` and feeds below it.

    ``name`` is the name of that page's URL, and begins the names of its feeds' URLs. The terms of a page that
    are in a feed ``is_feed_category`` are its categories there. Where all terms are listed, the
    ``max_listed`` most used are, by name or, with ``most_used_first``, in this order. ``overview`` is the URL name of
    a page with all of them.
    """

    model: type[Model]
    name: str
    path: str
    label: Label
    plural: Label
    order: int
    name_field: str = "name"
    is_facet: bool = True
    is_feed_category: bool = False
    max_listed: int = 60
    most_used_first: bool = False
    overview: str = ""


_kinds: dict[type[Page], PageKind] = {}
_taxonomies: dict[str, Taxonomy] = {}


def register(*kinds: PageKind) -> None:
    _kinds.update({kind.model: kind for kind in kinds})


def unregister(*kinds: PageKind) -> None:
    for kind in kinds:
        del _kinds[kind.model]


def register_taxonomies(*taxonomies: Taxonomy) -> None:
    _taxonomies.update({taxonomy.name: taxonomy for taxonomy in taxonomies})


def page_kinds() -> list[PageKind]:
    return sorted(_kinds.values(), key=lambda kind: kind.order)


def kind_of(page: Page) -> PageKind | None:
    """The kind of a page, which may be loaded as a row of a parent's model; None for a type that is not registered."""
    return _kinds.get(page.specific_class)


def kind_of_type(content_type: int) -> PageKind | None:
    return _kinds.get(ContentType.objects.get_for_id(content_type).model_class())


def kind_named(name: str) -> PageKind | None:
    return next((kind for kind in _kinds.values() if kind.name == name), None)


def page_lists() -> list[PageList]:
    """The lists, without optional ones that have no page."""
    lists = dict.fromkeys(kind.page_list for kind in page_kinds() if kind.page_list)
    return [page_list for page_list in lists if not page_list.is_optional or has_pages(page_list.model)]


def has_pages(model: type[Page]) -> bool:
    """Whether any page of the type is stored, drafts too."""
    rows = model._default_manager.order_by()
    return cached_for_version(("has pages", model._meta.label), rows.exists)


def dated_lists() -> list[PageList]:
    return [page_list for page_list in page_lists() if page_list.date]


def archive_sections() -> list[ArchiveSection]:
    kinds = reversed(page_kinds())
    return list(dict.fromkeys(kind.section for kind in kinds if kind.section))


def taxonomies() -> list[Taxonomy]:
    return sorted(_taxonomies.values(), key=lambda taxonomy: taxonomy.order)


def page_mappings() -> list[PageContent]:
    """In the order in which the import asks them who claims a document."""
    return sorted(page_contents(), key=lambda content: content.is_fallback)


def page_exports() -> list[PageContent]:
    """In the order in which the export writes pages: the front page first."""
    return sorted(page_contents(), key=lambda content: not content.is_fallback)


def page_contents() -> list[PageContent]:
    return [content_named(name) for name in dict.fromkeys(kind.content for kind in page_kinds() if kind.content)]


@cache
def content_named(name: str) -> PageContent:
    """The content of one or several kinds, loaded when it is first asked for.

    With it come the importer and the exporter, half of the project's code, which most processes never use.
    """
    return import_string(name)()
