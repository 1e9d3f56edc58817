"""Page links in rich text: load the linked pages of a whole body in one query."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from wagtail.models import Page

from portfolio.blocks.body.references import PREFETCHED, ResolvedReferences
from portfolio.blocks.rich_text.stored_rich_text import key_in

LINK = re.compile(r'<a\b[^>]*\blinktype=\\?"page\\?"[^>]*>')
KEY = re.compile(r'\bid=\\?"(\d+)')

prefetched_pages: ContextVar[Mapping[int, Page] | None] = ContextVar("pages_linked_to", default=None)


def linked_ids(body: Any) -> set[int]:
    """Return the keys of the pages that the rich text of a body links to."""
    if not body:
        return set()
    text = json.dumps(body.get_prep_value())
    ids = (KEY.search(link[0]) for link in LINK.finditer(text))
    return {key for match in ids if match and (key := key_in(match[1]))}


@contextmanager
def use_prefetched_pages(
    body: Any, pages: Mapping[int, Page] | None = None, prefetched: ResolvedReferences | None = None
) -> Iterator[None]:
    """Resolve page links inside the block from ``pages``; if None, load the pages of the body in one query.

    ``prefetched`` are the other prefetched references of the body.
    """
    if pages is None:
        keys = linked_ids(body)
        pages = Page.objects.in_bulk(keys) if keys else {}
    token, other = prefetched_pages.set(pages), PREFETCHED.set(prefetched)
    try:
        yield
    finally:
        prefetched_pages.reset(token)
        PREFETCHED.reset(other)
