"""Published posts: terms, dates and number, from which an engine generates archives and feeds."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from portfolio.documents.document import Document


@dataclass(slots=True)
class PublishedPosts:
    """Add each document of a site; documents that are not published posts are ignored."""

    tags: dict[str, None] = field(default_factory=dict)
    categories: dict[str, None] = field(default_factory=dict)
    dates: set[datetime] = field(default_factory=set)
    count: int = 0

    def add(self, document: Document) -> None:
        if document.kind != "post" or not document.url:
            return
        self.count += 1
        self.tags.update(dict.fromkeys(document.tags))
        self.categories.update(dict.fromkeys(document.categories))
        if document.date is not None:
            self.dates.add(document.date)
