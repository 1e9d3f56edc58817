"""Term cache: the rows of tags, categories, people and skills that documents name, looked up once in a run."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.db.models import Max
from taggit.models import TagBase

from portfolio.documents.slugs import name_key
from portfolio.importer.undo.field_values import field_values
from portfolio.models.tags import resolve_tag

TermKey = tuple[type[Any], str]  # of a model and a name


@dataclass(slots=True)
class TermCache:
    """The row of each name, whatever its letter case; nobody else makes such rows while an import runs.

    ``made`` has the rows that the run made, ``before`` the fields of others as they were before the run changed them,
    ``last`` the highest key of each model before the run, ``changing`` every row that ``will_change`` was told of.
    """

    rows: dict[TermKey, Any] = field(default_factory=dict)
    last: dict[type[Any], int] = field(default_factory=dict)
    made: list[Any] = field(default_factory=list)
    before: dict[tuple[str, int], dict[str, Any]] = field(default_factory=dict)
    spellings: dict[TermKey, Counter[str]] = field(default_factory=dict)
    changing: list[Any] = field(default_factory=list)

    def get(self, model: type[Any], name: str, find: Callable[[str], Any] | None = None) -> Any:
        """The first row of that name, made when there is none, or what ``find`` returns."""
        key = (model, name_key(name))
        if model not in self.last:
            self.last[model] = model._default_manager.aggregate(last=Max("pk"))["last"] or 0
        if key not in self.rows:
            row = self.rows[key] = (find or finder(model))(name)
            if row.pk > self.last[model]:
                self.made.append(row)
        if issubclass(model, TagBase):
            spelling = unicodedata.normalize("NFC", " ".join(name.split()))
            self.spellings.setdefault(key, Counter())[spelling] += 1
        return self.rows[key]

    def prefer_spellings(self) -> None:
        """Name each new tag as most documents write it; of two ways that are as frequent, the one with capitals."""
        for key, counts in self.spellings.items():
            row = self.rows.get(key)
            best = max(counts, key=lambda name: (counts[name], sum(map(str.isupper, name))))
            if len(counts) > 1 and row in self.made and row.name != best and name_key(row.name) == name_key(best):
                row.name = best
                row.save(update_fields=["name"])

    def will_change(self, row: Any) -> None:
        """Record the fields of ``row``, which ``get`` returned, before the caller changes it."""
        self.changing.append(row)
        key = (row._meta.label, row.pk)
        if row.pk <= self.last.get(type(row), 0) and key not in self.before:
            self.before[key] = field_values(row)

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Around a savepoint of the database: after its rollback no row counts that was made or changed within."""
        rows, made, changing = len(self.rows), len(self.made), len(self.changing)
        try:
            yield
        except BaseException:
            rolled_back = [self.rows.popitem()[1] for _ in range(len(self.rows) - rows)]
            del self.made[made:]
            for row in self.changing[changing:]:
                if row not in rolled_back:
                    row.refresh_from_db()
            del self.changing[changing:]
            raise


def finder(model: type[Any]) -> Callable[[str], Any]:
    """The function that finds or makes a row by its name: by its ``name_key`` where the model has one."""
    if issubclass(model, TagBase):
        return partial(resolve_tag, model)
    manager = model._default_manager
    if hasattr(manager, "resolve"):
        return manager.resolve

    def find(name: str) -> Any:
        key = name_key(name)
        rows = manager.order_by("pk").values_list("pk", "name")
        same = next((pk for pk, other in rows.iterator() if name_key(other) == key), None)
        return manager.create(name=name) if same is None else manager.get(pk=same)

    return find
