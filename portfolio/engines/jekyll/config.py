"""Configuration of a Jekyll site: ``_config.yml`` with Jekyll's defaults."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from portfolio.engines.config_file import read_config_file
from portfolio.engines.source import SourceError

MAX_RULES = 1000  # entries of one list, since each is matched with every file
MAX_LABEL = 80  # characters of the name of a collection
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
    """Return the configuration with Jekyll's defaults; ``collections`` is always a mapping with ``posts``.

    Raises `SourceError` if the file is invalid, since all addresses depend on it.
    """
    config: dict[str, Any] = {**DEFAULTS, **(read_config_file(path) if path else {})}
    for key in ("include", "exclude"):
        if not isinstance(config[key], list):
            raise SourceError(f"{path}: '{key}' must be a list")
    for key in ("include", "exclude", "defaults"):
        if isinstance(config[key], list) and len(config[key]) > MAX_RULES:
            raise SourceError(f"{path}: '{key}' has more than {MAX_RULES} entries")
    config["exclude"] = [*map(str, config["exclude"]), *ALWAYS_EXCLUDED]
    config["include"] = [*map(str, config["include"])]
    config["collections"] = _collections(config)
    if any(len(label) > MAX_LABEL for label in config["collections"]):
        raise SourceError(f"{path}: the name of a collection has more than {MAX_LABEL} characters")
    config["collections_dir"] = str(config["collections_dir"] or "").strip("/")
    return config


def _collections(config: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    configured = config.get("collections") or {}
    if isinstance(configured, list):
        configured = {str(label): {} for label in configured}
    if not isinstance(configured, dict):
        configured = {}
    collections = {str(label): dict(about) if isinstance(about, dict) else {} for label, about in configured.items()}
    posts = {**collections.get("posts", {}), "output": True}
    style = str(config["permalink"])
    posts.setdefault("permalink", _STYLES.get(style, style))
    return {**collections, "posts": posts}


def markdown_extensions(config: Mapping[str, Any]) -> frozenset[str]:
    configured = config["markdown_ext"]
    names = configured if isinstance(configured, str) else str(DEFAULTS["markdown_ext"])
    return frozenset("." + name.strip().lower() for name in names.split(",") if name.strip())
