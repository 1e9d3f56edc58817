"""Export one page: its Markdown file as in an export of the site, with the images it shows."""

from __future__ import annotations

import io
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from wagtail.models import Page

from portfolio.admin.exports.exported_types import entry_models
from portfolio.content.registry import page_exports, page_mappings
from portfolio.content.site_settings import site_profile
from portfolio.exporter.output_tree import ExportImpossible
from portfolio.exporter.pipeline import ExportOptions, export_site
from portfolio.models import ImportedPage


@dataclass(frozen=True, slots=True)
class Download:
    name: str
    content_type: str
    data: bytes


def page_as_markdown(page: Page) -> Download | None:
    """A Markdown file, or a zip when there are images; None for an empty page."""
    with tempfile.TemporaryDirectory(prefix="export-") as scratch:
        tree = Path(scratch) / "page"
        options = ExportOptions(tree, only=frozenset(in_one_file_with(page)))
        report = export_site(options, page_exports(), page_mappings(), site_profile)
        if report.failed:
            raise ExportImpossible("; ".join(problem.message for _, problem in report.problems))
        files = [*report.untouched, *report.edited, *report.new]
        if not files:
            return None
        if len(files) == 1 and not report.assets:
            path = PurePosixPath(files[0])
            return Download(path.name, "text/markdown; charset=utf-8", (tree / path).read_bytes())
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in [*files, *report.assets]:
                archive.write(tree / path, path)
        return Download(f"{page.slug}.zip", "application/zip", buffer.getvalue())


def in_one_file_with(page: Page) -> set[int]:
    """The pages that share a file with this one: those of one document, or an experience page with its entries."""
    together = {page.pk}
    if isinstance(page, entry_models()):
        together.add(page.get_parent().pk)
    for export in page_exports():
        if hasattr(export, "entries"):
            for timeline in export.model.objects.filter(pk__in=together):
                together |= {entry.pk for entry in export.entries(timeline)}
    documents = ImportedPage.objects.filter(page__in=together).values("document")
    rows = ImportedPage.objects.filter(document__in=documents, page__isnull=False)
    return together | set(rows.values_list("page_id", flat=True))
