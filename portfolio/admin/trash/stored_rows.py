"""Database rows as JSON and back, column by column."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.apps import apps
from django.db.models import Field, Model

CHUNK = 500  # rows


@dataclass(frozen=True, slots=True)
class StoredRow:
    """The columns of one row of one table; for a reference, the one column of a row that was not deleted."""

    model: type[Model]
    key: Any
    columns: dict[str, Any]
    is_reference: bool = False


def read_row(instance: Model) -> dict[str, Any]:
    """The row in the instance's own table. Rows in the tables of parents are rows by themselves."""
    model = type(instance)
    return {
        "model": model._meta.label_lower,
        "key": column_to_json(model._meta.pk, instance),
        "columns": {field.attname: column_to_json(field, instance) for field in model._meta.local_concrete_fields},
    }


def read_reference(field: Field, instance: Model) -> dict[str, Any]:
    """A column that becomes empty when what it refers to is deleted."""
    model = field.model
    return {
        "model": model._meta.label_lower,
        "key": column_to_json(model._meta.pk, instance),
        "columns": {field.attname: column_to_json(field, instance)},
        "is_reference": True,
    }


def column_to_json(field: Field, instance: Model) -> Any:
    value = getattr(instance, field.attname)
    if value is None or type(value) in (bool, int, float, str):
        return value
    return field.value_to_string(instance)


def row_from_json(row: dict[str, Any]) -> StoredRow | None:
    """None for the row of a table that this release does not have. Columns that it does not have are left out."""
    try:
        model = apps.get_model(row["model"])
    except LookupError:
        return None
    fields = {field.attname: field for field in model._meta.local_concrete_fields}
    columns = {name: column_from_json(fields[name], value) for name, value in row["columns"].items() if name in fields}
    return StoredRow(model, column_from_json(model._meta.pk, row["key"]), columns, row.get("is_reference", False))


def column_from_json(field: Field, value: Any) -> Any:
    target = field
    while target.remote_field:
        target = target.target_field
    return target.to_python(value)


def pack(rows: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    remaining = iter(rows)
    while chunk := list(islice(remaining, CHUNK)):
        yield zlib.compress(json.dumps(chunk).encode())


def unpack(data: bytes) -> list[dict[str, Any]]:
    return json.loads(zlib.decompress(data))
