"""Pages of the tree as a request meets them: found at once by their whole address, with what they are shown with."""

from __future__ import annotations

from functools import cache
from typing import Any, ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Substr
from django.http import HttpRequest
from django.utils.functional import cached_property
from wagtail.models import Page, PageViewRestriction, get_page_models

from portfolio.models.page_rights import PageRights
from portfolio.page_form import PageCopyForm, PageForm


class TreePage(models.Model):
    """What every page type of this site has beside Wagtail's own."""

    # Foreign keys that the page is never shown without: the look-up by address brings them along.
    shown_with: ClassVar[tuple[str, ...]] = ()

    base_form_class = PageForm
    copy_form_class = PageCopyForm

    # That neither this page nor one above it is restricted; None when nobody has looked.
    is_open: bool | None = None

    class Meta:
        abstract = True

    @cached_property
    def trail(self) -> list[Page]:
        """The live pages above this one, from the front page down."""
        return list(self.get_ancestors().live().filter(depth__gt=1)) if self.path else []

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        return PageViewRestriction.objects.none() if self.is_open else super().get_view_restrictions()

    def permissions_for_user(self, user: Any) -> PageRights:
        return PageRights(user, self)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from portfolio.models.site import SiteSettings

        SiteSettings.for_request(request).look_around(self)
        return super().get_context(request, *args, **kwargs)


def page_at(root: Page, slugs: list[str]) -> Page | None:
    """The page at this address below ``root`` as what it is, from one query; None when there is none."""
    address = f"{root.url_path}{'/'.join(slugs)}/"
    found = (
        Page.objects.filter(slug=slugs[-1], url_path=address, path__startswith=root.path)
        .annotate(is_open=~restricted("path", root.depth + len(slugs)))
        .select_related(*every_type())
        .first()
    )
    if found is None:
        return None
    page = as_what_it_is(found)
    page.is_open = found.is_open
    return page


def restricted(path: str, depth: int) -> Exists:
    """Whether something restricts the page whose tree path is in the field ``path``, or may do so.

    A restriction may lie on the page or on one above it; an alias follows the page that it is an alias of, and who
    may see that is left to Wagtail.
    """
    above = [Substr(OuterRef(path), 1, Page.steplen * level) for level in range(1, depth + 1)]
    closed = Page.objects.filter(path__in=above).filter(
        models.Q(alias_of__isnull=False) | models.Q(view_restrictions__isnull=False)
    )
    return Exists(closed.order_by())


@cache
def every_type() -> tuple[str, ...]:
    """The joins from a page to its row as what it is, and to what it is shown with."""
    names = []
    for model in get_page_models():
        if model is not Page:
            down = "__".join(way_down(model))
            names += [down, *(f"{down}__{name}" for name in vars(model).get("shown_with", ()))]
    return tuple(dict.fromkeys(names))


@cache
def list_types() -> tuple[str, ...]:
    """The joins from a page to its row as a list of what is below it, which may have words of its own."""
    models = (model for model in get_page_models() if getattr(model, "lists_what_is_below", False))
    return tuple("__".join(way_down(model)) for model in models)


def way_down(model: type[Page]) -> list[str]:
    """The names of the relations that lead from a page to its row in ``model``: entry, blogpage."""
    parents = [parent for parent in model._meta.get_parent_list() if parent is not Page]
    return [step._meta.model_name for step in (*reversed(parents), model)]


def as_what_it_is(page: Page) -> Page:
    """``page``, loaded with ``every_type``, as an object of its own type, with all that was loaded for its parents."""
    model = page.cached_content_type.model_class()
    if model is None or model is Page:
        return page
    known: dict[str, Any] = {}
    for name in way_down(model):
        page = getattr(page, name)
        known.update(page._state.fields_cache)
    page._state.fields_cache.update(known)
    return page
