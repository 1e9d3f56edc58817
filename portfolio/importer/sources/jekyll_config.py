"""A Jekyll site's configuration: what ``_config.yml`` says on top of Jekyll's defaults."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from portfolio.importer.bounded_yaml import YamlError, load_yaml
from portfolio.importer.sources.model import SourceError
from portfolio.importer.sources.walk import read_bytes

MAX_CONFIG = 1024 * 1024  # bytes
MOST_RULES = 1000  # of one list; each is tried with every file
LONGEST_LABEL = 80  # characters
CONFIG_NAMES = ("_config.yml", "_config.yaml", "_config.toml")
ALWAYS_EXCLUDED = (
    ".sass-cache", ".jekyll-cache", "gemfiles", "Gemfile", "Gemfile.lock", "node_modules",
    "vendor/bundle/", "vendor/cache/", "vendor/gems/", "vendor/ruby/",
)  # fmt: skip
DEFAULTS: Mapping[str, Any] = {
    "collections_dir": "", "data_dir": "_data", "includes_dir": "_includes", "layouts_dir": "_layouts",
    "include": [".htaccess"], "exclude": [], "markdown_ext": "markdown,mkdown,mkdn,mkd,md",
    "future": False, "unpublished": False, "excerpt_separator": "\n\n", "permalink": "date",
    "timezone": None, "baseurl": None, "defaults": [], "plugins": [],
}  # fmt: skip
_STYLES = {
    "none": "/:categories/:title:output_ext",
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "weekdate": "/:categories/:year/W:week/:short_day/:title:output_ext",
}


def find_config(root: Path) -> Path | None:
    return next((root / name for name in CONFIG_NAMES if (root / name).is_file()), None)


def read_config(path: Path | None) -> dict[str, Any]:
    """The configuration with Jekyll's defaults, collections always a mapping that has ``posts``.

    Raises `SourceError` when the file cannot be understood: without it no address can be known.
    """
    said = _read(path) if path else {}
    config: dict[str, Any] = {**DEFAULTS, **{str(key): value for key, value in said.items() if value is not None}}
    for key in ("include", "exclude"):
        if not isinstance(config[key], list):
            raise SourceError(f"{path}: '{key}' must be a list")
    for key in ("include", "exclude", "defaults"):
        if isinstance(config[key], list) and len(config[key]) > MOST_RULES:
            raise SourceError(f"{path}: '{key}' has more than {MOST_RULES} entries")
    config["exclude"] = [*map(str, config["exclude"]), *ALWAYS_EXCLUDED]
    config["include"] = [*map(str, config["include"])]
    config["collections"] = _collections(config)
    if any(len(label) > LONGEST_LABEL for label in config["collections"]):
        raise SourceError(f"{path}: the name of a collection has more than {LONGEST_LABEL} characters")
    config["collections_dir"] = str(config["collections_dir"] or "").strip("/")
    return config


def _read(path: Path) -> dict[str, Any]:
    try:
        text = read_bytes(path, MAX_CONFIG).decode("utf-8-sig")
        said = tomllib.loads(text) if path.suffix == ".toml" else load_yaml(text, max_bytes=MAX_CONFIG)
    except YamlError as error:
        raise SourceError(f"{path}:{error.line or 1}: {error.message}") from error
    except UnicodeDecodeError as error:
        raise SourceError(f"{path}: is not UTF-8") from error
    except OSError as error:
        raise SourceError(f"{path}: cannot be read: {error.strerror or error}") from error
    except (ValueError, RecursionError) as error:
        raise SourceError(f"{path}: {error}") from error
    if said is not None and not isinstance(said, dict):
        raise SourceError(f"{path}:1: is not a list of keys and values")
    return said or {}


def _collections(config: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    said = config.get("collections") or {}
    if isinstance(said, list):
        said = {str(label): {} for label in said}
    if not isinstance(said, dict):
        said = {}
    collections = {str(label): dict(about) if isinstance(about, dict) else {} for label, about in said.items()}
    posts = {**collections.get("posts", {}), "output": True}
    style = str(config["permalink"])
    posts.setdefault("permalink", _STYLES.get(style, style))
    return {**collections, "posts": posts}


def markdown_extensions(config: Mapping[str, Any]) -> frozenset[str]:
    said = config["markdown_ext"]
    named = said if isinstance(said, str) else str(DEFAULTS["markdown_ext"])
    return frozenset("." + name.strip().lower() for name in named.split(",") if name.strip())
