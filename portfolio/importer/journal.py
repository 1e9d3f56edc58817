"""The files that a running import has put into the storage, so that the next one can remove those of a killed one.

A transaction that never ends takes its rows back and leaves its files. So each file is announced before it is stored,
where that outlives the transaction: beside an SQLite database in the file that is locked, in PostgreSQL in a table that
is written over a connection of its own.
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


class Journal(Protocol):
    """``kind`` is one of "image", "document" and "file"."""

    def announce(self, kind: str, name: str) -> None: ...

    def announced(self) -> Iterator[tuple[str, str]]: ...

    def clear(self) -> None: ...


class NoJournal:
    """For a database that ends with its process, as the import does."""

    def announce(self, kind: str, name: str) -> None:
        pass

    def announced(self) -> Iterator[tuple[str, str]]:
        return iter(())

    def clear(self) -> None:
        pass


class FileJournal:
    """A line for each file. One that was not written whole announced a file that was never stored."""

    def __init__(self, stream: IO[str]) -> None:
        self.stream = stream

    def announce(self, kind: str, name: str) -> None:
        self.stream.write(json.dumps([kind, name]) + "\n")
        self.stream.flush()

    def announced(self) -> Iterator[tuple[str, str]]:
        self.stream.seek(0)
        for line in self.stream.readlines():
            if line.endswith("\n"):
                kind, name = json.loads(line)
                yield kind, name

    def clear(self) -> None:
        self.stream.truncate(0)


class TableJournal:
    """A row for each file, stored whatever becomes of the import's own transaction."""

    def __init__(self) -> None:
        self.connection = connections.create_connection(connection.alias)
        self.table = self.connection.ops.quote_name(PendingFile._meta.db_table)

    def execute(self, statement: str, values: Any = None) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute(statement, values)

    def announce(self, kind: str, name: str) -> None:
        self.execute(f"INSERT INTO {self.table} (kind, name) VALUES (%s, %s)", [kind, name])  # noqa: S608 - our own

    def announced(self) -> Iterator[tuple[str, str]]:
        return iter(list(PendingFile.objects.order_by("pk").values_list("kind", "name")))

    def clear(self) -> None:
        self.execute(f"DELETE FROM {self.table}")  # noqa: S608 - our own

    def close(self) -> None:
        self.connection.close()


def owner_of(kind: str) -> tuple[type[Model], FileField]:
    """The model whose rows have the stored files of a kind, and its field."""
    models = {"image": get_image_model, "document": get_document_model, "file": lambda: ImportedAsset}
    model = models[kind]()
    return model, model._meta.get_field("file")


def sweep(journal: Journal) -> None:
    """Remove the files of an import that was killed: announced, and of no row."""
    found = False
    for kind, name in journal.announced():
        found = True
        model, field = owner_of(kind)
        if not model._base_manager.filter(file=name).exists():
            field.storage.delete(name)
    if found:
        journal.clear()
