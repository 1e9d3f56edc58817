"""Adapter to private parts of Django: the caches of related objects of a model instance.

``select_related`` fills ``_state.fields_cache`` of each level of a multi-table model. There is no public way to hand
the related objects of the parent levels to the child instance; reading them again costs a query each. Nor is there one
to hand over the members of a relation that were read in another way than by ``prefetch_related``.
``tests/models/test_relation_cache.py`` fails when the caches change.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Model


def copy_cached_relations(sources: Iterable[Model], target: Model) -> None:
    """Give ``target`` the related objects that are cached on ``sources``, the later ones win."""
    cached: dict[str, Any] = {}
    for source in sources:
        cached.update(source._state.fields_cache)
    target._state.fields_cache.update(cached)


def set_prefetched(instance: Model, name: str, members: list[Any]) -> None:
    """Let the many-to-many relation ``name`` of ``instance`` have ``members``, as if they had been prefetched."""
    queryset = instance._meta.get_field(name).related_model._default_manager.all()
    queryset._result_cache, queryset._prefetch_done = members, True
    if not hasattr(instance, "_prefetched_objects_cache"):
        instance._prefetched_objects_cache = {}
    instance._prefetched_objects_cache[name] = queryset
