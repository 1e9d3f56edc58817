"""The server's folders that may be imported from: those below the roots that the owner of the server named."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

MOST = 500


def allowed_folders() -> dict[str, str]:
    """By path, what each is called: every root, and the folders that lie directly in one. Links out are left out."""
    found: dict[str, str] = {}
    for root in roots():
        found[str(root)] = root.name
        try:
            inside = sorted(entry for entry in root.iterdir() if not entry.name.startswith("."))
        except OSError:
            continue
        for entry in inside[:MOST]:
            real = entry.resolve()
            if real.is_dir() and real.is_relative_to(root):
                found[str(real)] = f"{root.name} / {entry.name}"
    return found


def is_allowed(path: str) -> bool:
    """Whether the folder lies in a root, as it is now: it may have become a link since it was chosen."""
    try:
        real = Path(path).resolve(strict=True)
    except (OSError, RuntimeError, ValueError):
        return False
    return real.is_dir() and any(real.is_relative_to(root) for root in roots())


def roots() -> list[Path]:
    named = (Path(root).expanduser() for root in settings.IMPORT_ROOTS if root.strip())
    return [root.resolve() for root in named if root.is_absolute() and root.is_dir()]
