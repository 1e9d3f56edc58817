"""Former domains: other hosts of the old site, recognised by links to them that lead to documents and files of it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from pathlib import PurePosixPath

from portfolio.documents.document import Problem, Severity
from portfolio.documents.limits import DEFAULT_LIMITS
from portfolio.documents.links import OldSite, normalise, plain_path
from portfolio.engines.source import SourceTree
from portfolio.importer.conversion.document_addresses import document_addresses
from portfolio.importer.conversion.worker import WorkStopped, in_one_worker
from portfolio.importer.scan import read_file

# A list of links to somebody else's site has hardly an address in common with this one, besides /about/ and the like.
FEWEST_ADDRESSES = 3
LEAST_SHARE = 0.5  # of all addresses that are linked at the host

_LINK = re.compile(rb"https?://((?:[\w-]+\.)+[A-Za-z]{2,24})(?::\d+)?(/[^\s\"'<>()\[\]{}|\\^`?#*]{1,300})")
_DATED = re.compile(r"\d{4}-\d{1,2}-\d{1,2}-")
# An address that two sites hardly have by chance: several folders, a number, or a name of several words.
_TELLING = re.compile(r"/[^/]+/[^/]|\d|[a-z][-_][a-z]", re.IGNORECASE)


def former_domains(source: SourceTree, known: AbstractSet[str]) -> Mapping[str, Problem]:
    """Return such hosts that are not ``known`` yet, each with what the report says of it."""
    linked = {host: paths for host, paths in linked_addresses(source).items() if host not in known}
    names = {_name(file.path) for file in source.files} | {_name(path) for path in source.copied}
    candidates = {
        host: paths for host, paths in linked.items() if sum(_name(path) in names for path in paths) >= FEWEST_ADDRESSES
    }
    if not candidates:
        return {}
    try:  # front matter is a stranger's
        limits = replace(DEFAULT_LIMITS, cpu_seconds=DEFAULT_LIMITS.cpu_seconds + len(source.files) // 100)
        addresses = in_one_worker(document_addresses, source.files, source.site_context(), limits=limits)
    except WorkStopped:
        return {}
    old_site = OldSite(baseurl=str(source.config.get("baseurl") or ""))
    return dict(_recognised(candidates, addresses | {f"/{path}" for path in source.copied}, old_site))


def linked_addresses(source: SourceTree) -> dict[str, set[str]]:
    """Return the paths that the documents link to, by host."""
    linked: dict[str, set[str]] = defaultdict(set)
    for file in source.files:
        for host, path in _LINK.findall(read_file(file) or b""):
            text = path.decode("utf-8", "replace").rstrip(".,;:!_")
            linked[host.decode().lower().removeprefix("www.")].add(normalise(plain_path(text)))
    return linked


def _recognised(
    candidates: Mapping[str, AbstractSet[str]], addresses: AbstractSet[str], old_site: OldSite
) -> Iterator[tuple[str, Problem]]:
    for host, paths in sorted(candidates.items()):
        here = {path for path in paths if _is_here(old_site.without_base(path), addresses)}
        telling = sum(_TELLING.search(path) is not None for path in here)
        if telling >= FEWEST_ADDRESSES and len(here) >= LEAST_SHARE * len(paths):
            message = (
                f"{host} counts as a former domain of this site, as {len(here)} of the {len(paths)} addresses that "
                "texts link to there are of documents and files here: links to it lead to the pages here"
            )
            yield host, Problem(Severity.INFO, "former-domain", message)


def _is_here(path: str, addresses: AbstractSet[str]) -> bool:
    return path in addresses or f"{path}.html" in addresses or path.removesuffix(".html") in addresses


def _name(path: str) -> str:
    """Return the last part of a path without date and extension, which hardly any permalink changes."""
    plain = PurePosixPath(path.lower())
    return _DATED.sub("", plain.stem if plain.stem != "index" else plain.parent.name)
