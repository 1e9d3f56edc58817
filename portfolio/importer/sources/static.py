"""Files that an engine copies as they are."""

from __future__ import annotations

from pathlib import Path

from portfolio.importer.frontmatter import has_front_matter
from portfolio.importer.sources.walk import first_line


def static_file(root: Path, path: str) -> Path | None:
    """The file that the old site served at ``path`` as it lay in the tree; None when there was none.

    Nothing outside ``root``, nothing of the engine's own folders, and no file with front matter: that was a page.
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
