"""Front matter defaults: values in ``_config.yml`` for documents by path and type."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from portfolio.engines.jekyll.globs import begins_with

_OLD_TYPES = {"page": "pages", "post": "posts", "draft": "drafts"}


def deep_merge(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Merge mappings recursively; ``above`` wins, except for empty values."""
    merged = dict(below)
    for key, value in above.items():
        existing = merged.get(key)
        if isinstance(existing, Mapping) and isinstance(value, Mapping):
            merged[key] = deep_merge(existing, value)
        elif value is not None or key not in merged:
            merged[key] = value
    return merged


def defaults_for(path: str, kind: str, config: Mapping[str, Any]) -> dict[str, Any]:
    """Return the defaults for a document; ``kind`` is ``posts``, ``pages`` or the name of a collection.

    A longer path takes precedence, then a scope with a type, then the later scope.
    """
    merged: dict[str, Any] = {}
    strongest: Mapping[str, Any] | None = None
    for scope, values in _sets(config):
        if not _applies(scope, path, kind, str(config.get("collections_dir") or "")):
            continue
        if strongest is None or _outweighs(scope, strongest):
            merged, strongest = deep_merge(merged, values), scope
        else:
            merged = deep_merge(values, merged)
    return merged


def _sets(config: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    sets = config.get("defaults")
    for entry in sets if isinstance(sets, list) else []:
        if isinstance(entry, Mapping) and isinstance(entry.get("values"), Mapping):
            scope = entry.get("scope")
            yield scope if isinstance(scope, Mapping) else {}, entry["values"]


def _outweighs(new: Mapping[str, Any], old: Mapping[str, Any]) -> bool:
    lengths = len(_path(new)), len(_path(old))
    if lengths[0] != lengths[1]:
        return lengths[0] > lengths[1]
    return "type" in new or "type" not in old


def _path(scope: Mapping[str, Any]) -> str:
    return str(scope.get("path") or "").removeprefix("/")


def _applies(scope: Mapping[str, Any], path: str, kind: str, collections_dir: str) -> bool:
    if "type" in scope and _OLD_TYPES.get(str(scope["type"]), str(scope["type"])) != kind:
        return False
    scope_path = scope.get("path")
    if not isinstance(scope_path, str) or not scope_path:
        return True
    if collections_dir:
        scope_path = scope_path.removeprefix(collections_dir + "/")
    if "*" not in scope_path:
        return path.startswith(scope_path)
    return begins_with(scope_path.strip("/"), path.split("/"))
