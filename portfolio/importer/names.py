"""Things that documents name (tags, categories, people, skills), looked up once in a run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Max


@dataclass(slots=True)
class Names:
    """Remembers what each name stands for, whatever its letter case, for as long as nobody else makes such things.

    ``made`` lists the rows that there were not before.
    """

    found: dict[tuple[type[Any], str], Any] = field(default_factory=dict)
    last: dict[type[Any], int] = field(default_factory=dict)
    made: list[Any] = field(default_factory=list)

    def get(self, model: type[Any], name: str, find: Callable[[str], Any] | None = None) -> Any:
        """What ``name`` stands for: the first row of that name, made when there is none, or what ``find`` gives."""
        key = (model, name.casefold())
        if model not in self.last:
            self.last[model] = model._default_manager.aggregate(last=Max("pk"))["last"] or 0
        if key not in self.found:
            row = self.found[key] = (find or finder(model))(name)
            if row.pk > self.last[model]:
                self.made.append(row)
        return self.found[key]


def finder(model: type[Any]) -> Callable[[str], Any]:
    def find(name: str) -> Any:
        rows = model._default_manager.order_by("pk")
        return rows.filter(name__iexact=name).first() or model._default_manager.create(name=name)

    return find
