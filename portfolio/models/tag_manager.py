"""Adapter to private parts of django-modelcluster and django-taggit: the manager behind a page's ``tags``.

Modelcluster's own manager stores every new tag at once, also for a preview. Which class it uses and how it finds the
tags cannot be set, so this subclass overrides private methods. ``tests/models/test_page_tags.py`` fails when they
change.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models
from modelcluster.contrib.taggit import ClusterTaggableManager, _ClusterTaggableManager
from modelcluster.models import ClusterableModel
from taggit.models import ItemBase, TagBase

from portfolio.documents.slugs import name_key
from portfolio.models.tags import resolve_tag, tags_named
from portfolio.models.unique_names import free_slug


class PageTagManager(_ClusterTaggableManager):
    """The tags of a page. A new name becomes a tag object that is stored together with the page."""

    def _to_tag_model_instances(self, tags: Iterable[Any], tag_kwargs: Any) -> list[Any]:
        tags = list(tags)
        model = self.through.tag_model()
        names = [tag for tag in tags if isinstance(tag, str)]
        existing = tags_named(model, names) if names else {}  # an import has looked up all tags
        unique: dict[Any, Any] = {}
        for given in tags:
            tag = given
            if isinstance(given, str):
                tag = existing.get(name_key(given)) or model(name=given, slug=free_slug(model, given))
            unique.setdefault(identity(tag), tag)
        return list(unique.values())

    def add(self, *tags: Any) -> None:
        self._remove_prefetched_objects()
        items = self.get_tagged_item_manager()
        present = {item.tag_id or identity(item.tag) for item in items.all()}
        for tag in self._to_tag_model_instances(tags, {}):
            if identity(tag) not in present:
                items.add(self.through(tag=tag))


class PageTags(ClusterTaggableManager):
    """``ClusterTaggableManager`` that uses `PageTagManager`."""

    def __get__(self, instance: Any, model: type[models.Model]) -> PageTagManager:
        return PageTagManager(through=self.through, model=model, instance=instance, prefetch_cache_name=self.name)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """As ``ClusterTaggableManager``, so that migrations do not name this class."""
        name, _, args, kwargs = super().deconstruct()
        return name, "modelcluster.contrib.taggit.ClusterTaggableManager", args, kwargs


def identity(tag: TagBase) -> Any:
    """The primary key of a stored tag, the ``name_key`` of a new one."""
    return tag.pk if tag.pk is not None else name_key(tag.name)


def new_tag_items(page: ClusterableModel) -> Iterator[ItemBase]:
    """The page's tag items whose tag is not stored yet."""
    for items in getattr(page, "_cluster_related_objects", {}).values():
        for item in items:
            if isinstance(item, ItemBase) and item.tag_id is None:
                yield item


def store_new_tags(page: ClusterableModel) -> None:
    """Store the new tags of ``page`` in the database."""
    for item in new_tag_items(page):
        item.tag = resolve_tag(item.tag_model(), item.tag.name)
