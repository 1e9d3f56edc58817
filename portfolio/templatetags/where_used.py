"""``{% where_used as uses %}``: usage of an object, for the pages that ask whether to delete it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import template
from django.contrib.contenttypes.models import ContentType
from django.db.models import IntegerField, Model, QuerySet
from django.db.models.functions import Cast
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.contrib.settings.models import BaseSiteSetting
from wagtail.models import Page, ReferenceIndex

register = template.Library()

MAX_SHOWN = 10
# What Wagtail's templates call the thing where there are many, each in a dictionary of its own.
CONTEXT_NAMES = ("snippet", "image", "document", "page", "user")


@dataclass(frozen=True, slots=True)
class Usage:
    label: str
    edit_url: str | None


@dataclass(frozen=True, slots=True)
class UsageList:
    """How many things use another, and the first ten of them."""

    total: int
    shown: tuple[Usage, ...]

    @property
    def more(self) -> int:
        return self.total - len(self.shown)


@register.simple_tag(takes_context=True)
def where_used(context: dict[str, Any]) -> UsageList:
    """What refers to the thing in question; private things without their name.

    Wagtail's index of references knows nothing of many-to-many fields (categories, authors) and of settings, so these
    are asked too.
    """
    instance, request = deleted_object(context), context.get("request")
    if instance is None or request is None:
        return UsageList(0, ())
    referring = ReferenceIndex.get_references_to(instance).group_by_source_object()
    listing = [*settings_with_relation(instance), *pages_with_relation(instance)]
    total = referring.count() + sum(pages.count() for pages in listing)
    sources = [source for source, _ in referring[:MAX_SHOWN]]
    for pages in listing:
        sources += pages[: MAX_SHOWN - len(sources)]
    finder = AdminURLFinder(request.user)
    return UsageList(total, tuple(usage_of(source, finder) for source in sources))


def deleted_object(context: dict[str, Any]) -> Model | None:
    """The thing that is to be deleted: one of many, or the only one."""
    many = [context.get(name) for name in CONTEXT_NAMES] + list(context.get("items") or [])[:1]
    found = [value["item"] for value in many if isinstance(value, dict) and "item" in value]
    found += [context.get("object"), getattr(context.get("view"), "object", None)]
    return next((instance for instance in found if isinstance(instance, Model)), None)


def pages_with_relation(instance: Model) -> list[QuerySet[Page]]:
    """By each many-to-many field, the pages that list the thing and that the index of references does not know."""
    relations = [relation for relation in instance._meta.related_objects if relation.many_to_many]
    indexed = ReferenceIndex.get_references_to(instance).filter(
        base_content_type=ContentType.objects.get_for_model(Page)
    )
    keys = indexed.annotate(page_key=Cast("object_id", IntegerField())).values("page_key")
    return [
        relation.related_model._default_manager.filter(**{relation.field.name: instance.pk})
        .exclude(pk__in=keys)
        .order_by("-pk")
        for relation in relations
        if issubclass(relation.related_model, Page)
    ]


def settings_with_relation(instance: Model) -> list[QuerySet[Any]]:
    """Settings of sites that show the thing, as a logo or a portrait: the index knows nothing of settings."""
    return [
        relation.related_model._base_manager.filter(**{relation.field.name: instance.pk}).order_by("pk")
        for relation in instance._meta.get_fields(include_hidden=True)
        if relation.auto_created and not relation.concrete and relation.field.name != "site"
        if issubclass(relation.related_model, BaseSiteSetting)
    ]


def usage_of(source: Model, finder: AdminURLFinder) -> Usage:
    address = finder.get_edit_url(source)
    if address and isinstance(source, BaseSiteSetting):
        return Usage(str(source._meta.verbose_name).capitalize(), address)
    return Usage(str(source) if address else f"a private {source._meta.verbose_name}", address)
