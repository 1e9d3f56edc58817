"""Where a thing is used, for the pages that ask whether to delete it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import template
from django.contrib.contenttypes.models import ContentType
from django.db.models import IntegerField, Model, QuerySet
from django.db.models.functions import Cast
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page, ReferenceIndex

register = template.Library()

SHOWN = 10
# What Wagtail's templates call the thing where there are many, each in a dictionary of its own.
NAMES = ("snippet", "image", "document", "page", "user")


@dataclass(frozen=True, slots=True)
class Use:
    label: str
    edit_url: str | None


@dataclass(frozen=True, slots=True)
class Uses:
    """How many things use another, and the first ten of them."""

    total: int
    shown: tuple[Use, ...]

    @property
    def more(self) -> int:
        return self.total - len(self.shown)


@register.simple_tag(takes_context=True)
def where_used(context: dict[str, Any]) -> Uses:
    """What refers to the thing in question; private things without their name.

    Wagtail's index of references knows nothing of many-to-many fields (categories, authors), so these are asked too.
    """
    thing, request = thing_in(context), context.get("request")
    if thing is None or request is None:
        return Uses(0, ())
    referring = ReferenceIndex.get_references_to(thing).group_by_source_object()
    listing = pages_that_list(thing)
    total = referring.count() + sum(pages.count() for pages in listing)
    sources = [source for source, _ in referring[:SHOWN]]
    for pages in listing:
        sources += pages[: SHOWN - len(sources)]
    finder = AdminURLFinder(request.user)
    return Uses(total, tuple(use_of(source, finder) for source in sources))


def thing_in(context: dict[str, Any]) -> Model | None:
    """The thing that is to be deleted: one of many, or the only one."""
    many = [context.get(name) for name in NAMES] + list(context.get("items") or [])[:1]
    found = [value["item"] for value in many if isinstance(value, dict) and "item" in value]
    found += [context.get("object"), getattr(context.get("view"), "object", None)]
    return next((thing for thing in found if isinstance(thing, Model)), None)


def pages_that_list(thing: Model) -> list[QuerySet[Page]]:
    """By each many-to-many field, the pages that list the thing and that the index of references does not know."""
    relations = [relation for relation in thing._meta.related_objects if relation.many_to_many]
    known = ReferenceIndex.get_references_to(thing).filter(base_content_type=ContentType.objects.get_for_model(Page))
    keys = known.annotate(page_key=Cast("object_id", IntegerField())).values("page_key")
    return [
        relation.related_model._default_manager.filter(**{relation.field.name: thing.pk})
        .exclude(pk__in=keys)
        .order_by("-pk")
        for relation in relations
        if issubclass(relation.related_model, Page)
    ]


def use_of(source: Model, finder: AdminURLFinder) -> Use:
    address = finder.get_edit_url(source)
    return Use(str(source) if address else f"a private {source._meta.verbose_name}", address)
