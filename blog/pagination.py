"""Pagination of lists of entries."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page as Slice
from django.core.paginator import Paginator

from blog.querysets import EntryQuerySet

ENTRIES_PER_PAGE = 20


def page_of(entries: EntryQuerySet, number: str | None, per_page: int = ENTRIES_PER_PAGE) -> dict[str, Any]:
    """Template context of page ``number`` of the list: ``entries`` and ``page_obj`` (the same Django ``Page``).

    A number that is no number shows the first page, one past the end the last. The ids are sorted and cut first and
    only the rows shown are loaded: sorting whole rows is what makes long lists slow.
    """
    paginator = Paginator(entries.values_list("pk", flat=True), per_page)
    page: Slice = paginator.get_page(number)
    pks = list(page.object_list)
    rows = entries.model.objects.in_bulk(pks)
    page.object_list = [rows[pk] for pk in pks if pk in rows]
    return {"entries": page, "page_obj": page}
