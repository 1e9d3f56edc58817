"""What an entry is sorted under and who wrote it, from one query instead of one for each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import CharField, F, Model, QuerySet, Value

if TYPE_CHECKING:
    from blog.models.entry import Entry

# Each relation of an entry and the field that is the address of what it leads to.
RELATIONS = {"categories": "slug", "tags": "slug", "skills": "slug", "authors": "url"}


def load_terms(entry: Entry) -> None:
    """Let ``entry`` know its categories, tags, skills and authors: names and addresses, the rest when asked for.

    They are remembered as Django remembers what was prefetched. What is typed in a preview still comes first.
    """
    first, *others = [rows(entry, name, address) for name, address in RELATIONS.items()]
    found: dict[str, list[Model]] = {name: [] for name in RELATIONS}
    for kind, pk, name, address in sorted(first.union(*others, all=True), key=lambda row: (row[0], row[2].casefold())):
        model = entry._meta.get_field(kind).related_model
        found[kind].append(model.from_db(entry._state.db, ("id", "name", RELATIONS[kind]), (pk, name, address)))
    if not hasattr(entry, "_prefetched_objects_cache"):
        entry._prefetched_objects_cache = {}
    for name, terms in found.items():
        known = entry._meta.get_field(name).related_model._default_manager.all()
        known._result_cache, known._prefetch_done = terms, True
        entry._prefetched_objects_cache[name] = known


def rows(entry: Entry, name: str, address: str) -> QuerySet[Any]:
    """(relation, key, name, address) of each of the entry's terms of one kind."""
    field = entry._meta.get_field(name)
    through = field.remote_field.through
    # Tags and skills name both ends alike; categories and authors have Django's own table between.
    own, other = ("entry", field.m2m_reverse_field_name()) if through._meta.auto_created else ("content_object", "tag")
    kind = Value(name, output_field=CharField())
    return (
        through._default_manager.filter(**{own: entry.pk})
        .order_by()
        .values_list(kind, F(other), F(f"{other}__name"), F(f"{other}__{address}"))
    )
