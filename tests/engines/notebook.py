"""A made-up engine, as small as one can be: what a new engine has to say, and nothing outside `engines` knows of it.

A notebook has a file ``notebook.yml`` (``title``, ``url``) and notes ``<day> <name>.note`` with front matter, whose
address is ``/n/<name>``. ``<<key>>`` in a note stands for a value of its front matter.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Any

from portfolio.documents.document import Document
from portfolio.documents.front_matter_edit import new_front_matter
from portfolio.documents.site_profile import SiteProfile
from portfolio.engines import SourceFile, SourceTree
from portfolio.engines import front_matter_values as values_of
from portfolio.engines.config_file import read_config_file
from portfolio.engines.expanded_text import ExpandedText, TextFragment
from portfolio.engines.protocol import Confidence, Engine, SiteContext
from portfolio.engines.published_posts import PublishedPosts
from portfolio.engines.resolved import ResolvedDocument, UnrenderedDocument
from portfolio.markdown.options import Options

NAME = re.compile(r"(?:(\d{4}-\d\d-\d\d) )?(.*)\.note")
VALUE = re.compile(r"<<(\w+)>>")


class NotebookEngine(Engine[SiteContext]):
    name = "notebook"
    label = "Notebook"
    config_names = ("notebook.yml",)
    passthrough = ("shared",)

    def detect(self, root: Path) -> Confidence:
        return Confidence.CONFIGURATION if (root / "notebook.yml").is_file() else Confidence.NONE

    def open(self, root: Path, name: str, config: Path | None) -> SourceTree:
        values = self.read_config(config or root / "notebook.yml")
        notes = [path.relative_to(root).as_posix() for path in sorted(root.rglob("*.note"))]
        files = [SourceFile(path, root / path, "post", engine_kind="post") for path in notes]
        return SourceTree(
            root, self, name, values.get("title", ""), values.get("url", ""), config=values, files=tuple(files)
        )

    def site_context(self, source: SourceTree, local: tzinfo, now: datetime) -> SiteContext:
        return SiteContext(self, source.root, source.config, local, now)

    def read_config(self, path: Path | None) -> Mapping[str, Any]:
        return read_config_file(path) if path else {}

    def resolve(self, file: SourceFile, values: Mapping[str, Any], site: SiteContext) -> ResolvedDocument:
        day, name = NAME.fullmatch(Path(file.path).name).groups()
        date = values_of.moment(values.get("date") or day, site.local, "file name", [])
        slug = name.replace(" ", "-")
        title = values_of.scalar_text(values.get("title")) or name
        is_public = values.get("published") is not False
        return ResolvedDocument(file.kind, values, title, slug, f"/n/{slug}", is_public, date)

    def markdown_options(self, site: SiteContext, resolved: ResolvedDocument | None = None) -> Options:
        return Options()

    def expand(self, unrendered: UnrenderedDocument, site: SiteContext) -> ExpandedText:
        text, parts, fragments, position = unrendered.text, [], [], 0
        for match in [*VALUE.finditer(text), None]:
            start, end = match.span() if match else (len(text), len(text))
            value = str(unrendered.resolved.data[match[1]]) if match else ""
            for part, source_start, source_end in ((text[position:start], position, start), (value, start, end)):
                shown = sum(map(len, parts))
                literal = part == text[source_start:source_end]
                fragments.append(TextFragment(shown, shown + len(part), source_start, source_end, literal))
                parts.append(part)
            position = end
        return ExpandedText("".join(parts), tuple(fragments))

    def generated_pages(self, config: Mapping[str, Any], posts: PublishedPosts) -> tuple[Document, ...]:
        return (Document("notebook.yml", "page", "", url="/n/all", old_urls=("/n/all",), listing=True),)

    def new_config(self, profile: SiteProfile) -> bytes:
        return new_front_matter({"title": profile.title}).encode()

    def new_path(self, path: str) -> str:
        return re.sub(r"^(?:posts|drafts)/(?:(\d{4}-\d\d-\d\d)-)?(.*)\.md$", r"\1 \2.note", path).strip()
