"""What the report says of old addresses, once everything is written."""

from __future__ import annotations

from dataclasses import replace

from portfolio.importer.answers import unanswered
from portfolio.importer.document import Problem, Severity
from portfolio.importer.links import normalise
from portfolio.importer.report import DocumentReport

WRITTEN = ("created", "updated", "merged")


def tell_shared_addresses(rows: list[DocumentReport]) -> None:
    """Tell of each old address that several documents had, of which the last one wrote the old site's file."""
    last = {normalise(old): row.path for row in rows if row.page_url for old in row.old_urls}
    written = {row.path for row in rows if row.outcome in WRITTEN}
    for place, row in enumerate(rows):
        others = {old: last.get(normalise(old), row.path) for old in row.old_urls}
        found = tuple(
            Problem(Severity.WARNING, "address-taken", f"{other} has the address {old} too, which leads there")
            for old, other in others.items()
            if other != row.path and {other, row.path} & written
        )
        if found:
            rows[place] = replace(row, problems=(*row.problems, *found))


def prove_addresses(rows: list[DocumentReport]) -> None:
    """Tell of each address of a document written in this run at which nothing answers now."""
    written = {row.path for row in rows if row.outcome in WRITTEN}
    dead = unanswered(old for row in rows if row.path in written for old in row.old_urls)
    for place, row in enumerate(rows):
        gone = [old for old in row.old_urls if old in dead and row.path in written]
        found = tuple(
            Problem(Severity.ERROR, "dead-address", f"nothing answers at the old address {old}") for old in gone
        )
        if found:
            rows[place] = replace(row, problems=(*row.problems, *found))
