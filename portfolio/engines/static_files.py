"""Static files: files that an engine copies unchanged."""

from __future__ import annotations

from pathlib import Path

from portfolio.documents.front_matter import has_front_matter
from portfolio.engines.walk import first_line


def static_file(root: Path, path: str) -> Path | None:
    """Return the source file that the old site served unchanged at ``path``; None if there is none.

    Excludes files outside ``root``, in the engine's own folders, and with front matter, which are pages.
    """
    parts = path.strip("/").split("/")
    if any(part.startswith(("_", ".")) for part in parts):
        return None
    try:
        file = root.joinpath(*parts).resolve(strict=True)
    except (OSError, ValueError, RuntimeError):
        return None
    if not file.is_file() or not file.is_relative_to(root.resolve()):
        return None
    return None if has_front_matter(first_line(file)) else file
