"""Site identity: which of the sites imported before a source is, by its address or by its documents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from urllib.parse import urlsplit

from portfolio.documents.document import Problem, Severity
from portfolio.engines import SourceTree
from portfolio.engines.walk import read_bytes
from portfolio.importer.merge.similarity import is_similar
from portfolio.models.ledger import ImportedDocument, ImportSite

# Hosts that themes and examples write, and that many sites therefore have.
PLACEHOLDER_HOSTS = frozenset(
    {"", "localhost", "127.0.0.1", "0.0.0.0", "example.com", "www.example.com", "example.org"}  # noqa: S104
)
MOST_COMPARED = 20  # documents whose text is compared


@dataclass(frozen=True, slots=True)
class SiteMatch:
    """The site of a source, whose row is not stored yet for a new one; ``problems`` explain the choice to the owner."""

    site: ImportSite
    problems: tuple[Problem, ...] = ()


def match_site(source: SourceTree, digests: Mapping[str, str]) -> SiteMatch:
    """Find the site that ``source`` is; ``digests`` are the SHA-256 of its documents by path.

    A source with an address of its own is the site of that address. One without is the site of the same folder name,
    unless the two have nothing in common; a single document always, for its name is all there is and its whole text may
    have changed. And a source of a new name that has most documents of a site imported before is that site, under a new
    address or in another folder: its pages are not made twice.
    """
    site = ImportSite.objects.filter(key=source.site_key).first()
    if site is not None and (has_address(source) or source.is_single or shares_documents(source, site, digests)):
        return SiteMatch(site)
    earlier = next(sites_with_most(source, digests), None)
    if earlier is not None:
        message = f"imported into the site {earlier.key}, since most of its documents are here"
        if has_address(source):
            earlier.key = source.site_key
        return SiteMatch(earlier, (Problem(Severity.INFO, "known-site", message),))
    new = ImportSite(key=source.site_key, kind=source.kind, title=source.title[:255])
    if site is None:
        return SiteMatch(new)
    for number in count(2):
        new.key = f"{source.site_key}-{number}"
        other = ImportSite.objects.filter(key=new.key).first()
        if other is None:
            break
        if shares_documents(source, other, digests):
            return SiteMatch(other)
    message = (
        f"{source.site_key} was imported before with other documents, so this is a new site, {new.key}; set a url in "
        "the configuration to tell sites apart"
    )
    return SiteMatch(new, (Problem(Severity.WARNING, "another-site", message),))


def has_address(source: SourceTree) -> bool:
    return (urlsplit(source.url).hostname or "") not in PLACEHOLDER_HOSTS


def shares_documents(source: SourceTree, site: ImportSite, digests: Mapping[str, str]) -> bool:
    """Whether a document of the site is in the source: unchanged, or with much of the same text."""
    stored = dict(site.documents.values_list("path", "sha256"))
    if not stored or any(digests.get(path) == digest for path, digest in stored.items()):
        return True
    files = {file.path: file for file in source.files if file.path in stored and file.path in digests}
    rows = ImportedDocument.objects.filter(site=site, path__in=sorted(files)[:MOST_COMPARED])
    return any(is_similar(bytes(row.source), read_bytes(files[row.path].absolute, 2**30)) for row in rows)


def sites_with_most(source: SourceTree, digests: Mapping[str, str]) -> Iterator[ImportSite]:
    """The sites of which at least half the documents are in the source, at the same path and unchanged."""
    for site in ImportSite.objects.exclude(key=source.site_key).order_by("-pk"):
        stored = dict(site.documents.values_list("path", "sha256"))
        same = sum(digests.get(path) == digest for path, digest in stored.items())
        if same and same * 2 >= len(stored):
            yield site
