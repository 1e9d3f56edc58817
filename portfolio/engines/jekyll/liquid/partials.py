"""Partials: find the file of an include inside the source."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path

from portfolio.engines.jekyll.site import JekyllSite
from portfolio.engines.walk import read_bytes, refusal

MAX_INCLUDE = 1024 * 1024  # bytes
_NAME = re.compile(r"[\w/.\-()+~#@]+")
_INVALID = re.compile(r"[./]{2,}")


def find_include(site: JekyllSite, name: str) -> tuple[str, str]:
    """Return the text of a file in the includes folder, and an error message or ""."""
    return _read(site.root, str(site.config.get("includes_dir") or "_includes"), name)


def find_relative(site: JekyllSite, name: str, path: str) -> tuple[str, str]:
    """Return the text of a file relative to the document at ``path``, and an error message or ""."""
    return _read(site.root, posixpath.dirname(path), name)


def _read(root: Path, folder: str, name: str) -> tuple[str, str]:
    if not _NAME.fullmatch(name) or _INVALID.search(name) or name.startswith("/"):
        return "", "the name has characters that are not allowed"
    path = root / folder / name
    if not path.is_file():
        return "", "there is no such file"
    refused = refusal(path, root)
    if refused:
        return "", refused.message
    try:
        return read_bytes(path, MAX_INCLUDE).decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        return "", "is not UTF-8"
    except (OSError, ValueError) as error:
        return "", f"cannot be read: {error}"
