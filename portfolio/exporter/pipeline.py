"""Export pipeline: copy untouched documents; write the others, read them back and compare."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import tzinfo
from functools import cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

from wagtail.models import Page

from portfolio.blocks.markdown_writer import MarkdownWriter
from portfolio.blocks.pictures import stored_pictures
from portfolio.documents.dates import zone
from portfolio.documents.document import Problem, Severity
from portfolio.documents.links import OldSite
from portfolio.documents.progress import ReportProgress, no_progress
from portfolio.documents.site_profile import SiteProfile
from portfolio.documents.yaml_reader import load_yaml
from portfolio.documents.yaml_writer import entry
from portfolio.engines.registry import ORIGINAL, layouts, preferred, unsupported
from portfolio.exporter.addresses import ExportAddresses, stored_file
from portfolio.exporter.document_writer import PLACEHOLDER, DocumentWriter
from portfolio.exporter.isolation import attempt
from portfolio.exporter.ledger_document import shown_blocks
from portfolio.exporter.output_tree import ExportImpossible, OutputTree
from portfolio.exporter.plan import FrontMatterContext, PageExport
from portfolio.exporter.report import ExportReport
from portfolio.exporter.round_trip import ExportReader
from portfolio.exporter.selection import CHUNK, ExportSelection, PageExports, PlannedDocument, PlannedPage
from portfolio.exporter.source_edit.edited_document import ExportContext
from portfolio.importer.plan import PageMapping
from portfolio.markdown.options import Options
from portfolio.markdown.render import to_html
from portfolio.models import ImportedAsset, ImportedDocument, ImportedFile, ImportSite
from portfolio.models.ledger import OUTSIDE

FILES = 20  # of those that became no page, in memory at a time
OWN_ID = re.compile(r"\sid=\"([^\"]*)\"")


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """``only`` holds the keys of the pages to write, with the files that they use and need; None means all pages."""

    destination: Path
    layout: str = ORIGINAL
    only: frozenset[int] | None = None


def export_site(
    options: ExportOptions,
    exports: Sequence[PageExport],
    mappings: Sequence[PageMapping],
    profile: Callable[[], SiteProfile],
    progress: ReportProgress = no_progress,
) -> ExportReport:
    """Write the site as Markdown to ``options.destination``, which must not exist or be empty.

    Everything is written next to the destination first. Raises ``ExportImpossible`` with nothing written.
    """
    if (engine := unsupported(options.layout)) is not None:
        supported = " and ".join(name for name in layouts() if unsupported(name) is None)
        raise ExportImpossible(f"The layout of {engine.label} is not supported yet; {supported} are.")
    tree = OutputTree(options.destination)
    try:
        report = Export(options, tree, exports, mappings, profile, progress).run()
        tree.finish()
    finally:
        tree.discard()
    return report


class Export:
    """The state of one export between its stages."""

    def __init__(
        self,
        options: ExportOptions,
        tree: OutputTree,
        exports: Sequence[PageExport],
        mappings: Sequence[PageMapping],
        profile: Callable[[], SiteProfile],
        progress: ReportProgress,
    ) -> None:
        self.options = options
        self.tree = tree
        self.mappings = mappings
        self.profile = profile
        self.report = ExportReport()
        self.progress = progress
        self.report = ExportReport()
        self.sites = list(ImportSite.objects.order_by("pk"))
        kinds = {site.kind for site in self.sites} if options.layout == ORIGINAL else {options.layout}
        self.engine = preferred(kinds)
        self.apps = PageExports(exports, self.engine)
        imported = [site for site in self.sites if site.kind in kinds]
        self.files = ImportedFile.objects.filter(site__in=imported).order_by("site_id", "path")
        self.selection = ExportSelection(self.apps, tree, self.report, imported, options.only)
        config = self.config = self.write_config()
        self.local = time_zone(config)
        hosts = frozenset(host for site in self.sites for host in site.hosts)
        old_site = OldSite(str(config.get("url") or ""), str(config.get("baseurl") or ""), hosts)
        assets = ImportedAsset.objects.filter(site__in=self.sites).exclude(path__startswith=OUTSIDE)
        assets = assets.select_related("image", "document").order_by("pk")
        self.addresses = ExportAddresses(old_site, [asset for asset in assets if self.selection.is_safe(asset.path)])
        self.edited: list[PlannedDocument] = []
        self.new: list[PlannedPage] = []

    def write_config(self) -> Mapping[str, Any]:
        """Write the imported configuration, else a new one if the engine has any, and return its values."""
        names = self.engine.config_names
        main = next((site for site in self.sites if site.kind == self.engine.name), None)
        imported = self.files.filter(site=main, path__in=names).first()
        name = imported.path if imported else next(iter(names), "")
        if name:
            self.tree.write(name, bytes(imported.data) if imported else self.engine.new_config(self.profile()))
        return self.engine.read_config(self.tree.place(name) if name else None)

    def run(self) -> ExportReport:
        self.progress("Reading addresses", 0, 0)
        self.addresses.add_pages(self.selection.addressed_pages(), self.selection.old_urls())
        self.copy_files()
        self.copy_documents()
        self.add_new_documents()
        if self.edited or self.new:
            self.write()
        self.write_site_data()
        self.write_assets()
        return self.report

    def copy_files(self) -> None:
        for file in self.files.iterator(chunk_size=FILES):
            if self.selection.is_safe(file.path) and not self.tree.has(file.path):
                self.tree.write(file.path, bytes(file.data))

    def copy_documents(self) -> None:
        """Write every imported document as it was; edited ones are planned, and overwritten later."""
        total = self.selection.sources.count()
        for count, document in enumerate(self.selection.documents(), start=1):
            self.tree.write(document.path, document.source)
            if document.is_untouched:
                self.report.untouched.append(document.path)
            else:
                added = tuple(page.pk for page in document.added)
                self.edited.append(PlannedDocument(document.row.pk, document.path, added))
                self.plan_images(*document.pages, *document.added)
            self.progress("Copying documents", count, total)
        if self.options.only is not None and self.edited:
            self.copy_neighbours()

    def copy_neighbours(self) -> None:
        """Write the other imported documents too: the selected ones may link to them when they are read back."""
        rows = ImportedDocument.objects.filter(site__in=self.sites).values_list("path", "source")
        for path, source in rows.iterator(chunk_size=CHUNK):
            if self.selection.is_safe(path) and not self.tree.has(path):
                self.tree.write(path, bytes(source))

    def add_new_documents(self) -> None:
        """Give each page without a document a file, whose text is written later."""
        for new in self.selection.new_documents(FrontMatterContext(self.addresses, self.local), PLACEHOLDER):
            self.new.append(PlannedPage(new.page.pk, new.path))
            self.plan_images(new.page, *new.entries)

    def plan_images(self, *pages: Page) -> None:
        """Plan the file of every image that new or edited text shows, before anything is read back."""
        for page in pages:
            for block in shown_blocks(page):
                # A value that cannot be searched here is reported when its document is written.
                with suppress(LookupError, TypeError, ValueError, AttributeError):
                    for picture in stored_pictures(block["value"]):
                        self.addresses.image_address(picture["image"])

    def write(self) -> None:
        writer = DocumentWriter(self.apps, self.tree, self.report, self.addresses, self.local, self.context)
        total = len(self.edited) + len(self.new)
        for count, document in enumerate(self.selection.planned_documents(self.edited), start=1):
            write = partial(writer.write_edited, document)
            self.write_document(document.path, self.report.edited, write, document.source)
            self.progress("Writing edited pages", count, total)
        for count, new in enumerate(self.selection.planned_pages(self.new), start=len(self.edited) + 1):
            self.write_document(new.path, self.report.new, partial(writer.write_new, new), None)
            self.progress("Writing new pages", count, total)

    def write_site_data(self) -> None:
        """Write the settings that are not as the data files of the tree have them, which are those of the source."""
        path = self.engine.site_data_path
        changes = self.profile().changed_data(self.engine.site_data(self.tree.root, self.config)) if path else {}
        if changes and self.options.only is None:
            values = {**self.earlier_site_data(path), **changes}
            self.tree.write(path, "".join(entry(str(name), value) for name, value in values.items()).encode())

    def earlier_site_data(self, path: str) -> Mapping[str, Any]:
        """What the source's own file says; nothing where it cannot be read."""
        try:
            values = load_yaml(self.tree.place(path).read_text("utf-8")) if self.tree.has(path) else {}
        except ValueError:
            return {}
        return values if isinstance(values, Mapping) else {}

    def write_document(self, path: str, written: list[str], write: Callable[[], None], source: bytes | None) -> None:
        """Write a document. If that fails, restore the imported bytes (``source``), or remove the file."""
        written.append(path)
        if attempt(self.report, path, write, is_imported=source is not None):
            return
        for file in {path, written.pop()}:
            self.tree.remove(file)
        if source is not None:
            self.tree.write(path, source)
            self.report.failed.append(path)

    def context(self) -> ExportContext:
        reader = ExportReader(self.tree.root, self.addresses, self.mappings, self.engine)
        options = self.engine.markdown_options(reader.site)
        parses_html = options.parse_block_html
        addresses = self.addresses
        site = addresses.resolve_links, addresses.image_address, own_ids(options), addresses.outside_pictures
        clean = MarkdownWriter(*site, parses_html=parses_html)
        verbose = MarkdownWriter(*site, parses_html=parses_html, verbose=True)
        return ExportContext(self.tree, reader, clean, verbose)

    def write_assets(self) -> None:
        total = len(self.addresses.assets)
        for count, (path, asset) in enumerate(self.addresses.assets.items(), start=1):
            self.progress("Copying pictures and files", count, total)
            if self.tree.has(path) or not self.is_wanted(path):
                continue
            stored = stored_file(asset)
            try:
                with stored.open("rb") as file:
                    self.tree.copy(path, file)
            except (OSError, ValueError) as error:
                missing = f"the stored file cannot be read: {error}"
                self.report.report(path, Problem(Severity.ERROR, "missing-file", missing))
                continue
            self.report.assets.append(path)

    def is_wanted(self, path: str) -> bool:
        """Whether the file at ``path`` is exported; of a single page's export, only if a written document names it."""
        if self.options.only is None:
            return True
        names = (path.encode(), quote(path).encode())
        written = (*self.report.untouched, *self.report.edited, *self.report.new, *self.report.failed)
        return any(name in self.tree.place(file).read_bytes() for file in written for name in names)


def time_zone(config: Mapping[str, Any]) -> tzinfo:
    """Return the time zone of the configuration; an unknown one counts as none."""
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
