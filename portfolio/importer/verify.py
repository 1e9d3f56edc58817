"""Verify: check, when everything is written, that old addresses answer and that all markup was made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from operator import itemgetter
from urllib.parse import urlsplit

from portfolio.documents.document import Problem, Severity
from portfolio.documents.links import normalise
from portfolio.documents.report import DocumentReport
from portfolio.importer.report import WRITTEN, in_order
from portfolio.importer.urls.precedence import precedence
from portfolio.importer.urls.url_check import answers


def verify(rows: Sequence[DocumentReport], *later: Mapping[str, Sequence[Problem]]) -> list[DocumentReport]:
    """Add the problems found when all is stored: ``later`` ones by path, and of shared and dead old addresses."""
    found = {row.path: [problem for problems in later for problem in problems.get(row.path, ())] for row in rows}
    rows = [
        replace(row, problems=in_order((*row.problems, *found[row.path]))) if found[row.path] else row for row in rows
    ]
    written = {row.path for row in rows if row.outcome in WRITTEN}
    shared = shared_addresses(rows, written)
    dead = dead_addresses(rows, written)
    return [replace(row, problems=(*row.problems, *shared.get(row.path, ()), *dead.get(row.path, ()))) for row in rows]


def last_owners(rows: Sequence[DocumentReport]) -> dict[str, str]:
    """By old address, the path of the document that had it: the old engine wrote it last."""
    found = [
        (precedence(row.kind, is_redirect=place > 0), normalise(old), row.path)
        for row in rows
        if row.page_url
        for place, old in enumerate(row.old_urls)
    ]
    return {address: path for _, address, path in sorted(found, key=itemgetter(0))}


def shared_addresses(rows: Sequence[DocumentReport], written: set[str]) -> dict[str, list[Problem]]:
    """By path, each old address that several documents had: the last of them wrote the old site's file."""
    last = last_owners(rows)
    problems: dict[str, list[Problem]] = {}
    for row in rows:
        for old in dict.fromkeys(row.old_urls):
            other = last.get(normalise(old), row.path)
            if other != row.path and {other, row.path} & written:
                message = f"{other} has the address {old} too, which redirects there"
                problems.setdefault(row.path, []).append(Problem(Severity.WARNING, "address-taken", message))
    return problems


def dead_addresses(rows: Sequence[DocumentReport], written: set[str]) -> dict[str, list[Problem]]:
    """By path, each address of a document written in this run at which nothing, or another page, answers now."""
    found = answers(old for row in rows if row.path in written for old in row.old_urls)
    owners = last_owners(rows)
    problems: dict[str, list[Problem]] = {}
    for row in rows:
        own = normalise(urlsplit(row.page_url).path) if row.page_url else ""
        for old in row.old_urls if row.path in written else ():
            answer = found.get(old)
            if answer == "":
                message = f"nothing answers at the old address {old}"
                problems.setdefault(row.path, []).append(Problem(Severity.ERROR, "dead-address", message))
            elif answer is not None and own and normalise(answer) != own and owners[normalise(old)] == row.path:
                message = f"another page, {answer}, answers at the old address {old}; this one is at {row.page_url}"
                problems.setdefault(row.path, []).append(Problem(Severity.ERROR, "wrong-page", message))
    return problems
