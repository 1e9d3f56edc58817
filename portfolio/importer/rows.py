"""Many rows at once, for what Django's own ``bulk_create`` refuses or is slow with: models with a table of their own
and a parent's, and rows that hold long texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from django.db import connections, router
from django.db.models import Max, Model
from django.db.models.sql import InsertQuery
from django.db.models.sql.compiler import SQLInsertCompiler


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
    """Insert the ``model`` part of each object; the primary keys are set, and parents' parts are the caller's.

    Each value is given by itself. For PostgreSQL Django would give each column as one array, whose elements psycopg
    quotes in Python, one character at a time: of pages as JSON that is a fifth of an import.
    """
    connection = connections[router.db_for_write(model)]
    fields = model._meta.local_concrete_fields
    for some in portions(objects, max(1, connection.ops.bulk_batch_size(fields, objects))):
        query = InsertQuery(model)
        query.insert_values(fields, some)
        compiler = query.get_compiler(connection=connection)
        compiler.assemble_as_sql = partial(SQLInsertCompiler.assemble_as_sql, compiler)
        compiler.execute_sql()
        for instance in some:
            instance._state.db = connection.alias


def portions(items: Sequence[Any], size: int) -> Iterator[Sequence[Any]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
