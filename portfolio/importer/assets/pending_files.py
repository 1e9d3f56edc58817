"""Pending files: a write-ahead log of the files that a running import stores, by which the next one cleans up.

A transaction that never ends takes its rows back and leaves its files in the storage. So each file is logged before it
is stored, where the entry outlives the transaction: with SQLite in the lock file beside the database, with PostgreSQL
in a table that is written over a connection of its own.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import IO, Any, Protocol

from django.db import connection, connections
from django.db.models import FileField, Model
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from portfolio.models.ledger import ImportedAsset, PendingFile


class PendingFileLog(Protocol):
    """The log of one import; ``kind`` is one of "image", "document" and "file"."""

    def add(self, kind: str, name: str) -> None: ...

    def entries(self) -> Iterator[tuple[str, str]]: ...

    def clear(self) -> None: ...


class NullFileLog:
    """No log, for a database that ends with its process, as the import does."""

    def add(self, kind: str, name: str) -> None:
        pass

    def entries(self) -> Iterator[tuple[str, str]]:
        return iter(())

    def clear(self) -> None:
        pass


class LockFileLog:
    """A line for each file. An incomplete line is that of a file that was never stored."""

    def __init__(self, stream: IO[str]) -> None:
        self.stream = stream

    def add(self, kind: str, name: str) -> None:
        self.stream.write(json.dumps([kind, name]) + "\n")
        self.stream.flush()

    def entries(self) -> Iterator[tuple[str, str]]:
        self.stream.seek(0)
        for line in self.stream.readlines():
            if line.endswith("\n"):
                kind, name = json.loads(line)
                yield kind, name

    def clear(self) -> None:
        self.stream.truncate(0)


class DatabaseFileLog:
    """A row of ``PendingFile`` for each file, committed apart from the import's own transaction."""

    def __init__(self) -> None:
        self.connection = connections.create_connection(connection.alias)
        self.table = self.connection.ops.quote_name(PendingFile._meta.db_table)

    def execute(self, statement: str, values: Any = None) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute(statement, values)

    def add(self, kind: str, name: str) -> None:
        self.execute(f"INSERT INTO {self.table} (kind, name) VALUES (%s, %s)", [kind, name])  # noqa: S608 - our own

    def entries(self) -> Iterator[tuple[str, str]]:
        return iter(list(PendingFile.objects.order_by("pk").values_list("kind", "name")))

    def clear(self) -> None:
        self.execute(f"DELETE FROM {self.table}")  # noqa: S608 - our own

    def close(self) -> None:
        self.connection.close()


def file_field(kind: str) -> tuple[type[Model], FileField]:
    """The model whose rows have the stored files of a kind, and its field."""
    models = {"image": get_image_model, "document": get_document_model, "file": lambda: ImportedAsset}
    model = models[kind]()
    return model, model._meta.get_field("file")


def delete_orphans(log: PendingFileLog) -> None:
    """Delete the files of an import that was killed: logged, and of no row."""
    entries = list(log.entries())
    for kind, name in entries:
        model, field = file_field(kind)
        if not model._base_manager.filter(file=name).exists():
            field.storage.delete(name)
    if entries:
        log.clear()
