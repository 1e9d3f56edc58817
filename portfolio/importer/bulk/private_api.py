"""Private members of Wagtail, treebeard, modelcluster and Django that bulk inserts use, each with the reason.

What they are used for has no public way that does not ask the database for each page. The tests in
``tests/importer/bulk/test_private_api.py`` fail when a release has changed one of them; ``test_bulk_pages.py``
compares what all of them make with pages that Wagtail published one by one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache, partial
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Field, Model
from django.db.models.sql import InsertQuery
from django.db.models.sql.compiler import SQLInsertCompiler
from modelcluster.models import get_all_child_m2m_relations, get_all_child_relations
from wagtail.models import Page, ReferenceIndex

# What belongs to pages of one type, worked out once for all of them. Public, and slow.
child_relations = cache(get_all_child_relations)
child_m2m_relations = cache(get_all_child_m2m_relations)


def set_missing_relations(page: Page) -> None:
    """Let modelcluster take the relations of a new page that were not set for empty ones.

    A page with a key is asked for in the database otherwise, where a new page has nothing.
    """
    related = page.__dict__.setdefault("_cluster_related_objects", {})
    for relation in child_relations(type(page)):
        for child in related.setdefault(relation.get_accessor_name(), []):
            setattr(child, relation.field.attname, page.pk)
    for relation in child_m2m_relations(type(page)):
        related.setdefault(relation.name, [])


def related_objects(page: Page, name: str) -> list[Any]:
    """The objects of a relation, in memory. The public manager copies the list, with a query for many-to-many ones."""
    return page._cluster_related_objects[name]


def skip_slug_check(page: Page) -> None:
    """Let ``page.clean`` not ask for pages with the same address: the place was given out as a free one."""
    page._check_slug_is_unique = lambda: None


def set_parent(page: Page, parent: Page) -> None:
    """Let ``page.get_parent`` and ``page.url`` answer from memory: the parent may not be stored yet."""
    page._cached_parent_obj = parent
    page._wagtail_cached_site_root_paths = parent._get_site_root_paths()


def child_path(parent: Page, step: int) -> str:
    """The path of the ``step``-th child; treebeard gives paths out to pages that it stores only."""
    return Page._get_path(parent.path, parent.depth + 1, step)


def last_step(parent: Page) -> int:
    """The step of the last child of a stored page, 0 without one."""
    child = parent.get_last_child()
    return child._get_lastpos_in_path() if child else 0


def extract_references(page: Page) -> Iterable[tuple[int, str, str, str]]:
    """What a page refers to. The public ``create_or_update_for_object`` asks for the references stored of each page."""
    return ReferenceIndex._extract_references_from_object(page)


def content_path_hash(content_path: str) -> str:
    """The column by which rows of the reference index are unique."""
    return ReferenceIndex._get_content_path_hash(content_path)


def insert_values(
    model: type[Model], fields: Sequence[Field], objects: Sequence[Model], connection: BaseDatabaseWrapper
) -> None:
    """Insert rows with each value by itself, into the model's own table only.

    ``bulk_create`` refuses models with a parent's table. And for PostgreSQL it passes each column as one array, whose
    elements psycopg quotes in Python, one character at a time: of pages as JSON that is a fifth of an import.
    """
    query = InsertQuery(model)
    query.insert_values(fields, objects)
    compiler = query.get_compiler(connection=connection)
    compiler.assemble_as_sql = partial(SQLInsertCompiler.assemble_as_sql, compiler)
    compiler.execute_sql()
