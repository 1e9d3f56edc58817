"""Detect Jekyll sites."""

from __future__ import annotations

import re
from pathlib import Path

from portfolio.documents.front_matter import has_front_matter
from portfolio.documents.limits import MAX_FILE
from portfolio.engines.folder import MARKDOWN_EXTENSIONS, read_folder
from portfolio.engines.foreign_engines import foreign_engine, is_hexo
from portfolio.engines.jekyll.config import find_config
from portfolio.engines.jekyll.plugins import PAGES_GEM, gems
from portfolio.engines.protocol import Confidence
from portfolio.engines.walk import first_line, read_bytes

_FOLDERS = ("_posts", "_drafts", "_layouts", "_interviews")
# A front matter key that only layouts use, or Liquid with variables of the site.
_TEMPLATE = re.compile(
    rb"^(?:layout|permalink)[ \t]*:|\{%-?\s*(?:include|for|if|assign)\b|\{\{-?\s*(?:site|page)\.", re.MULTILINE
)


def detect(root: Path) -> Confidence:
    return evidence(root)[0]


def evidence(root: Path) -> tuple[Confidence, str]:
    """Detect by configuration, folders or documents, and say by what.

    Front matter counts only if every document has it: Jekyll ignores the others, and folders of notes often have it in
    some files.
    """
    if is_hexo(root):
        return Confidence.NONE, ""
    if config := find_config(root):
        return Confidence.CONFIGURATION, f"has {config.name}"
    if folder := next((name for name in _FOLDERS if (root / name).is_dir()), None):
        return Confidence.FOLDERS, f"has the folder {folder}"
    if foreign_engine(root)[0]:
        return Confidence.NONE, ""
    if gem := next(iter(gems(root) & {"jekyll", PAGES_GEM}), None):
        return Confidence.CONTENT, f"has the gem {gem} in its Gemfile"
    if template := next(filter(_is_template, sorted(root.iterdir())), None):
        return Confidence.CONTENT, f"has a template, {template.name}"
    if _has_only_front_matter(root):
        return Confidence.CONTENT, "has front matter in every document"
    return Confidence.NONE, ""


def _is_template(path: Path) -> bool:
    """Whether a file is a Jekyll template: HTML with front matter, or Markdown with front matter and Liquid."""
    extension = path.suffix.lower()
    if extension not in MARKDOWN_EXTENSIONS | {".html"} or not path.is_file() or not has_front_matter(first_line(path)):
        return False
    try:
        return extension == ".html" or _TEMPLATE.search(read_bytes(path, MAX_FILE)) is not None
    except (OSError, ValueError):
        return False


def _has_only_front_matter(root: Path) -> bool:
    """Whether the top folder has Markdown files, and all Markdown files have front matter."""
    if not any(path.suffix.lower() in MARKDOWN_EXTENSIONS for path in root.iterdir()):
        return False
    pages = [file for file in read_folder(root).files if file.kind == "page" and not file.refused]
    return bool(pages) and all(has_front_matter(first_line(root / file.path)) for file in pages)
