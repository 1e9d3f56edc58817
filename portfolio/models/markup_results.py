"""Stored markup: the HTML of code, formulas and Markdown, so that no request renders it again."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import islice

from django.db import DatabaseError, connection, models, transaction

from portfolio.markdown.markup_worker import RenderedMarkup

logger = logging.getLogger(__name__)

MAX_KEYS = 500  # in one query
BUSY_TIMEOUT = 100  # milliseconds that a reader waits until a result can be stored on SQLite


class MarkupResult(models.Model):
    """The ``html`` of a `MarkupSource` by its key; ``stopped`` says that rendering exceeded its limits.

    Every row can be rendered again (``manage.py make_markup``).
    """

    key = models.CharField(max_length=64, primary_key=True)
    html = models.TextField(blank=True)
    stopped = models.BooleanField(default=False)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.key


class MarkupTable:
    """The `ResultStore` of blocks: the table of `MarkupResult`."""

    def read(self, keys: Collection[str]) -> Iterator[tuple[str, RenderedMarkup]]:
        for batch in batches(keys):
            rows = MarkupResult.objects.filter(pk__in=batch).values_list("key", "html", "stopped")
            yield from ((key, RenderedMarkup(html, stopped)) for key, html, stopped in rows)

    def stored_keys(self, keys: Collection[str]) -> set[str]:
        rows = (MarkupResult.objects.filter(pk__in=batch).values_list("key", flat=True) for batch in batches(keys))
        return {key for found in rows for key in found}

    def write(self, results: Mapping[str, RenderedMarkup]) -> None:
        rows = [MarkupResult(key=key, html=result.html, stopped=result.stopped) for key, result in results.items()]
        MarkupResult.objects.bulk_create(rows, ignore_conflicts=True, batch_size=MAX_KEYS)

    def write_if_free(self, made: Mapping[str, RenderedMarkup]) -> None:
        on_sqlite = connection.vendor == "sqlite" and not connection.in_atomic_block
        try:
            if on_sqlite:
                set_busy_timeout(BUSY_TIMEOUT)
            with transaction.atomic():
                self.write(made)
        except DatabaseError:
            logger.info("Results of conversions could not be stored; they are made again in another process")
        finally:
            if on_sqlite:
                set_busy_timeout(int(connection.settings_dict["OPTIONS"].get("timeout", 5) * 1000))


def delete_results(keys: Iterable[str]) -> None:
    for batch in batches(keys):
        MarkupResult.objects.filter(pk__in=batch).delete()


def batches(keys: Iterable[str]) -> Iterator[list[str]]:
    left = iter(keys)
    while batch := list(islice(left, MAX_KEYS)):
        yield batch


def set_busy_timeout(milliseconds: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA busy_timeout = {milliseconds:d}")
