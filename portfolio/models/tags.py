"""Tags: one for each name whatever its spelling, and stored together with the page.

The tags of entries are taggit's own; a ``TagKey`` row keeps the name unique. Skills are tags with a key of their own.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, models, transaction
from taggit.models import Tag, TagBase

from portfolio.documents.slugs import name_key
from portfolio.models.unique_names import LONGEST_KEY, free_slug


class TagKey(models.Model):
    """The unique key of a tag's name. A tag of images or files has none when another tag has the same name."""

    tag = models.OneToOneField(Tag, on_delete=models.CASCADE, primary_key=True, related_name="name_key")
    key = models.CharField(max_length=LONGEST_KEY, unique=True)

    def __str__(self) -> str:
        return self.key


def set_tag_slug(sender: type, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """Signal handler: before a new tag or skill is stored, make its slug from its name, unless it was given one."""
    if not issubclass(sender, TagBase) or raw or not instance._state.adding:
        return
    instance.name = unicodedata.normalize("NFC", instance.name)
    if instance.slug in ("", TagBase.slugify(instance, instance.name)):
        instance.slug = free_slug(sender, instance.name)


def set_tag_key(sender: type, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """Signal handler: after a tag is stored, store its key if no other tag has it. Images make tags without keys."""
    if sender is Tag and not raw:
        key = name_key(instance.name)
        if not TagKey.objects.filter(tag=instance).exclude(key=key).update(key=key):
            TagKey.objects.bulk_create([TagKey(tag=instance, key=key)], ignore_conflicts=True)


def tags_named(model: type[TagBase], names: Iterable[str]) -> dict[str, Any]:
    """The existing tags of those names, by ``name_key``."""
    if model is not Tag:
        return model._default_manager.named_all(names)
    rows = TagKey.objects.filter(key__in={name_key(name) for name in names}).select_related("tag")
    return {row.key: row.tag for row in rows}


def tag_named(name: str) -> Tag | None:
    return tags_named(Tag, [name]).get(name_key(name))


def resolve_tag(model: type[TagBase], name: str) -> Any:
    """Get or create the tag of that name, also when another process creates it at the same moment."""
    if model is not Tag:
        return model._default_manager.resolve(name)
    tag = tag_named(name)
    if tag is not None:
        return tag
    try:
        with transaction.atomic():
            tag = Tag.objects.create(name=name)
            if not TagKey.objects.filter(tag=tag).exists():
                raise IntegrityError("another tag of this name was made at the same time")
            return tag
    except IntegrityError:
        tag = tag_named(name)
        if tag is None:
            raise
        return tag
