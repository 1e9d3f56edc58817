"""``TreePage``, the mixin of every page type, and the look-up of a page by its path."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache
from typing import Any, ClassVar
from urllib.parse import quote

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection, models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import get_script_prefix
from django.utils.functional import cached_property
from django.utils.text import slugify
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Page, PageViewRestriction, Site, get_page_models

from portfolio.documents.language_codes import MAX_LANGUAGE, MAX_TRANSLATION_GROUP
from portfolio.documents.slugs import slug_of
from portfolio.languages.language_select import LanguageSelect, validate_language
from portfolio.languages.reader_language import use_page_language
from portfolio.models.page_permissions import StrictPagePermissionTester
from portfolio.models.prefetch import prefetch_references
from portfolio.models.relation_cache import copy_cached_relations
from portfolio.models.site_state import cached_for_version
from portfolio.models.tag_manager import store_new_tags
from portfolio.models.view_cache import knows_body, site_roots
from portfolio.models.visibility import PLACES, is_unrestricted
from portfolio.validation.page_form import PageCopyForm, PageForm, free_page_slug

ROUTED = re.compile(r"(?:[\w-]+/)*")  # as the pattern of Wagtail's page view, which takes no other path
# The slug has an index, the path has none.
PAGE_BY_PATH = f"SELECT id, path, content_type_id FROM {Page._meta.db_table} WHERE slug = %s AND url_path = %s"  # noqa: S608


class TreePage(models.Model):
    """Mixin of all page types: language, where it is listed, forms, permissions, slugs, tags and breadcrumbs.

    A page that is left out of a place answers at its address all the same (``visibility.listed``).
    """

    out_of_lists = models.BooleanField(
        "lists", default=False, help_text="Lists, feeds, the archive, tags, skills and related pages."
    )
    out_of_search = models.BooleanField("the search", default=False, help_text="What readers find in the search here.")
    out_of_sitemap = models.BooleanField("the sitemap", default=False, help_text="Which search engines read.")

    # Foreign keys that every view of the page needs: ``page_by_path`` loads them with it.
    select_related_fields: ClassVar[tuple[str, ...]] = ()

    language = models.CharField(
        max_length=MAX_LANGUAGE,
        blank=True,
        default="",
        validators=[validate_language],
        help_text="The language of this page, if it is not that of the site.",
    )
    translation_group = models.CharField(
        "translations",
        max_length=MAX_TRANSLATION_GROUP,
        blank=True,
        default="",
        db_index=True,
        help_text="Write the same word here on every translation of this page: each then links to the others.",
    )

    settings_panels = [
        *Page.settings_panels,
        FieldRowPanel(
            [
                FieldPanel("language", widget=LanguageSelect(empty="The language of the site")),
                FieldPanel("translation_group"),
            ],
            heading="Language",
        ),
    ]

    base_form_class = PageForm
    copy_form_class = PageCopyForm

    promote_panels = [
        *Page.promote_panels,
        MultiFieldPanel(
            [FieldPanel("out_of_lists"), FieldPanel("out_of_search"), FieldPanel("out_of_sitemap")],
            heading="Leave it out of",
            help_text="The page can be read at its address all the same.",
        ),
    ]

    # A reader's request loaded it, so it is what is stored: no preview, nothing that a form has filled.
    is_as_stored = False

    # True when neither the page nor an ancestor has a view restriction; None when that is not known.
    is_unrestricted: bool | None = None

    class Meta:
        abstract = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Make a row of the database without modelcluster's search for child objects among the keywords.

        A row has no keywords, and the search is most of the work for each row of a list.
        """
        if args and args[0] and not kwargs:
            super(ClusterableModel, self).__init__(*args)
        else:
            super().__init__(*args, **kwargs)

    def save(self, *args: Any, **kwargs: Any) -> None:
        store_new_tags(self)
        if self.live and kwargs.get("update_fields") is None:
            self.compute_fields()
        super().save(*args, **kwargs)

    def serializable_data(self) -> dict[str, Any]:
        """The content of a revision, which names tags by primary key, so new tags are stored first."""
        store_new_tags(self)
        return super().serializable_data()

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        self.set_default_slug()
        super().full_clean(*args, **kwargs)

    def minimal_clean(self) -> None:
        self.set_default_slug()
        super().minimal_clean()

    def set_default_slug(self) -> None:
        """Make a slug also from a title without letters, such as an emoji. Wagtail makes none from it."""
        if self.slug or not self.path:
            return
        slug = slugify(self.title, allow_unicode=getattr(settings, "WAGTAIL_ALLOW_UNICODE_SLUGS", True))
        self.slug = free_page_slug(slug or slug_of(self.title) or self._meta.model_name, self.get_parent(), self)

    @property
    def left_out(self) -> list[str]:
        """The places in which the page is not listed."""
        return [place for place in PLACES if getattr(self, f"out_of_{place}")]

    @left_out.setter
    def left_out(self, places: Collection[str]) -> None:
        for place in PLACES:
            setattr(self, f"out_of_{place}", place in places)

    @cached_property
    def trail(self) -> list[Page]:
        """The live ancestors from the home page down, for the breadcrumbs."""
        return cached_for_version(("trail", self.path[: -self.steplen]), self.read_trail) if self.path else []

    def read_trail(self) -> list[Page]:
        return list(self.get_ancestors().live().filter(depth__gt=1))

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        return PageViewRestriction.objects.none() if self.is_unrestricted else super().get_view_restrictions()

    @cached_property
    def canonical_address(self) -> str | None:
        """The canonical URL: of an alias, the URL of its original, unless readers cannot see the original."""
        page: Page = self
        while page.alias_of_id:
            page = page.alias_of
        is_visible = page.pk == self.pk or (page.live and not page.get_view_restrictions().exists())
        return page.full_url if is_visible else self.full_url

    def permissions_for_user(self, user: Any) -> StrictPagePermissionTester:
        return StrictPagePermissionTester(user, self)

    def compute_fields(self) -> None:
        """Set fields that are computed from others. Called before a live page is stored."""

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        use_page_language(self.language)
        return super().serve(request, *args, **kwargs)

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int, str, str] | None:
        """As Wagtail's, which resolves a URL for every link of a page; with one site the path is known."""
        roots = site_roots()
        if len(roots) == 1:
            site, root_path, root_url, _ = roots[0]
            path = self.url_path.removeprefix(root_path)
            if path != self.url_path and ROUTED.fullmatch(path):
                return site, root_url, get_script_prefix() + (path if path.isascii() else quote(path))
        return super().get_url_parts(request)

    def get_url(self, request: HttpRequest | None = None, current_site: Site | None = None) -> str | None:
        """As Wagtail's, which looks up the sites for every link of a page; with one site it is the path."""
        if len(site_roots()) != 1:
            return super().get_url(request, current_site)
        parts = self.get_url_parts(request)
        return parts[2] if parts else None

    url = property(get_url)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        if not knows_body(self):
            prefetch_references([getattr(self, "body", None)], with_pages=True)
        return super().get_context(request, *args, **kwargs)


def page_by_path(root: Page, slugs: list[str]) -> Page | None:
    """The page with this path below ``root``, as an instance of its specific model; None if there is none.

    Two queries, the first in plain SQL: one that joins all page types takes Django longer to build than both.
    """
    with connection.cursor() as cursor:
        cursor.execute(PAGE_BY_PATH, [slugs[-1], f"{root.url_path}{'/'.join(slugs)}/"])
        found = [row for row in cursor.fetchall() if row[1].startswith(root.path)]
    for pk, path, content_type in found[:1]:
        model = ContentType.objects.get_for_id(content_type).model_class() or Page
        rows = model._default_manager.all()
        if fields := getattr(model, "select_related_fields", ()):  # without arguments it would follow every relation
            rows = rows.select_related(*fields)
        for page in rows.filter(pk=pk).order_by():
            page.is_unrestricted, page.is_as_stored = is_unrestricted(path), True
            return page
    return None


@cache
def listing_page_joins() -> tuple[str, ...]:
    """``select_related`` arguments from ``Page`` to the page types that list their children."""
    models = (model for model in get_page_models() if getattr(model, "lists_children", False))
    return tuple("__".join(relation_path(model)) for model in models)


def relation_path(model: type[Page]) -> list[str]:
    """The names of the one-to-one relations from ``Page`` down to ``model``: entry, blogpage."""
    parents = [parent for parent in model._meta.get_parent_list() if parent is not Page]
    return [step._meta.model_name for step in (*reversed(parents), model)]


def as_specific(page: Page) -> Page:
    """``page`` as an instance of its specific model, without a query if it was loaded with the joins to it."""
    model = page.cached_content_type.model_class()
    if model is None or model is Page:
        return page
    levels = [page]
    for name in relation_path(model):
        levels.append(getattr(levels[-1], name))
    copy_cached_relations(levels[1:], levels[-1])
    return levels[-1]
