"""Release: the version, and an identifier of the running code that is the same on every server with the same code."""

from __future__ import annotations

import sys
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings

FOLDERS = ("templates", "portfolio", "blog", "experience")
SUFFIXES = frozenset({".py", ".html", ".mo", ".css", ".js", ".svg", ".png", ".ico"})


@cache
def version() -> str:
    """The version in pyproject.toml, the only place that has it."""
    import tomllib  # few processes ask

    with (settings.BASE_DIR / "pyproject.toml").open("rb") as file:
        return tomllib.load(file)["project"]["version"]


def release() -> str:
    """The setting ``RELEASE``, or the hash of the code."""
    return settings.RELEASE or code_digest()


@cache
def code_digest() -> str:
    """A hash of the project's files and of the versions of the installed packages.

    It uses the contents of files and not their times, which differ between servers.
    """
    return digest(settings.BASE_DIR, installed_packages())


def digest(root: Path, packages: list[str]) -> str:
    result = sha256("\n".join(packages).encode())
    for file in sorted(file for name in FOLDERS for file in (root / name).rglob("*") if file.suffix in SUFFIXES):
        result.update(f"\n{file.relative_to(root).as_posix()}\n".encode())
        result.update(file.read_bytes())
    return result.hexdigest()


def installed_packages() -> list[str]:
    """Name and version of every installed package, as the folders of their metadata are called."""
    return sorted({found.stem for folder in sys.path for found in Path(folder).glob("*.dist-info")})
