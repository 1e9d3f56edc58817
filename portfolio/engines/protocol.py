"""Engine protocol: the interface of a site generator for the import and the export."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import IntEnum
from pathlib import Path
from typing import Any, Protocol, TypeVar

from portfolio.documents.document import Document, Problem, SourceNode
from portfolio.documents.front_matter import FrontMatter, split_front_matter
from portfolio.documents.site_profile import SiteProfile
from portfolio.engines.excerpt import cut_excerpt
from portfolio.engines.expanded_text import ExpandedText, unexpanded
from portfolio.engines.layout_parts import FrontPageParts, LayoutParts
from portfolio.engines.published_posts import PublishedPosts
from portfolio.engines.resolved import ResolvedDocument, UnrenderedDocument
from portfolio.engines.site_profile import read_profile
from portfolio.engines.source import Bibliography, SourceFile, SourceTree
from portfolio.markdown.options import Options


class Confidence(IntEnum):
    """How certain an engine is that a folder is one of its sites; of equal ones the first registered wins."""

    NONE = 0
    FALLBACK = 1  # accepts any folder of Markdown
    CONTENT = 2  # the content of documents suggests it
    FOLDERS = 3  # folders or files have names that only this engine uses
    CONFIGURATION = 4  # the configuration file of the engine exists


@dataclass(frozen=True)
class SiteContext:
    """The site-wide data that the conversion of a file depends on; pickled once for each worker process.

    ``local`` is the site's time zone; dates after ``now`` are in the future. Engines that need more use a subclass.
    """

    engine: Engine[Any]
    root: Path
    config: Mapping[str, Any]
    local: tzinfo
    now: datetime

    @property
    def base_path(self) -> str:
        """Return the base path of the old site: "" or "/blog"."""
        base = str(self.config.get("baseurl") or "").strip("/")
        return f"/{base}" if base else ""

    def preload(self) -> None:
        """Read the data that documents use of each other now, because the files are about to change."""


SiteT = TypeVar("SiteT", bound=SiteContext)


class Engine(Protocol[SiteT]):
    """A site generator. Engines are stateless and registered in `registry`; the data of a site is in ``SiteT``.

    Subclass it: methods with a body are the default for engines without that feature. ``name`` is used by ``--kind``
    and the ledger, ``label`` in messages. ``config_names`` are the configuration files in the top folder; a new site
    gets the first one, and an engine without any cannot be the layout of an export. ``passthrough`` are files and
    folders that the conversion reads in addition to the documents: they are exported again, and all documents are
    converted again when one of them changes. ``site_data_path`` is the file for settings that its configuration has no
    place for, "" if there is none.
    """

    name: str
    label: str
    config_names: tuple[str, ...] = ()
    passthrough: tuple[str, ...] = ()
    site_data_path: str = ""

    # The site.

    def detect(self, root: Path) -> Confidence: ...

    def reason(self, root: Path) -> str:
        """Return what the folder is recognised by, such as "has a file x"; "" if that is unknown."""
        return ""

    def open(self, root: Path, name: str, config: Path | None) -> SourceTree:
        """Find the documents in the folder ``root``, called ``name``; ``config`` replaces the site's configuration.

        Raises `SourceError`.
        """
        ...

    def site_context(self, source: SourceTree, local: tzinfo, now: datetime) -> SiteT: ...

    def read_config(self, path: Path | None) -> Mapping[str, Any]:
        """Return the configuration with defaults; ``path`` is None for a site without one. Raises `SourceError`."""
        ...

    def profile(self, source: SourceTree) -> SiteProfile:
        """Return the profile of the site and its owner from the configuration and data files."""
        return read_profile(source.config)

    def site_data(self, root: Path, config: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return what the data files below ``root`` say of the site's settings, by name (`SiteProfile.data`)."""
        return {}

    def bibliographies(self, source: SourceTree) -> Sequence[Bibliography]:
        """Return the BibTeX files whose entries the site lists as works of its owner."""
        return ()

    def positions(self, source: SourceTree) -> tuple[str, Sequence[Mapping[str, Any]]]:
        """Return the path of the file with the owner's CV and the positions in it, in the names of JSON Resume."""
        return "", ()

    def formula_macros(self, source: SourceTree) -> str:
        """Return the TeX definitions that the site gives its maths script."""
        return ""

    def has_layouts(self, source: SourceTree) -> bool:
        """Whether the source has layouts, which may show a menu that no configuration names."""
        return False

    def shown_on_front_page(self, site: SiteT) -> FrontPageParts:
        """Return what the layouts show there. Renders templates: call it in a worker process."""
        return FrontPageParts()

    def generated_pages(self, config: Mapping[str, Any], posts: PublishedPosts) -> tuple[Document, ...]:
        """Return lists and feeds that the engine generates without a source file, as documents with only URLs."""
        return ()

    # One document, in a worker process, since templates are untrusted programs.

    def load(self) -> None:
        """Import the modules for conversion. Called once in the process that worker processes are forked from."""
        return

    def split_front_matter(self, data: bytes, site: SiteT) -> FrontMatter:
        """Split the front matter from the body. Raises `FrontMatterError`."""
        return split_front_matter(data)

    def resolve(self, file: SourceFile, values: Mapping[str, Any], site: SiteT) -> ResolvedDocument:
        """Apply the engine's rules to a file and the ``values`` of its front matter."""
        ...

    def markdown_options(self, site: SiteT, resolved: ResolvedDocument | None = None) -> Options:
        """Return dialect, extensions and formula delimiters of the site, or of one document."""
        ...

    def is_html(self, path: str) -> bool:
        """Whether the file at ``path`` contains HTML instead of Markdown."""
        return False

    def is_listing(self, unrendered: UnrenderedDocument, site: SiteT) -> bool:
        """Whether a page only lists other documents, so that it is not imported."""
        return False

    def expand(self, unrendered: UnrenderedDocument, site: SiteT) -> ExpandedText:
        """Return the text with templates, shortcodes and other link syntax converted to Markdown."""
        return unexpanded(unrendered.text)

    def layout_parts(self, unrendered: UnrenderedDocument, body: str, site: SiteT) -> LayoutParts | None:
        """Return what the layout shows around the text, whose HTML is ``body``; None if there is no known layout."""
        return None

    def excerpt(self, unrendered: UnrenderedDocument, expanded: ExpandedText, separator: str, site: SiteT) -> str:
        """Return the Markdown before ``separator``, "" if there is none."""
        return cut_excerpt(expanded.text, separator, frozenset())

    def node_problems(self, nodes: Iterable[SourceNode], title: str, site: SiteT) -> Iterable[Problem]:
        """Report changes that the engine's plugins make to the converted text and this site does not."""
        return ()

    # The layout of an export.

    def new_config(self, profile: SiteProfile) -> bytes:
        """Return a configuration file for a site that has none."""
        return b""

    def new_path(self, path: str) -> str:
        """Return the path of a new document; ``path`` has posts in ``posts/`` and drafts in ``drafts/``."""
        return path

    def published_path(self, path: str, date: datetime) -> str:
        """Return the path of the draft at ``path`` after publication."""
        return path
