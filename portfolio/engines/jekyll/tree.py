"""Jekyll tree: find the files of a Jekyll site that become pages, by Jekyll's rules."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from portfolio.documents.document import Problem, Severity
from portfolio.documents.front_matter import has_front_matter
from portfolio.engines.dated_names import DATED_NAME, UNDATED_NAME
from portfolio.engines.folder import INTERVIEW_FOLDERS
from portfolio.engines.jekyll.config import markdown_extensions
from portfolio.engines.jekyll.entry_filter import EntryFilter
from portfolio.engines.jekyll.plugins import pages_without_front_matter, with_links, with_readme_permalinks
from portfolio.engines.source import SourceFile
from portfolio.engines.walk import entries, first_line, refusal

HTML_EXTENSIONS = frozenset({".html", ".htm", ".xhtml"})
# With front matter these are templates that Jekyll renders; without, it copies them.
TEMPLATE_EXTENSIONS = frozenset({".xml", ".json", ".txt", ".rss", ".atom"})
# Formats besides of files that templates are written for.
FILE_EXTENSIONS = TEMPLATE_EXTENSIONS | set(".bib .css .csv .ics .js .opml .webmanifest .yaml .yml".split())
MAX_DEPTH = 64
UNKNOWN_FORMAT = "has front matter, but not the name of a page; Jekyll writes it unconverted, and this site answers so"
LOOK = frozenset({".css", ".scss", ".sass", ".less", ".coffee", ".ts", ".map"})
NO_FRONT_MATTER = "has no front matter, so that Jekyll makes no page of it; it gets none here"


class JekyllTree:
    """One walk over a source; `read` fills ``files``, ``copied`` and ``problems``."""

    def __init__(self, root: Path, config: Mapping[str, Any], plugins: frozenset[str] = frozenset()) -> None:
        self.root = root
        self.config = config
        self.files: list[SourceFile] = []
        self.copied: list[str] = []
        self.problems: list[Problem] = []
        self._filter = EntryFilter(config)
        self._collections_dir = str(config["collections_dir"])
        self._pages = markdown_extensions(config) | HTML_EXTENSIONS | TEMPLATE_EXTENSIONS
        self._documents = markdown_extensions(config) | HTML_EXTENSIONS
        self._plugins = plugins
        self._without_front_matter: list[str] = []

    @property
    def paths(self) -> set[str]:
        """The files that became something or have a problem of their own."""
        told = (problem.message.partition(":")[0] for problem in self.problems)
        return {*self.copied, *told, *(file.path for file in self.files)}

    def read(self) -> None:
        """Read all files: posts, collections, pages and interviews, each sorted by path, and pages by name."""
        self._read_directory("", ())
        for label in self.config["collections"]:
            if label not in ("posts", "data"):
                self._read_collection(label)
        self._merge_pages_of_collections()
        self._read_interviews()
        self._add_pages_without_front_matter()
        rank = {"post": 0, "page": 2, "interview": 3}
        self.files = [replace(file, engine_kind=file.kind) for file in self.files]
        self.files = with_links(
            with_readme_permalinks(self.files, self.config, self._plugins), self.config, self._plugins
        )
        self.files.sort(key=lambda file: (rank.get(file.kind, 1), _page_name(file), file.path))

    def _read_directory(self, directory: str, above: tuple[Path, ...]) -> None:
        real = (self.root / directory).resolve()
        if real in above or len(above) > MAX_DEPTH:
            self._note(directory, "link-circle", "is a folder that contains itself; not read again")
            return
        in_collections = not self._collections_dir or (directory + "/").startswith(self._collections_dir + "/")
        for name in self._entries(directory):
            path = posixpath.join(directory, name)
            if in_collections and name in ("_posts", "_drafts"):
                self._read_posts(path, draft=name == "_drafts")
                continue
            is_directory = (self.root / path).is_dir()
            if not self._filter.keeps(directory, name, is_directory=is_directory):
                continue
            refused = refusal(self.root / path, self.root)
            if is_directory:
                if refused:
                    self._note(path, refused.code, refused.message)
                else:
                    self._read_directory(path, (*above, real))
            elif posixpath.splitext(name)[1].lower() in self._pages:
                self._add_page(path, refused)
            elif refused is None and not has_front_matter(first_line(self.root / path)):
                self.copied.append(path)
            elif refused is None:
                self._add_template(path)

    def _add_template(self, path: str) -> None:
        """Add a file with front matter that is no page by its name, unless it is for the old look."""
        extension = posixpath.splitext(path)[1].lower()
        if extension in LOOK:
            return
        self.files.append(SourceFile(path, self.root / path, "page", label_path=path))
        if extension not in FILE_EXTENSIONS:
            self._note(path, "unknown-format", UNKNOWN_FORMAT)

    def _add_page(self, path: str, refused: Problem | None) -> None:
        extension = posixpath.splitext(path)[1].lower()
        if extension == ".txt" and _in_interview_folder(path):
            return
        if refused is None and not has_front_matter(first_line(self.root / path)):
            if extension in markdown_extensions(self.config):
                self._without_front_matter.append(path)
            else:
                self.copied.append(path)
            return
        if refused is not None and extension not in self._documents:
            return
        self.files.append(SourceFile(path, self.root / path, "page", label_path=path, refused=refused))

    def _add_pages_without_front_matter(self) -> None:
        """Add Markdown files that plugins turn into pages; report the others, which Jekyll copies unchanged."""
        pages = [file for file in self.files if file.kind == "page"]
        addresses = pages_without_front_matter(self._without_front_matter, pages, self.config, self._plugins)
        for path in self._without_front_matter:
            if path in addresses:
                file = SourceFile(path, self.root / path, "page", label_path=path, address=addresses[path])
                self.files.append(file)
            else:
                self.copied.append(path)
                self._note(path, "no-front-matter", NO_FRONT_MATTER, Severity.INFO)

    def _read_posts(self, directory: str, *, draft: bool) -> None:
        name_rule = UNDATED_NAME if draft else DATED_NAME
        for entry in self._below(directory):
            path = posixpath.join(directory, entry)
            # Ruby globs posts without dot files, and the filter sees the path below the special folder.
            hidden = any(part.startswith(".") for part in entry.split("/"))
            if hidden or not self._filter.keeps(directory, entry, is_directory=False) or not name_rule.search(entry):
                continue
            if posixpath.splitext(entry)[1].lower() not in self._documents:
                continue
            refused = refusal(self.root / path, self.root)
            file = SourceFile(path, self.root / path, "post", draft, self._label_path(path), refused=refused)
            self.files.append(file)

    def _read_collection(self, label: str) -> None:
        directory = posixpath.join(self._collections_dir, "_" + re.sub(r"[^A-Za-z0-9_\-.]", "", label))
        output = bool(self.config["collections"][label].get("output", False))
        for entry in self._below(directory):
            path = posixpath.join(directory, entry)
            extension = posixpath.splitext(entry)[1].lower()
            if extension not in self._documents or not self._filter.keeps(directory, entry, is_directory=False):
                continue
            refused = refusal(self.root / path, self.root)
            if refused is None and not has_front_matter(first_line(self.root / path)):
                if extension in markdown_extensions(self.config):
                    self._note(path, "no-front-matter", NO_FRONT_MATTER, Severity.INFO)
                continue
            kind = f"collection:{label}"
            label_path = self._label_path(path)
            self.files.append(SourceFile(path, self.root / path, kind, False, label_path, output, refused))

    def _merge_pages_of_collections(self) -> None:
        """Keep one of the two that Jekyll makes of a document if ``include`` names the folder of its collection."""
        served = {file.path for file in self.files if file.kind != "page" and file.served}
        pages = {file.path for file in self.files if file.kind == "page"}
        self.files = [
            replace(file, also_page=file.path in pages and file.kind != "page")
            for file in self.files
            if not (file.path in served if file.kind == "page" else file.path in pages - served)
        ]

    def _read_interviews(self) -> None:
        """Add text files in an interviews folder, although Jekyll ignores them."""
        existing = {file.path for file in self.files}
        for directory in INTERVIEW_FOLDERS:
            for entry in self._below(directory):
                path = posixpath.join(directory, entry)
                if entry.lower().endswith(".txt") and path not in existing and not entry.startswith("."):
                    refused = refusal(self.root / path, self.root)
                    served = self._filter.keeps("", directory, is_directory=True)
                    file = SourceFile(path, self.root / path, "interview", False, path, served, refused)
                    self.files.append(file)

    def _below(self, directory: str) -> Iterator[str]:
        """Yield the paths of all files below ``directory``, relative to it; folders outside the source are skipped."""
        stack: list[tuple[str, tuple[Path, ...]]] = [("", ())]
        while stack:
            inner, above = stack.pop()
            here = posixpath.join(directory, inner) if inner else directory
            if not (self.root / here).is_dir():
                continue
            refused = refusal(self.root / here, self.root)
            real = (self.root / here).resolve()
            if refused or real in above or len(above) > MAX_DEPTH:
                code, message = (refused.code, refused.message) if refused else ("link-circle", "contains itself")
                self._note(here, code, message)
                continue
            for name in reversed(self._entries(here)):
                entry = posixpath.join(inner, name)
                if (self.root / directory / entry).is_dir():
                    stack.append((entry, (*above, real)))
                else:
                    yield entry

    def _entries(self, directory: str) -> list[str]:
        try:
            names = entries(self.root / directory)
        except OSError as error:
            self._note(directory, "unreadable-folder", f"cannot be read: {error.strerror or error}")
            return []
        valid = []
        for name in names:
            try:
                name.encode("utf-8")
                valid.append(name)
            except UnicodeEncodeError:
                shown = posixpath.join(directory, name).encode("utf-8", "backslashreplace").decode()
                self._note(shown, "bad-file-name", "has a name that is not UTF-8; not read", Severity.ERROR)
        return valid

    def _label_path(self, path: str) -> str:
        return path.removeprefix(self._collections_dir + "/") if self._collections_dir else path

    def _note(self, path: str, code: str, message: str, severity: Severity = Severity.WARNING) -> None:
        self.problems.append(Problem(severity, code, f"{path or '.'}: {message}"))


def _page_name(file: SourceFile) -> str:
    return posixpath.basename(file.path) if file.kind == "page" else ""


def _in_interview_folder(path: str) -> bool:
    return path.split("/", 1)[0] in INTERVIEW_FOLDERS
