"""Front matter defaults: the values ``_config.yml`` gives to documents by path and type."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from portfolio.importer.sources.globs import begins_with

_OLD_TYPES = {"page": "pages", "post": "posts", "draft": "drafts"}


def deep_merge(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """``above`` wins, mapping by mapping; an empty value in ``above`` leaves what is there."""
    merged = dict(below)
    for key, value in above.items():
        there = merged.get(key)
        if isinstance(there, Mapping) and isinstance(value, Mapping):
            merged[key] = deep_merge(there, value)
        elif value is not None or key not in merged:
            merged[key] = value
    return merged


def defaults_for(path: str, kind: str, config: Mapping[str, Any]) -> dict[str, Any]:
    """The defaults that apply to a document; ``kind`` is ``posts``, ``pages`` or a collection's name.

    A longer path outweighs a shorter one, then a scope with a type one without, then the later the earlier.
    """
    found: dict[str, Any] = {}
    strongest: Mapping[str, Any] | None = None
    for scope, values in _sets(config):
        if not _applies(scope, path, kind, str(config.get("collections_dir") or "")):
            continue
        if strongest is None or _outweighs(scope, strongest):
            found, strongest = deep_merge(found, values), scope
        else:
            found = deep_merge(values, found)
    return found


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
    wanted = scope.get("path")
    if not isinstance(wanted, str) or not wanted:
        return True
    if collections_dir:
        wanted = wanted.removeprefix(collections_dir + "/")
    if "*" not in wanted:
        return path.startswith(wanted)
    return begins_with(wanted.strip("/"), path.split("/"))
