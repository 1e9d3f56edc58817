"""Search backend: Wagtail keeps this index in step with pages as it does any other (``WAGTAILSEARCH_BACKENDS``).

Reference: https://django-modelsearch.readthedocs.io/ (``BaseSearchBackend``, ``BaseIndex``). It is written like any
backend and read by `matching_pages` alone: the admin searches with Wagtail's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.conf import settings
from django.db import connections, models, router
from django.db.models.expressions import RawSQL
from modelsearch.backends.base import BaseIndex, BaseSearchBackend
from modelsearch.index import AutocompleteField, RelatedFields, SearchField
from wagtail.models import Page

from portfolio.search import index_table, query
from portfolio.search.terms import terms_of

BATCH = 500


class PageIndex(BaseIndex):
    """The terms of every page, in a table of the database that holds the pages."""

    def add_items(self, model: type[models.Model], items: Iterable[Any]) -> None:
        if not issubclass(model, Page):
            return
        connection = connections[router.db_for_write(Page)]
        rows = ((page.pk, terms_of(texts_of(page), settings.LANGUAGE_CODE)) for page in items)
        with connection.cursor() as cursor:
            while batch := list(islice(rows, BATCH)):
                index_table.write(cursor, batch)

    def delete_item(self, item: Any) -> None:
        if isinstance(item, Page):
            with connections[router.db_for_write(Page)].cursor() as cursor:
                index_table.delete(cursor, [item.pk])

    def reset(self) -> None:
        with connections[router.db_for_write(Page)].cursor() as cursor:
            index_table.clear(cursor)


class PageIndexRebuilder:
    def __init__(self, index: PageIndex) -> None:
        self.index = index

    def start(self) -> PageIndex:
        self.index.reset()
        return self.index

    def finish(self) -> None:
        pass


class SearchBackend(BaseSearchBackend):
    index_class = PageIndex
    rebuilder_class = PageIndexRebuilder


def matching_pages(text: str) -> RawSQL | None:
    """The ids of the pages that a query finds, as a sub-query; None when there is no word in it."""
    parsed = query.parse(text, settings.LANGUAGE_CODE)
    if parsed is None:
        return None
    return RawSQL(*index_table.matching(connections[router.db_for_read(Page)], parsed))  # noqa: S611 - terms are parameters


def texts_of(page: Page) -> Iterator[str]:
    """Every text that the page's model declares to be searched."""
    for field in page.get_search_fields():
        yield from field_texts(page, field)


def field_texts(item: Any, field: Any) -> Iterator[str]:
    match field:
        case SearchField() | AutocompleteField():
            yield from strings(field.get_value(item))
        case RelatedFields():
            related = field.get_value(item)
            if related is None:
                return
            for other in related.all() if hasattr(related, "all") else [related() if callable(related) else related]:
                for inner in field.fields:
                    yield from field_texts(other, inner)


def strings(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for part in value.values():
                yield from strings(part)
        case list() | tuple():
            for part in value:
                yield from strings(part)
        case None:
            return
        case _:
            yield str(value)
