"""Clean-up of the results of conversions that no page shows any more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from wagtail.blocks.stream_block import StreamValue
from wagtail.models import Page

from portfolio.blocks.body.prepare_markup import StoppedBlock, has_markup, prepare_body
from portfolio.blocks.markup_cache import collect_keys
from portfolio.models.markup_results import MarkupResult, delete_results


@dataclass(frozen=True, slots=True)
class MarkupCleanup:
    """How many results were made and forgotten, of how many pages, and what was given up of each."""

    pages: int
    made: int
    forgotten: int
    stopped: tuple[tuple[Page, StoppedBlock], ...]


def delete_unused_markup() -> MarkupCleanup:
    """Make what is missing for the pages, published or drafted, and remove the rows that none of them uses."""
    before = set(MarkupResult.objects.values_list("key", flat=True))
    pages, stopped = 0, []
    with collect_keys() as used:
        for page in Page.objects.specific().iterator(chunk_size=100):
            found = list(bodies_of(page))
            stopped += [(page, what) for body in found for what in prepare_body(body)]
            pages += bool(found)
    unused = sorted(before - used)
    delete_results(unused)
    return MarkupCleanup(pages, len(used - before), len(unused), tuple(stopped))


def bodies_of(page: Page) -> Iterator[StreamValue]:
    versions = [page]
    if page.has_unpublished_changes and page.latest_revision_id:
        versions.append(page.get_latest_revision_as_object())
    yield from (body for version in versions if has_markup(body := getattr(version, "body", None)))
