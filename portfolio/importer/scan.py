"""Scan: read every file of the source and find those that are not as they were at the last import."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from portfolio.documents.document import Problem
from portfolio.documents.limits import MAX_FILE
from portfolio.engines import SourceFile, SourceTree
from portfolio.engines.walk import read_bytes
from portfolio.importer.assets.images import file_digest
from portfolio.importer.assets.passthrough import shared_files
from portfolio.importer.conversion.overrides import kind_of
from portfolio.importer.ledger import Ledger
from portfolio.importer.merge.renames import RenameIndex
from portfolio.models.ledger import ImportedDocument

# Part of every fingerprint: raise it when conversion changes, so that the next import converts everything again.
CONVERSION = 2


@dataclass(frozen=True, slots=True)
class SourceScan:
    """The files of a source, compared with the ledger.

    ``files`` has them by path, in the order in which pages are made. ``fingerprints`` cover, by path, a file's bytes
    and all that its conversion depends on. ``shared`` are the files that the conversion of others reads. ``skipped``
    files are those that the owner's map excludes.
    """

    source: SourceTree
    files: Mapping[str, SourceFile]
    fingerprints: Mapping[str, str]
    to_convert: tuple[SourceFile, ...]
    unchanged: frozenset[str]
    skipped: frozenset[str]
    shared: Mapping[str, bytes]
    renames: RenameIndex
    problems: tuple[Problem, ...]

    @property
    def changed(self) -> list[str]:
        """Paths of the documents that may be written."""
        return [path for path in self.fingerprints if path not in self.unchanged]


def file_digests(files: Iterable[SourceFile]) -> dict[str, str]:
    """The SHA-256 of each file that can be read, by path."""
    return {file.path: hashlib.sha256(data).hexdigest() for file in files if (data := read_file(file)) is not None}


def read_file(file: SourceFile) -> bytes | None:
    """The file's bytes; None for one that cannot be read, of which its conversion reports why."""
    if file.refused is not None:
        return None
    try:
        return read_bytes(file.absolute, MAX_FILE)
    except (OSError, ValueError):
        return None


def scan_source(
    source: SourceTree, digests: Mapping[str, str], ledger: Ledger, kinds: Mapping[str, str], *, overwrite: bool
) -> SourceScan:
    """Compare the source's files with the ledger. ``overwrite`` has unchanged ones converted again."""
    shared, problems = shared_files(source)
    context = context_fingerprint(source.config, shared) + " ".join(sorted(ledger.hosts))
    fingerprints: dict[str, str] = {}
    to_convert, unchanged, skipped = [], set(), set()
    for file in source.files:
        if kind_of(file.path, kinds) == "skip":
            skipped.add(file.path)
            continue
        if file.path in digests:
            value = fingerprints[file.path] = fingerprint(
                digests[file.path], context + file.kind + "draft" * file.private
            )
            if not overwrite and is_unchanged(ledger.documents.get(file.path), value, source.root):
                unchanged.add(file.path)
                continue
        to_convert.append(file)
    return SourceScan(
        source=source,
        files={file.path: file for file in source.files},
        fingerprints=fingerprints,
        to_convert=tuple(to_convert),
        unchanged=frozenset(unchanged),
        skipped=frozenset(skipped),
        shared=shared,
        renames=RenameIndex.build(ledger, {file.path: digests.get(file.path, "") for file in source.files}),
        problems=problems,
    )


def is_unchanged(row: ImportedDocument | None, value: str, root: Path) -> bool:
    """True when the document and every local file it uses are as they were at the last import."""
    return (
        row is not None
        and row.fingerprint == value
        and all(file_digest(root, path) == digest for path, digest in row.assets.items())
    )


def fingerprint(sha256: str, context: str) -> str:
    """Of a source file's bytes, by their SHA-256, and of all else that its conversion depends on."""
    return hashlib.sha256(b"%d\0%s\0%s" % (CONVERSION, context.encode(), bytes.fromhex(sha256))).hexdigest()


def context_fingerprint(config: Mapping[str, Any], shared: Mapping[str, bytes]) -> str:
    """Of the site's configuration and of the files that documents share, includes and data, by path."""
    text = json.dumps(with_text_keys(config), sort_keys=True, default=str)
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass"))
    for path in sorted(shared):
        digest.update(b"\0" + path.encode() + b"\0" + hashlib.sha256(shared[path]).digest())
    return digest.hexdigest()


def with_text_keys(value: Any) -> Any:
    """``value`` with every key of a mapping as text: YAML has numbers and dates there too, which do not sort."""
    if isinstance(value, Mapping):
        return {str(key): with_text_keys(item) for key, item in value.items()}
    return [with_text_keys(item) for item in value] if isinstance(value, list) else value
