"""Open a source: a folder, a file or an archive, for any engine."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from portfolio.documents.document import Severity
from portfolio.engines.archive import is_archive, unpack
from portfolio.engines.folder import MARKDOWN_EXTENSIONS
from portfolio.engines.registry import AUTO, PLAIN, UnsupportedEngine, detect, engine_named, source_kinds, unsupported
from portfolio.engines.source import SourceError, SourceTree
from portfolio.engines.walk import entries

MAX_REASONS = 3  # problems in the error for a source without documents


def open_source(path: Path, kind: str = AUTO, config: Path | None = None) -> SourceTree:
    """Open ``path``: a directory, a Markdown or text file, or a .zip, .tar, .tar.gz or .tgz.

    ``kind`` is one of `source_kinds`; ``config`` replaces the configuration file of the site. Raises `SourceError`.
    """
    if kind not in source_kinds():
        raise SourceError(f"{kind!r} is not a kind of source; choose one of {', '.join(source_kinds())}")
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
    if kind not in (AUTO, PLAIN.name):
        raise SourceError(f"{path}: a {kind} site is a directory or an archive of one, not a single file")
    if root.suffix.lower() not in MARKDOWN_EXTENSIONS | {".txt"}:
        raise SourceError(f"{path}: is no Markdown, no text and no archive that can be read")
    return PLAIN.open_file(root)


def _closing_on_failure(opening: Callable[[], SourceTree], remove: Callable[[], None]) -> SourceTree:
    try:
        return replace(opening(), on_close=remove)
    except BaseException:
        remove()
        raise


def _open_folder(root: Path, name: str, kind: str, config: Path | None) -> SourceTree:
    try:
        names = entries(root)
    except OSError as error:
        raise SourceError(f"{root}: cannot be read: {error.strerror or error}") from error
    if not names:
        raise SourceError(f"{root}: the directory is empty")
    engine = detect(root) if kind == AUTO else unsupported(kind) or engine_named(kind) or PLAIN
    if isinstance(engine, UnsupportedEngine):
        raise SourceError(f"{root}: this is a {engine.label} site; {engine.label} sites cannot be read yet")
    source = engine.open(root, name, config)
    why = "as --kind says" if kind != AUTO else f"because it {engine.reason(root) or 'looks like one'}"
    what = "a folder of Markdown" if engine is PLAIN else f"a {engine.label} site"
    source = replace(source, read_as=f"{what}, {why}")
    if not source.files and all(problem.severity is not Severity.ERROR for problem in source.problems):
        why = "".join(f"; {problem.message}" for problem in source.problems[:MAX_REASONS])
        raise SourceError(f"{root}: there is no document in it{why}")
    return source


def _archive_name(path: Path) -> str:
    return re.sub(r"\.(?:zip|tgz|tar(?:\.gz)?)$", "", path.name, flags=re.IGNORECASE)
