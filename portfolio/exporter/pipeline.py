"""One export from beginning to end: what is untouched is copied, the rest written, read again and compared."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import tzinfo
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from wagtail.models import Page

from portfolio.exporter.addresses import Addresses, stored_file
from portfolio.exporter.block_markdown import BlockWriter, Site
from portfolio.exporter.edited import Desk
from portfolio.exporter.page_writer import PLACEHOLDER, PageWriter
from portfolio.exporter.pictures import pictures_in
from portfolio.exporter.plan import Context, PageExport
from portfolio.exporter.report import ExportReport
from portfolio.exporter.reread import Rereader
from portfolio.exporter.selection import CHUNK, Apps, Selection, Waiting, shown
from portfolio.exporter.stored import StoredDocument, shown_blocks
from portfolio.exporter.tree import ExportImpossible, Tree
from portfolio.importer.dates import zone
from portfolio.importer.document import Problem, Severity
from portfolio.importer.formulas import folders
from portfolio.importer.links import OldSite
from portfolio.importer.markdown_options import markdown_options
from portfolio.importer.plan import PageMapping
from portfolio.importer.sources.jekyll_config import CONFIG_NAMES, read_config
from portfolio.markdown.delimiters import delimiters_of
from portfolio.markdown.options import Options
from portfolio.markdown.render import to_html
from portfolio.models import ImportedAsset, ImportedDocument, ImportedFile, ImportedPage, ImportSite

ORIGINAL, JEKYLL, HUGO = LAYOUTS = ("original", "jekyll", "hugo")
OWN_ID = re.compile(r"\sid=\"([^\"]*)\"")


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """``only`` names the pages to write; their file, its pictures and what it takes to read it again. None: all."""

    destination: Path
    layout: str = ORIGINAL
    only: frozenset[int] | None = None


def export_site(
    options: ExportOptions,
    exports: Sequence[PageExport],
    mappings: Sequence[PageMapping],
    new_config: Callable[[str], bytes],
) -> ExportReport:
    """Write the site as Markdown to ``options.destination``, which must not exist or be empty.

    Everything is written beside the destination first. Raises ``ExportImpossible`` with nothing written.
    """
    if options.layout == HUGO:
        raise ExportImpossible("The layout of Hugo is not there yet; original and jekyll are.")
    tree = Tree(options.destination)
    try:
        report = Export(options, tree, exports, mappings, new_config).run()
        tree.finish()
    finally:
        tree.discard()
    return report


class Export:
    """The state of one export between its stages."""

    def __init__(
        self,
        options: ExportOptions,
        tree: Tree,
        exports: Sequence[PageExport],
        mappings: Sequence[PageMapping],
        new_config: Callable[[str], bytes],
    ) -> None:
        self.options = options
        self.tree = tree
        self.apps = Apps(exports)
        self.mappings = mappings
        self.new_config = new_config
        self.report = ExportReport()
        self.sites = list(ImportSite.objects.order_by("pk"))
        self.main = next((site for site in self.sites if site.kind == "jekyll"), None)
        self.plain = self.main is None and bool(self.sites) and options.layout == ORIGINAL
        kept = [site for site in self.sites if options.layout == ORIGINAL or site.kind == "jekyll"]
        self.files = list(ImportedFile.objects.filter(site__in=kept).order_by("site_id", "path"))
        rows = list(ImportedPage.objects.filter(document__site__in=kept).order_by("pk"))
        self.selection = Selection(self.apps, tree, self.report, rows, options.only)
        config = self.write_config()
        self.local = time_zone(config)
        old_site = OldSite(str(config.get("url") or ""), str(config.get("baseurl") or ""))
        assets = ImportedAsset.objects.filter(site__in=self.sites).select_related("image", "document").order_by("pk")
        self.addresses = Addresses(old_site, [asset for asset in assets if self.selection.is_safe(asset.path)])
        names = folders(config)
        layouts = (bytes(file.data).decode("utf-8", "replace") for file in self.files if file.path.startswith(names))
        self.markdown = replace(markdown_options(config), tex_delimiters=delimiters_of(layouts))

    def write_config(self) -> Mapping[str, Any]:
        """The configuration as it was imported; else a new one, but for a folder that never had an engine."""
        kept = next((file for file in self.files if file.path in CONFIG_NAMES and file.site == self.main), None)
        name = kept.path if kept else "_config.yml"
        if kept or not self.plain:
            index = next(
                (page for page in Page.objects.live() if type(page.specific).__name__ == "BlogIndexPage"), None
            )
            path = urlsplit(index.url or "/blog/").path if index else "/blog/"
            self.tree.write(name, bytes(kept.data) if kept else self.new_config(path))
        return read_config(self.tree.place(name) if self.tree.has(name) else None)

    def run(self) -> ExportReport:
        selection = self.selection
        pages = {page.pk: shown(page) for page in selection.pages()}
        known = pages.values() if self.options.only is None else selection.all_pages()
        self.addresses.know_pages(known, selection.rows)
        documents = list(selection.documents(pages))
        self.copy(documents)
        waiting = selection.waiting(pages, documents, self.wanted_path)
        for new in waiting:
            self.tree.write(new.path, PLACEHOLDER)
        self.promise_pictures(documents, waiting)
        self.write(documents, waiting)
        self.write_assets()
        return self.report

    def copy(self, documents: Sequence[StoredDocument]) -> None:
        """Everything as it was imported; what was edited is written over it later."""
        for file in self.files:
            if self.selection.is_safe(file.path) and not self.tree.has(file.path):
                self.tree.write(file.path, bytes(file.data))
        for document in documents:
            self.tree.write(document.path, document.source)
        if self.options.only is not None and not all(document.is_untouched for document in documents):
            self.copy_neighbours()

    def copy_neighbours(self) -> None:
        """The documents that are not wanted, as they were imported: what is may speak of them when it is read again."""
        rows = ImportedDocument.objects.filter(site__in=self.sites).values_list("path", "source")
        for path, source in rows.iterator(chunk_size=CHUNK):
            if self.selection.is_safe(path) and not self.tree.has(path):
                self.tree.write(path, bytes(source))

    def wanted_path(self, export: PageExport, page: Page) -> str:
        path = export.path(page, Context(self.addresses, self.local))
        return path.replace("_posts/", "posts/").replace("_drafts/", "drafts/") if self.plain else path

    def promise_pictures(self, documents: Sequence[StoredDocument], waiting: Sequence[Waiting]) -> None:
        """Give every picture that new or edited text shows its place, before anything is read again."""
        edited = [document for document in documents if not document.is_untouched]
        pages = [page for document in edited for page in (*document.pages, *document.added)]
        pages += [page for new in waiting for page in (new.page, *new.entries)]
        for page in pages:
            for block in shown_blocks(page):
                pictures_in(block["value"], self.addresses.picture)

    def write(self, documents: Sequence[StoredDocument], waiting: Sequence[Waiting]) -> None:
        edited = [document for document in documents if not document.is_untouched]
        self.report.untouched += [document.path for document in documents if document.is_untouched]
        if not edited and not waiting:
            return
        writer = PageWriter(self.apps, self.tree, self.report, self.addresses, self.local, self.desk)
        for document in edited:
            self.report.edited.append(document.path)
            writer.write_edited(document)
        for new in waiting:
            self.report.new.append(new.path)
            writer.write_new(new)

    def desk(self) -> Desk:
        own_id, parses_html = own_ids(self.markdown), self.markdown.parse_block_html
        site = Site(self.addresses.plain_links, self.addresses.picture, own_id, parses_html)
        reader = Rereader(self.tree.root, self.addresses, self.mappings, "plain" if self.plain else "jekyll")
        return Desk(self.tree, reader, BlockWriter(site), BlockWriter(site, verbose=True))

    def write_assets(self) -> None:
        for path, asset in self.addresses.assets.items():
            if self.tree.has(path) or not self.is_wanted(path):
                continue
            stored = stored_file(asset)
            try:
                with stored.open("rb") as file:
                    self.tree.write(path, file.read())
            except (OSError, ValueError) as error:
                missing = f"the stored file cannot be read: {error}"
                self.report.report(path, Problem(Severity.ERROR, "missing-file", missing))
                continue
            self.report.assets.append(path)

    def is_wanted(self, path: str) -> bool:
        """Of a single page's export, whether its file speaks of this picture."""
        if self.options.only is None:
            return True
        names = (path.encode(), quote(path).encode())
        written = (*self.report.untouched, *self.report.edited, *self.report.new)
        return any(name in self.tree.place(file).read_bytes() for file in written for name in names)


def time_zone(config: Mapping[str, Any]) -> tzinfo:
    """The zone that the configuration names; one that nobody knows counts as none."""
    try:
        return zone(config.get("timezone"))
    except ValueError:
        return zone(None)


def own_ids(options: Options) -> Callable[[str], str]:
    @cache
    def own_id(heading: str) -> str:
        match = OWN_ID.search(to_html(heading, options))
        return match[1] if match else ""

    return own_id
