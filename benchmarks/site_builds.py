"""Copies of a site's source that Jekyll builds: all of it, what the public saw, and with empty documents besides."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import yaml

from benchmarks.site_output import file_at, main_words, words
from portfolio.documents.front_matter import FrontMatterError, split_front_matter

NOT_BUILT = shutil.ignore_patterns(".git", "_site", "node_modules", "vendor")
TEXTS = {".md", ".markdown", ".mkd", ".mkdn", ".mkdown", ".html", ".htm"}
THEME = re.compile(r"^(?:remote_)?theme\s*:\s*[\"']?([^\s\"'#]+).*$", re.MULTILINE)
EVERY_PAGE = 3  # documents, unless they are posts: what their layout shows without any of them is on every page
DATED = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})-")
SYMBOL = re.compile(r"^([^#\n]*?:[ \t]+)(:\w[^\n\"]*)$", re.MULTILINE)
DAY = "1999-01-02"
TITLE = "Emptyprobe"

LayoutUse = tuple[str, str]  # kind of document and layout


@dataclass(frozen=True, slots=True)
class EmptyDocument:
    """A document without text that the copy has for the documents of one kind with one layout."""

    use: LayoutUse
    address: str


def build_site(
    source: Path, expected: Path, build: Path, layout_words: Path, themes: Path | None, jekyll: Callable[..., None]
) -> None:
    """Build three copies: with all documents, with the public ones, and with empty documents besides.

    ``expected`` gets what Jekyll makes of each document, ``build`` all that it makes for the public, ``layout_words``
    the words that layouts show around any document, by the address of each.
    """
    copy, listed, empty_build = (build.with_name(name) for name in ("copy", "listed.jsonl", "empty-build"))
    for made in (build, empty_build):
        shutil.rmtree(made, ignore_errors=True)
    copy_site(source, copy, themes)
    jekyll(copy, expected, empty_build)
    shutil.rmtree(empty_build)
    remove_unpublished(copy, datetime.now(UTC))
    jekyll(copy, listed, build)
    about, documents = read_listed(listed)
    base = "/" + str(about.get("baseurl") or "").strip("/")
    empty = list(add_empty_documents(copy, layout_uses(documents)))
    jekyll(copy, listed, empty_build)
    found = words_of_layouts(empty_build, base, empty)
    by_address = {
        base.rstrip("/") + document["url"]: found[use]
        for document in documents
        if (use := (document["kind"], document["layout"])) in found
    }
    layout_words.write_text(json.dumps(by_address), encoding="utf-8")
    shutil.rmtree(copy)


def copy_site(source: Path, target: Path, themes: Path | None) -> None:
    """Copy the source, with the files of its theme where ``themes`` has a folder of its name."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target, ignore=NOT_BUILT, symlinks=True)
    config = target / "_config.yml"
    text = config.read_text(encoding="utf-8", errors="replace") if config.is_file() else ""
    for match in THEME.finditer(text):
        folder = themes / match[1].rpartition("/")[2].partition("@")[0] if themes else None
        for file in sorted(folder.rglob("*")) if folder is not None and folder.is_dir() else ():
            copy = target / file.relative_to(folder or file)
            if file.is_file() and not copy.exists():
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(file, copy)
    if text:  # Jekyll ends with an error where the gem is missing
        config.write_text(THEME.sub("", text), encoding="utf-8")
    for file in target.glob("_data/**/*.yml"):  # and where a value looks like one of Ruby's symbols
        text = file.read_text(encoding="utf-8", errors="replace")
        if (quoted := SYMBOL.sub(r'\1"\2"', text)) != text:
            file.write_text(quoted, encoding="utf-8")


def remove_unpublished(folder: Path, now: datetime) -> None:
    """Remove what Jekyll shows nobody: drafts, unpublished documents and future posts."""
    for drafts in list(folder.rglob("_drafts")):
        shutil.rmtree(drafts)
    config = read_yaml(folder / "_config.yml")
    for file in list(folder.rglob("*")):
        if file.suffix.lower() not in TEXTS or not file.is_file():
            continue
        values = front_matter(file)
        is_future = "_posts" in file.parts and not config.get("future") and day_of(file, values) > now.date()
        if values.get("published") is False or is_future:
            file.unlink()


def add_empty_documents(folder: Path, uses: Mapping[LayoutUse, Mapping[str, bool]]) -> Iterator[EmptyDocument]:
    """Write an empty document for each use of a layout; the values are switches of its front matter."""
    for number, (use, switches) in enumerate(sorted(uses.items()), start=1):
        kind, layout = use
        name = f"probe-{number}.md"
        if kind == "post":
            file = folder / "_posts" / f"{DAY}-{name}"
        elif kind.startswith("collection:"):
            base = str(read_yaml(folder / "_config.yml").get("collections_dir") or "")
            file = folder / base / f"_{kind.partition(':')[2]}" / name
        else:
            file = folder / name
        values = {"layout": layout, "title": TITLE, "permalink": f"/probe-{number}/", **switches}
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"---\n{yaml.safe_dump(values)}---\n", encoding="utf-8")
        yield EmptyDocument(use, f"/probe-{number}/")


def layout_uses(documents: Iterable[Mapping[str, Any]]) -> dict[LayoutUse, dict[str, bool]]:
    """The layouts of posts, and those that several other documents of a kind use, with the switches that most have."""
    found: dict[LayoutUse, list[Mapping[str, Any]]] = defaultdict(list)
    for document in documents:
        if isinstance(document["layout"], str):
            found[document["kind"], document["layout"]].append(document["data"])
    uses: dict[LayoutUse, dict[str, bool]] = {}
    for use, users in found.items():
        if use[0] == "post" or len(users) >= EVERY_PAGE:
            switches = Counter(key for values in users for key, value in values.items() if value is True)
            uses[use] = {key: True for key, count in switches.items() if 2 * count >= len(users)}
    return uses


def words_of_layouts(build: Path, base: str, empty: Iterable[EmptyDocument]) -> dict[LayoutUse, dict[str, int]]:
    """The words that the main content of each empty document shows, without those of its title and date."""
    own = Counter(words(f"{TITLE} {date.fromisoformat(DAY):%B %b %d %Y} {DAY}"))
    pages = {document.use: file_at(build, base + document.address) for document in empty}
    texts = {use: file.read_text(encoding="utf-8", errors="replace") for use, file in pages.items() if file}
    return {use: dict(main_words(html) - own) for use, html in texts.items()}


def read_listed(file: Path) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """What the build says of the site, and of each document."""
    site, *documents = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    return site, documents


def read_yaml(file: Path) -> Mapping[str, Any]:
    try:
        values = yaml.safe_load(file.read_text(encoding="utf-8", errors="replace"))
    except (OSError, yaml.YAMLError):
        return {}
    return values if isinstance(values, Mapping) else {}


def front_matter(file: Path) -> Mapping[str, Any]:
    try:
        return split_front_matter(file.read_bytes()).values
    except (ValueError, FrontMatterError):
        return {}


def day_of(file: Path, values: Mapping[str, Any]) -> date:
    value = values.get("date")
    if isinstance(value, datetime):
        return value.astimezone(UTC).date() if value.tzinfo else value.date()
    if isinstance(value, date):
        return value
    match = DATED.match(file.name)
    try:
        return date(*map(int, match.groups())) if match else date.min
    except ValueError:
        return date.min
