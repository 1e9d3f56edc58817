"""Bulk insert of rows that ``bulk_create`` refuses (of a model with a parent) or is slow with (long texts)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connections, router
from django.db.models import Max, Model

from portfolio.importer.bulk.private_api import insert_values


def reserve_keys(model: type[Model], count: int) -> list[int]:
    """Primary keys that nobody else will get, in order: links between pages are written before the pages are.

    On SQLite the caller holds the write lock, which a transaction takes at its start here.
    """
    connection = connections[router.db_for_write(model)]
    table, column = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            query = "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)"
            cursor.execute(query, [table, column, count])
            return sorted(key for (key,) in cursor.fetchall())
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        row = cursor.fetchone()
        if row is None:
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, 0)", [table])
        highest = model._base_manager.aggregate(highest=Max("pk"))["highest"] or 0
        last = max(highest, row[0] if row else 0)
        cursor.execute("UPDATE sqlite_sequence SET seq = %s WHERE name = %s", [last + count, table])
    return [*range(last + 1, last + count + 1)]


def store(model: type[Model], objects: Sequence[Any]) -> None:
    """Insert new objects of a model without parents, and give them their keys."""
    for instance, key in zip(objects, reserve_keys(model, len(objects)) if objects else (), strict=True):
        instance.pk = key
        instance._state.adding = False
    insert(model, objects)


def insert(model: type[Model], objects: Sequence[Any]) -> None:
    """Insert the ``model`` part of each object; the primary keys are set, and parents' parts are the caller's."""
    connection = connections[router.db_for_write(model)]
    fields = model._meta.local_concrete_fields
    for portion in portions(objects, max(1, connection.ops.bulk_batch_size(fields, objects))):
        insert_values(model, fields, portion, connection)
        for instance in portion:
            instance._state.db = connection.alias


def portions(items: Sequence[Any], size: int) -> Iterator[Sequence[Any]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
