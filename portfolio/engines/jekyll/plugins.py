"""Jekyll plugins that create pages from files without front matter, and that resolve links between files.

GitHub Pages runs a list of them for every site (https://github.com/github/pages-gem), whatever its configuration says.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from portfolio.engines.file_links import linked_by_path
from portfolio.engines.jekyll.config import markdown_extensions
from portfolio.engines.source import SourceFile
from portfolio.engines.walk import read_bytes, refusal

OPTIONAL_FRONT_MATTER = "jekyll-optional-front-matter"
README_INDEX = "jekyll-readme-index"
RELATIVE_LINKS = "jekyll-relative-links"
PAGES_GEM = "github-pages"
PAGES_PLUGINS = frozenset({OPTIONAL_FRONT_MATTER, README_INDEX, RELATIVE_LINKS})

MAX_GEMFILE = 256 * 1024  # bytes
_GEM = re.compile(r"^[ \t]*gem[ \t(]+[\"']([\w.-]+)[\"'](.*)$", re.MULTILINE)
_GROUP = re.compile(r"^[ \t]*group[ \t(]+:jekyll_plugins\b.*?^[ \t]*end\b", re.MULTILINE | re.DOTALL)
# Files about the project itself, which jekyll-optional-front-matter ignores.
_ABOUT_PROJECT = frozenset({
    "readme", "license", "licence", "copying", "code_of_conduct", "contributing", "issue_template",
    "pull_request_template",
})  # fmt: skip
_THEMES = re.compile(r"jekyll-theme-[a-z-]+|minima|jekyll-swiss")


def gems(root: Path) -> frozenset[str]:
    """Return the gems in the site's Gemfile."""
    return frozenset(match[1] for match in _GEM.finditer(_gemfile(root)))


def active_plugins(root: Path, config: Mapping[str, Any]) -> frozenset[str]:
    """Return the active plugins: from the configuration, the Gemfile's plugin group, or GitHub's own list.

    A site without a Gemfile, but with one of GitHub's themes or a remote theme, counts as built by GitHub Pages.
    """
    configured = config.get("plugins") or config.get("gems") or []
    active = {str(name) for name in configured} if isinstance(configured, list) else set()
    text = _gemfile(root)
    grouped = "".join(match[0] for match in _GROUP.finditer(text))
    active |= {match[1] for match in _GEM.finditer(grouped)}
    active |= {match[1] for match in _GEM.finditer(text) if ":jekyll_plugins" in match[2]}
    on_github = config.get("remote_theme") or _THEMES.fullmatch(str(config.get("theme") or ""))
    if PAGES_GEM in gems(root) | active or (not text and on_github):
        active |= PAGES_PLUGINS
    return frozenset(active)


def _gemfile(root: Path) -> str:
    path = root / "Gemfile"
    if not path.is_file() or refusal(path, root):
        return ""
    try:
        text = read_bytes(path, MAX_GEMFILE).decode("utf-8", "replace")
    except (OSError, ValueError):
        return ""
    return re.sub(r"^[ \t]*#.*$", "", text, flags=re.MULTILINE)


def pages_without_front_matter(
    paths: Sequence[str], files: Iterable[SourceFile], config: Mapping[str, Any], plugins: frozenset[str]
) -> dict[str, str]:
    """Return the Markdown files without front matter, from ``paths``, that become pages nevertheless.

    Maps the path to the address as the index of a folder, "" for the usual address. ``files`` are the pages with front
    matter.
    """
    pages: dict[str, str] = {}
    if _runs(OPTIONAL_FRONT_MATTER, plugins, config) and not config.get("require_front_matter"):
        included = {str(name).strip("/") for name in config["include"]}
        pages = {
            path: ""
            for path in paths
            if _stem(path) not in _ABOUT_PROJECT or {path, posixpath.basename(path)} & included
        }
    if _runs(README_INDEX, plugins, config):
        indexed = {
            posixpath.dirname(path) for path in [*pages, *(file.path for file in files)] if _stem(path) == "index"
        }
        for path in paths:
            folder = posixpath.dirname(path)
            if _stem(path) == "readme" and folder not in indexed:
                pages[path] = f"/{folder}/" if folder else "/"
    return pages


def with_links(files: Sequence[SourceFile], config: Mapping[str, Any], plugins: frozenset[str]) -> list[SourceFile]:
    """Return the files with link addresses, if jekyll-relative-links is active: for pages, or all if configured."""
    if not _runs(RELATIVE_LINKS, plugins, config):
        return list(files)
    everything = _section(RELATIVE_LINKS, config).get("collections") is True
    endings = markdown_extensions(config)
    linked = [
        file
        for file in files
        if (everything or file.kind == "page") and posixpath.splitext(file.path)[1].lower() in endings
    ]
    named = {file.path: file for file in linked_by_path(linked)}
    return [named.get(file.path, file) for file in files]


def with_readme_permalinks(
    files: Sequence[SourceFile], config: Mapping[str, Any], plugins: frozenset[str]
) -> list[SourceFile]:
    """Return the files; READMEs with front matter become the index of their folders if configured."""
    if not _runs(README_INDEX, plugins, config) or _section(README_INDEX, config).get("with_frontmatter") is not True:
        return list(files)
    indexed = {posixpath.dirname(file.path) for file in files if _stem(file.path) == "index" or file.address}
    return [
        replace(file, address=f"/{folder}/" if folder else "/")
        if file.kind == "page"
        and _stem(file.path) == "readme"
        and (folder := posixpath.dirname(file.path)) not in indexed
        else file
        for file in files
    ]


def _stem(path: str) -> str:
    return posixpath.splitext(posixpath.basename(path))[0].lower()


def _runs(plugin: str, plugins: frozenset[str], config: Mapping[str, Any]) -> bool:
    return plugin in plugins and _section(plugin, config).get("enabled") is not False


def _section(plugin: str, config: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the settings of a plugin; those of jekyll-readme-index are under ``readme_index``."""
    values = config.get(plugin.removeprefix("jekyll-").replace("-", "_"))
    return values if isinstance(values, Mapping) else {}
