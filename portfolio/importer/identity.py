"""Which of the sites imported before a source is: told by its address or, where that says nothing, by what it holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import count
from urllib.parse import urlsplit

from portfolio.importer.alike import alike
from portfolio.importer.document import Problem, Severity
from portfolio.importer.sources import Source
from portfolio.importer.sources.walk import read_bytes
from portfolio.models.ledger import ImportedDocument, ImportSite

# Hosts that themes and examples write, and that many sites therefore have.
NO_ADDRESS = frozenset({"", "localhost", "127.0.0.1", "0.0.0.0", "example.com", "www.example.com", "example.org"})  # noqa: S104
MOST_COMPARED = 20

Found = tuple[ImportSite, tuple[Problem, ...]]


def which_site(source: Source, digests: Mapping[str, str]) -> Found:
    """The site's row, not stored yet for a new one, and what the owner should know of the choice.

    ``digests`` are the SHA-256 of the source's documents by path. A source with an address of its own is the site of
    that address. One without is the site of the same folder name, unless the two have nothing in common. And a source
    of a new name that has most documents of a site imported before is that site, under a new address or in another
    folder: its pages are not made twice.
    """
    site = ImportSite.objects.filter(key=source.site_key).first()
    if site is not None and (has_address(source) or is_single(source) or in_common(source, site, digests)):
        return site, ()
    earlier = next(sites_with_most(source, digests), None)
    if earlier is not None:
        message = f"taken for the site that was imported before as {earlier.key}: most of its documents are here"
        if has_address(source):
            earlier.key = source.site_key
        return earlier, (Problem(Severity.INFO, "known-site", message),)
    new = ImportSite(key=source.site_key, kind=source.kind, title=source.title[:255])
    if site is None:
        return new, ()
    for number in count(2):
        new.key = f"{source.site_key}-{number}"
        other = ImportSite.objects.filter(key=new.key).first()
        if other is None:
            break
        if in_common(source, other, digests):
            return other, ()
    message = (
        f"{source.site_key} was imported before with other documents, so this is kept apart as {new.key}; a url in "
        "the configuration tells sites apart"
    )
    return new, (Problem(Severity.WARNING, "another-site", message),)


def has_address(source: Source) -> bool:
    return (urlsplit(source.url).hostname or "") not in NO_ADDRESS


def is_single(source: Source) -> bool:
    """A file imported by itself: its name is all there is, and it may have changed from end to end."""
    return source.kind == "plain" and len(source.files) == 1


def in_common(source: Source, site: ImportSite, digests: Mapping[str, str]) -> bool:
    """Whether a document of the site is here: unchanged, or with much of the same text."""
    known = dict(site.documents.values_list("path", "sha256"))
    if not known or any(digests.get(path) == digest for path, digest in known.items()):
        return True
    files = {file.path: file for file in source.files if file.path in known and file.path in digests}
    rows = ImportedDocument.objects.filter(site=site, path__in=sorted(files)[:MOST_COMPARED])
    return any(alike(bytes(row.source), read_bytes(files[row.path].absolute, 2**30)) for row in rows)


def sites_with_most(source: Source, digests: Mapping[str, str]) -> Iterator[ImportSite]:
    """The sites of which at least half the documents are here, at the same path and unchanged."""
    for site in ImportSite.objects.exclude(key=source.site_key).order_by("-pk"):
        known = dict(site.documents.values_list("path", "sha256"))
        same = sum(digests.get(path) == digest for path, digest in known.items())
        if same and same * 2 >= len(known):
            yield site
