"""TeX delimiters and macros: what the maths script of the old site renders, according to layouts and includes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from portfolio.engines.walk import files_below, read_bytes
from portfolio.markdown.delimiters import delimiters_of
from portfolio.markdown.tex.site_macros import site_macros

MAX_LAYOUT = 1024 * 1024  # bytes
FOLDERS = (("layouts_dir", "_layouts"), ("includes_dir", "_includes"))


def folders(config: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the folders of layouts and includes, relative to the source."""
    return tuple(str(config.get(setting) or default).strip("/") for setting, default in FOLDERS)


def tex_delimiters(root: Path, config: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the formula delimiters of the site at ``root``; none if no layout loads MathJax or KaTeX."""
    return delimiters_of(_texts(root, folders(config)))


def tex_macros(root: Path, config: Mapping[str, Any]) -> str:
    """Return the macros that the layouts of the site at ``root`` give their maths script, as TeX definitions."""
    return site_macros(_texts(root, folders(config)))


def _texts(root: Path, names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        for path in files_below(root / name, root):
            try:
                yield read_bytes(path, MAX_LAYOUT).decode("utf-8", "replace")
            except (OSError, ValueError):
                continue
