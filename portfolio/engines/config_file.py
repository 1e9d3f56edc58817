"""Configuration file of a site: parse YAML or TOML under limits."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from portfolio.documents.yaml_reader import YamlError, load_yaml
from portfolio.engines.source import SourceError
from portfolio.engines.walk import read_bytes

MAX_CONFIG = 1024 * 1024  # bytes


def read_config_file(path: Path) -> dict[str, Any]:
    """Return the keys and values of the file without empty ones. Raises `SourceError`."""
    try:
        text = read_bytes(path, MAX_CONFIG).decode("utf-8-sig")
        values = tomllib.loads(text) if path.suffix == ".toml" else load_yaml(text, max_bytes=MAX_CONFIG)
    except YamlError as error:
        raise SourceError(f"{path}:{error.line or 1}: {error.message}") from error
    except UnicodeDecodeError as error:
        raise SourceError(f"{path}: is not UTF-8") from error
    except OSError as error:
        raise SourceError(f"{path}: cannot be read: {error.strerror or error}") from error
    except (ValueError, RecursionError) as error:
        raise SourceError(f"{path}: {error}") from error
    if values is not None and not isinstance(values, dict):
        raise SourceError(f"{path}:1: is not a list of keys and values")
    return {str(key): value for key, value in (values or {}).items() if value is not None}
