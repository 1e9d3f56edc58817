"""Folders of the server that may be imported: those in ``IMPORT_ROOTS``."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

MAX_FOLDERS = 500


def allowed_folders() -> dict[str, str]:
    """Labels by path: every root and its direct subfolders, without links that lead out of it."""
    folders: dict[str, str] = {}
    for root in roots():
        folders[str(root)] = root.name
        try:
            inside = sorted(entry for entry in root.iterdir() if not entry.name.startswith("."))
        except OSError:
            continue
        for entry in inside[:MAX_FOLDERS]:
            real = entry.resolve()
            if real.is_dir() and real.is_relative_to(root):
                folders[str(real)] = f"{root.name} / {entry.name}"
    return folders


def is_allowed(path: str) -> bool:
    """Whether the folder is in a root now; it may have been replaced by a link since it was chosen."""
    try:
        real = Path(path).resolve(strict=True)
    except (OSError, RuntimeError, ValueError):
        return False
    return real.is_dir() and any(real.is_relative_to(root) for root in roots())


def roots() -> list[Path]:
    named = (Path(root).expanduser() for root in settings.IMPORT_ROOTS if root.strip())
    return [root.resolve() for root in named if root.is_absolute() and root.is_dir()]
