"""Open a source whatever it is: a folder, a file, an archive; Jekyll, Hugo or no engine at all."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from portfolio.importer.dates import zone
from portfolio.importer.document import Problem, Severity
from portfolio.importer.frontmatter import has_front_matter
from portfolio.importer.sources.archive import is_archive, unpack
from portfolio.importer.sources.jekyll import JekyllTree
from portfolio.importer.sources.jekyll_config import find_config, read_config
from portfolio.importer.sources.model import Source, SourceError
from portfolio.importer.sources.plain import MARKDOWN_EXTENSIONS, read_folder, read_single
from portfolio.importer.sources.walk import entries, first_line, refusal
from portfolio.markdown.addresses import split_address

KINDS = ("auto", "jekyll", "hugo", "plain")
_HUGO_CONFIGS = ("hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json")


def open_source(path: Path, kind: str = "auto", config: Path | None = None) -> Source:
    """Open ``path``: a directory, a Markdown or text file, or a .zip, .tar, .tar.gz or .tgz.

    ``kind`` is one of `KINDS`; ``config`` replaces the configuration file of the site. Raises `SourceError`.
    """
    if kind not in KINDS:
        raise SourceError(f"{kind!r} is no kind of source; it is one of {', '.join(KINDS)}")
    if config is not None and not config.is_file():
        raise SourceError(f"{config}: there is no such configuration file")
    try:
        root = path.resolve(strict=True)
    except (OSError, RuntimeError, ValueError) as error:
        raise SourceError(f"{path}: there is no such file or directory") from error
    if root.is_dir():
        return _open_folder(root, root.name, kind, config)
    if not root.is_file():
        raise SourceError(f"{path}: is neither a file nor a directory")
    if is_archive(root):
        folder, remove = unpack(root)
        return _closing_on_failure(lambda: _open_folder(folder, _archive_name(root), kind, config), remove)
    if kind not in ("auto", "plain"):
        raise SourceError(f"{path}: a {kind} site is a directory or an archive of one, not a single file")
    if root.suffix.lower() not in MARKDOWN_EXTENSIONS | {".txt"}:
        raise SourceError(f"{path}: is no Markdown, no text and no archive that can be read")
    return Source(root.parent, "plain", root.stem, files=(read_single(root),), config=read_config(None))


def _closing_on_failure(opening: Callable[[], Source], remove: Callable[[], None]) -> Source:
    try:
        return replace(opening(), on_close=remove)
    except BaseException:
        remove()
        raise


def _open_folder(root: Path, name: str, kind: str, config: Path | None) -> Source:
    try:
        names = entries(root)
    except OSError as error:
        raise SourceError(f"{root}: cannot be read: {error.strerror or error}") from error
    if not names:
        raise SourceError(f"{root}: the directory is empty")
    found = detect(root) if kind == "auto" else kind
    if found == "hugo":
        raise SourceError(f"{root}: this is a Hugo site; Hugo sites cannot be read yet")
    if found == "jekyll":
        source = _open_jekyll(root, name, config)
    else:
        files, problems = read_folder(root)
        source = Source(root, "plain", name, files=files, problems=problems, config=read_config(config))
    if not source.files and not source.problems:
        raise SourceError(f"{root}: there is no document in it")
    return source


def detect(root: Path) -> str:
    """``jekyll``, ``hugo`` or ``plain``, from what lies in the folder."""
    if find_config(root):
        return "jekyll"
    if any((root / name).is_file() for name in _HUGO_CONFIGS) or _is_old_hugo(root):
        return "hugo"
    if any((root / name).is_dir() for name in ("_posts", "_drafts", "_layouts", "_interviews")):
        return "jekyll"
    pages = (path for path in root.iterdir() if path.suffix.lower() in MARKDOWN_EXTENSIONS | {".html"})
    return "jekyll" if any(path.is_file() and has_front_matter(first_line(path)) for path in pages) else "plain"


def _is_old_hugo(root: Path) -> bool:
    configured = any((root / f"config.{ending}").is_file() for ending in ("toml", "yaml", "yml", "json"))
    return (root / "content").is_dir() and (configured or (root / "config" / "_default").is_dir())


def _open_jekyll(root: Path, name: str, config_file: Path | None) -> Source:
    found = find_config(root)
    if config_file is None and found is not None and (problem := refusal(found, root)):
        raise SourceError(f"{found}: {problem.message}")
    config = read_config(config_file or found)
    tree = JekyllTree(root, config)
    tree.read()
    problems = list(tree.problems)
    try:
        zone(config["timezone"])
    except ValueError as error:
        problems.append(Problem(Severity.WARNING, "unknown-timezone", f"_config.yml: {error}; dates are read as UTC"))
    url = _text(config.get("url")).rstrip("/")
    if url and (split_address(url).scheme not in ("http", "https") or not split_address(url).hostname):
        problems.append(
            Problem(Severity.WARNING, "bad-address", f"_config.yml: the url {url[:80]!r} is no web address")
        )
        url = ""
    return Source(
        root,
        "jekyll",
        site_key=_site_key(config, name),
        title=_text(config.get("title")),
        url=url,
        config=config,
        files=tuple(tree.files),
        problems=tuple(problems),
    )


def _site_key(config: dict[str, Any], name: str) -> str:
    address = re.sub(r"^https?://", "", _text(config.get("url")) + _text(config.get("baseurl"))).strip("/")
    return (address or name).lower()[:200]


def _archive_name(path: Path) -> str:
    return re.sub(r"\.(?:zip|tgz|tar(?:\.gz)?)$", "", path.name, flags=re.IGNORECASE)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
