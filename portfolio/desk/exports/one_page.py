"""One page as Markdown: the file it has in an export of the site, with the pictures it shows."""

from __future__ import annotations

import io
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from wagtail.models import Page

from portfolio.exporter.pipeline import ExportOptions, export_site
from portfolio.exporting import new_config
from portfolio.mappings import EXPORTS, MAPPINGS
from portfolio.models import ImportedPage

ENTRY_MODELS = tuple(export.entry_model for export in EXPORTS if hasattr(export, "entry_model"))


@dataclass(frozen=True, slots=True)
class Download:
    name: str
    content_type: str
    data: bytes


def is_exported(page: Page) -> bool:
    """Whether an export has a file for pages of this kind; lists have none, they fill themselves."""
    return isinstance(page, (*(export.model for export in EXPORTS), *ENTRY_MODELS))


def page_as_markdown(page: Page) -> Download | None:
    """A Markdown file, or a zip of it when there are pictures; None when there is nothing on the page."""
    with tempfile.TemporaryDirectory(prefix="export-") as scratch:
        tree = Path(scratch) / "page"
        options = ExportOptions(tree, only=frozenset(in_one_file_with(page)))
        report = export_site(options, EXPORTS, MAPPINGS, new_config)
        files = [*report.untouched, *report.edited, *report.new]
        if not files:
            return None
        if len(files) == 1 and not report.assets:
            path = PurePosixPath(files[0])
            return Download(path.name, "text/markdown; charset=utf-8", (tree / path).read_bytes())
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in [*files, *report.assets]:
                archive.write(tree / path, path)
        return Download(f"{page.slug}.zip", "application/zip", packed.getvalue())


def in_one_file_with(page: Page) -> set[int]:
    """The pages that share a file with this one: what came from one document, and a timeline with its entries."""
    together = {page.pk}
    if isinstance(page, ENTRY_MODELS):
        together.add(page.get_parent().pk)
    for export in EXPORTS:
        if hasattr(export, "entries"):
            for timeline in export.model.objects.filter(pk__in=together):
                together |= {entry.pk for entry in export.entries(timeline)}
    documents = ImportedPage.objects.filter(page__in=together).values("document")
    rows = ImportedPage.objects.filter(document__in=documents, page__isnull=False)
    return together | set(rows.values_list("page_id", flat=True))
