"""Links to pages of this site in formatted text: the pages of a whole body are looked up at once."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from wagtail.models import Page

from portfolio.blocks.references import FORESEEN, Known

LINK = re.compile(r'<a\b[^>]*\blinktype=\\?"page\\?"[^>]*>')
KEY = re.compile(r'\bid=\\?"(\d+)')

known_pages: ContextVar[Mapping[int, Page] | None] = ContextVar("pages_linked_to", default=None)


def linked_ids(body: Any) -> set[int]:
    """The keys of the pages that a body's formatted text links to."""
    if not body:
        return set()
    text = json.dumps(body.get_prep_value())
    return {int(key[1]) for link in LINK.finditer(text) if (key := KEY.search(link[0]))}


@contextmanager
def knowing(body: Any, pages: Mapping[int, Page] | None = None, foreseen: Known | None = None) -> Iterator[None]:
    """Within, links find their pages among ``pages``; without these they are asked for, in one query for the body.

    What was ``foreseen`` of the body is known within, too.
    """
    if pages is None:
        keys = linked_ids(body)
        pages = Page.objects.in_bulk(keys) if keys else {}
    token, other = known_pages.set(pages), FORESEEN.set(foreseen)
    try:
        yield
    finally:
        known_pages.reset(token)
        FORESEEN.reset(other)
