"""``site.data``: the YAML, JSON, CSV and TSV files of the data folder, and the settings of this project in them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any

from portfolio.documents.yaml_reader import YamlError, load_yaml
from portfolio.engines.jekyll.cv_collection import cv_collection
from portfolio.engines.resume_data import resume_sections, work_entries
from portfolio.engines.walk import entries, read_bytes, refusal

MAX_DATA_FILE = 4 * 1024 * 1024  # bytes
MAX_DEPTH = 8
DATA_FILES = (".yml", ".yaml", ".json", ".csv", ".tsv")
RESUME_JSON = "assets/json/resume.json"  # of al-folio


@lru_cache(maxsize=2)
def load_data(root: Path, folder: str) -> dict[str, Any]:
    """Return all data files below the folder by name, without unreadable ones; cached for the process."""
    return read_data(root, folder)


def read_data(root: Path, folder: str) -> dict[str, Any]:
    """The same, read now: the files may have changed."""
    return _read_folder(root / folder, root, 0)


def _read_folder(directory: Path, root: Path, depth: int) -> dict[str, Any]:
    data: dict[str, Any] = {}
    if depth > MAX_DEPTH or not directory.is_dir() or refusal(directory, root):
        return data
    for name in entries(directory):
        path = directory / name
        if name.startswith(".") or refusal(path, root):
            continue
        if path.is_dir():
            data[_key(name)] = _read_folder(path, root, depth + 1)
        elif path.suffix.lower() in DATA_FILES:
            try:
                data[_key(path.stem)] = _read_file(path)
            except (OSError, ValueError, csv.Error):
                continue
    return data


def _key(name: str) -> str:
    return re.sub(r"\s+", "_", re.sub(r"[^\w\s-]+", "", name).strip())


def _read_file(path: Path) -> Any:
    """Parse a data file; JSON is parsed as YAML, as in Jekyll. Raises ``ValueError``."""
    text = read_bytes(path, MAX_DATA_FILE).decode("utf-8-sig")
    if path.suffix.lower() in (".csv", ".tsv"):
        separator = "\t" if path.suffix.lower() == ".tsv" else ","
        return [dict(row) for row in csv.DictReader(io.StringIO(text), delimiter=separator)]
    return load_yaml(text, max_bytes=MAX_DATA_FILE)


def site_data(root: Path, config: Mapping[str, Any]) -> Mapping[str, Any]:
    """What an export wrote; of other sites the sections of the CV, from the first file that has some.

    Sections that no file has are taken from the documents of a collection ``cv``.
    """
    data = read_data(root, str(config.get("data_dir") or "_data"))
    own = data.get("portfolio")
    result = dict(own) if isinstance(own, Mapping) else {}
    if "resume" not in result:
        found = next((sections for _, value in cv_files(root, data) if (sections := resume_sections(value))), {})
        found = {**resume_sections(cv_collection(root, config)[1]), **found}
        result |= {"resume": found} if found else {}
    return result


def positions(root: Path, config: Mapping[str, Any]) -> tuple[str, list[dict[str, Any]]]:
    """The positions in the first file with a CV that has some, or in a collection ``cv``, and the path of either."""
    folder = str(config.get("data_dir") or "_data")
    files = chain(cv_files(root, read_data(root, folder), folder), [cv_collection(root, config)])
    found = ((path, work_entries(value)) for path, value in files)
    return next(((path, rows) for path, rows in found if rows), ("", []))


def cv_files(root: Path, data: Mapping[str, Any], folder: str = "_data") -> Iterator[tuple[str, Any]]:
    """The files that may hold a CV, by path."""
    for name in ("cv", "resume"):
        if name in data:
            ends = (end for end in DATA_FILES if (root / folder / f"{name}{end}").is_file())
            yield f"{folder}/{name}{next(ends, '')}", data[name]
    yield RESUME_JSON, resume_json(root)


def resume_json(root: Path) -> Any:
    file = root / RESUME_JSON
    if not file.is_file() or refusal(file, root):
        return None
    try:
        return load_yaml(read_bytes(file, MAX_DATA_FILE).decode("utf-8-sig"), max_bytes=MAX_DATA_FILE)
    except (OSError, ValueError):
        return None


__all__ = ["YamlError", "load_data", "positions", "read_data", "site_data"]
