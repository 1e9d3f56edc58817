"""Plain engine: folders of Markdown without a generator, single files, and pasted interviews."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Any

from portfolio.documents.document import Problem
from portfolio.documents.front_matter import FrontMatter, split_front_matter
from portfolio.engines import front_matter_values as values_of
from portfolio.engines.config_file import read_config_file
from portfolio.engines.dated_names import DATED_NAME, date_and_slug
from portfolio.engines.expanded_text import ExpandedText, unexpanded
from portfolio.engines.folder import read_folder, read_single
from portfolio.engines.foreign_engines import engine_problem, foreign_engine
from portfolio.engines.markdown_options import markdown_options
from portfolio.engines.plain.folder_index import FolderIndex, folder_index
from portfolio.engines.plain.folder_syntax import read_syntax
from portfolio.engines.plain.front_matter_names import usual_names
from portfolio.engines.plain.header_lines import read_header
from portfolio.engines.protocol import Confidence, Engine, SiteContext
from portfolio.engines.resolved import ResolvedDocument, UnrenderedDocument
from portfolio.engines.source import SourceFile, SourceTree
from portfolio.markdown.options import Options

# Markdown options for a folder, as on GitHub and in most editors.
FOLDER_MARKDOWN: Mapping[str, Any] = {
    "markdown": "CommonMark",
    "commonmark": {
        "extensions": [
            "table", "strikethrough", "footnotes", "tasklist", "autolink", "definitions", "alerts", "attribute_lists",
            "maths",
        ],
    },
}  # fmt: skip


@dataclass(frozen=True)
class FolderSite(SiteContext):
    """A folder with an ``index`` of its files by name, which is None for a single file."""

    index: FolderIndex | None = None


class PlainEngine(Engine[FolderSite]):
    """Engine for documents without an old address. A document with a date is a post; links name files."""

    name = "plain"
    label = "no engine"
    # A site of a foreign engine, which is read as a folder of Markdown, may have Jekyll's folders.
    passthrough = ("Gemfile", "_includes", "_data", "_layouts")

    def detect(self, root: Path) -> Confidence:
        return Confidence.FOLDERS if foreign_engine(root)[0] else Confidence.FALLBACK

    def reason(self, root: Path) -> str:
        mark, name = foreign_engine(root)
        return f"has {mark} of {name}, whose templates and settings are not read" if mark else "is of no generator"

    def open(self, root: Path, name: str, config: Path | None) -> SourceTree:
        folder = read_folder(root)
        return SourceTree(
            root,
            self,
            name,
            config=self.read_config(config) if config else FOLDER_MARKDOWN,
            files=folder.files,
            others=folder.others,
            problems=(*engine_problem(root), *folder.problems),
            is_single=len(folder.files) == 1,
        )

    def open_file(self, path: Path) -> SourceTree:
        """Open a single file as a source."""
        return SourceTree(path.parent, self, path.stem, files=(read_single(path),), is_single=True)

    def site_context(self, source: SourceTree, local: tzinfo, now: datetime) -> FolderSite:
        return FolderSite(self, source.root, source.config, local, now, folder_index(source))

    def read_config(self, path: Path | None) -> Mapping[str, Any]:
        return read_config_file(path) if path else {}

    def split_front_matter(self, data: bytes, site: FolderSite) -> FrontMatter:
        front = split_front_matter(data, toml=True)
        return front if front.syntax or site.index is None else read_header(data) or front

    def resolve(self, file: SourceFile, values: Mapping[str, Any], site: FolderSite) -> ResolvedDocument:
        """Resolve title, date and so on; the date is in the front matter or at the start of the file name."""
        data = usual_names(values)
        kind = file.kind
        if kind == "page" == file.engine_kind and (
            data.get("date") or DATED_NAME.search(posixpath.basename(file.path))
        ):
            kind = "post"
        if "_drafts" in file.path.split("/"):
            data["draft"] = True
        resolved = resolve(file.path, kind, data, site.local, site.now)
        if site.index is not None:
            resolved = replace(resolved, image=site.index.below_root(resolved.image))
        return resolved

    def markdown_options(self, site: FolderSite, resolved: ResolvedDocument | None = None) -> Options:
        return markdown_options(site.config)

    def expand(self, unrendered: UnrenderedDocument, site: FolderSite) -> ExpandedText:
        if site.index is None:
            return unexpanded(unrendered.text)
        return read_syntax(unrendered.text, unrendered.document.path, site.index)


def resolve(path: str, kind: str, data: Mapping[str, Any], local: tzinfo, now: datetime) -> ResolvedDocument:
    """Resolve the document at ``path`` from its file name and its front matter (with usual names)."""
    problems: list[Problem] = []
    name_date, slug = date_and_slug(path, kind)
    date = values_of.moment(data.get("date"), local, "date", problems)
    if date is None:
        date = values_of.moment(name_date, local, "file name", problems)
    updated = values_of.updated(data, local, problems)
    if kind == "post":
        categories = values_of.all_terms(data.get("categories"), singular=data.get("category"))
    else:
        categories = values_of.terms(data, "category", "categories")
    is_future = kind == "post" and date is not None and date > now
    return ResolvedDocument(
        kind=kind,
        data=data,
        title=values_of.scalar_text(data.get("title")) if data.get("title") else "",
        slug=values_of.scalar_text(data.get("slug")) or slug,
        public=data.get("published") is not False and data.get("draft") is not True and not is_future,
        date=date,
        updated=updated,
        categories=categories,
        tags=values_of.terms(data, "tag", "tags"),
        authors=values_of.authors(data),
        image=values_of.image(data),
        description=values_of.description(data),
        left_out=values_of.left_out(data),
        problems=tuple(problems),
    )
