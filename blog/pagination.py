"""Pagination of lists of entries."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page as Slice
from django.core.paginator import Paginator

from blog.querysets import EntryQuerySet

ENTRIES_PER_PAGE = 20
# What lists show of an entry: making objects of whole rows takes longer than reading them.
LISTED = (
    "content_type",
    "cover",
    "date",
    "excerpt",
    "excerpt_paragraphs",
    "language",
    "path",
    "pinned",
    "summary",
    "title",
    "url_path",
)


def page_of(entries: EntryQuerySet, number: str | None, per_page: int = ENTRIES_PER_PAGE) -> dict[str, Any]:
    """Template context of page ``number`` of the list: ``entries`` and ``page_obj`` (the same Django ``Page``).

    A number that is no number shows the first page, one past the end the last. The ids are sorted and cut first and
    only the rows shown are loaded: sorting whole rows is what makes long lists slow.
    """
    paginator = Paginator(entries.values_list("pk", flat=True), per_page)
    page: Slice = paginator.get_page(number)
    pks = list(page.object_list)
    rows = entries.model.objects.only(*LISTED).in_bulk(pks)
    page.object_list = [rows[pk] for pk in pks if pk in rows]
    return {"entries": page, "page_obj": page}
