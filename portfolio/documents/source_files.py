"""Source files that are no documents, for the report: those that no page uses, and those that are lost."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from portfolio.documents.document import Problem, Severity

MAX_NAMED = 5  # files that a message names
KINDS = {
    "picture": "avif bmp gif heic heif ico jfif jpe jpeg jpg png svg tif tiff webp",
    "PDF": "pdf",
    "film or sound": "aac flac m4a m4v mov mp3 mp4 oga ogg ogv opus wav webm",
    "page, style or script": "css htm html js mjs scss sass xhtml",
    "font": "eot otf ttf woff woff2",
    "data file": "bib csv dat geojson json npy npz parquet toml tsv txt xml yaml yml",
    "notebook": "ipynb",
}
KIND_OF = {extension: kind for kind, extensions in KINDS.items() for extension in extensions.split()}
PLURALS = {"film or sound": "films and sounds", "page, style or script": "pages, styles and scripts"}


@dataclass(frozen=True, slots=True)
class SourceFiles:
    """Paths of files that no page uses, of refused ones with the reason, and of those that an export will lack."""

    unused: tuple[str, ...] = ()
    refused: Mapping[str, str] = field(default_factory=dict)
    not_kept: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        return {"unused": list(self.unused), "refused": dict(self.refused), "not_kept": list(self.not_kept)}


def file_problems(files: SourceFiles, answering: Iterable[str]) -> Iterator[Problem]:
    """Yield a problem for each fate; ``answering`` are unused files that have their old addresses here."""
    if answering := list(answering):
        message = f"no page uses {counted(answering)} of the old site; they answer at their old addresses"
        yield Problem(Severity.INFO, "unused-files", message)
    if files.refused:
        reasons = Counter(files.refused.values())
        for reason in reasons:
            paths = [path for path, why in files.refused.items() if why == reason]
            yield Problem(Severity.WARNING, "refused-files", f"{named(paths)}: not taken: {reason}")
    if files.not_kept:
        message = f"{named(files.not_kept)}: too large to be kept; an export lacks them"
        yield Problem(Severity.WARNING, "files-not-kept", message)


def counted(paths: Iterable[str]) -> str:
    """Return "44 pictures, 40 PDFs and 2 other files"."""
    kinds = Counter(KIND_OF.get(posixpath.splitext(path)[1].lower().removeprefix("."), "other file") for path in paths)
    other = kinds.pop("other file", 0)
    parts = [quantity(number, kind) for kind, number in kinds.most_common()]
    parts += [quantity(other, "other file")] if other else []
    return " and ".join(filter(None, [", ".join(parts[:-1]), parts[-1]]))


def quantity(number: int, kind: str) -> str:
    return f"1 {kind}" if number == 1 else f"{number} {PLURALS.get(kind, kind + 's')}"


def named(paths: Iterable[str]) -> str:
    paths = list(paths)
    rest = len(paths) - MAX_NAMED
    return ", ".join(paths[:MAX_NAMED]) + (f" and {rest} more" if rest > 0 else "")
