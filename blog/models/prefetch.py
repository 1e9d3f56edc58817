"""Prefetch of an entry's categories, tags, skills and authors, from one query instead of four."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import Model

from portfolio.models.relation_cache import set_prefetched

if TYPE_CHECKING:
    from blog.models.entry import Entry

# Each relation of an entry and the field that is the address of what it leads to.
RELATIONS = {"categories": "slug", "tags": "slug", "skills": "slug", "authors": "url"}


def load_terms(entry: Entry) -> None:
    """Let ``entry`` know its categories, tags, skills and authors: names and addresses, the rest when asked for.

    They are remembered as Django remembers what was prefetched. What is typed in a preview still comes first.
    """
    related: dict[str, list[Model]] = {name: [] for name in RELATIONS}
    with connection.cursor() as cursor:
        cursor.execute(terms_sql(type(entry)), [entry.pk] * len(RELATIONS))
        rows = cursor.fetchall()
    for kind, pk, name, address in sorted(rows, key=lambda row: (row[0], row[2].casefold())):
        model = entry._meta.get_field(kind).related_model
        related[kind].append(model.from_db(entry._state.db, ("id", "name", RELATIONS[kind]), (pk, name, address)))
    for name, terms in related.items():
        set_prefetched(entry, name, terms)


@cache
def terms_sql(model: type[Entry]) -> str:
    """(relation, key, name, address) of an entry's terms; the parameters are its key, once for each relation.

    Plain SQL: the same union of querysets takes Django longer to build than all else about the terms.
    """
    return " UNION ALL ".join(relation_sql(model, name, address) for name, address in RELATIONS.items())


def relation_sql(model: type[Entry], name: str, address: str) -> str:
    field = model._meta.get_field(name)
    through = field.remote_field.through
    # Tags and skills name both ends alike; categories and authors have Django's own table between.
    own, other = ("entry", field.m2m_reverse_field_name()) if through._meta.auto_created else ("content_object", "tag")
    term = field.related_model._meta
    table, columns = through._meta.db_table, {end: through._meta.get_field(end).column for end in (own, other)}
    return (  # no part of it comes from outside of the models
        f"SELECT '{name}', t.id, t.name, t.{term.get_field(address).column} FROM {table} r "  # noqa: S608
        f"JOIN {term.db_table} t ON t.id = r.{columns[other]} WHERE r.{columns[own]} = %s"
    )
