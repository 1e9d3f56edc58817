"""The whole site as a zip of Markdown, made in the background."""

from __future__ import annotations

import shutil
import tempfile
import uuid
from pathlib import Path

from portfolio.desk.background import desk_task
from portfolio.desk.private_files import folder, place_of
from portfolio.desk.progress import Teller
from portfolio.desk.work import WorkFailed, work
from portfolio.exporter.pipeline import ExportOptions, export_site
from portfolio.exporter.tree import ExportImpossible
from portfolio.exporting import new_config
from portfolio.importer.sources import SourceError
from portfolio.mappings import EXPORTS, MAPPINGS
from portfolio.models import SiteExport

EXPORT = "export"


@desk_task
def work_on_export(job: int) -> None:
    found = SiteExport.objects.filter(pk=job).first()
    if found is not None:
        work(found, export)


def export(job: SiteExport, tell: Teller) -> None:
    tell("Writing the pages as Markdown", 0, 0)
    name = f"{uuid.uuid4().hex}/{job}.zip"
    with tempfile.TemporaryDirectory(prefix="export-", dir=folder()) as scratch:
        tree = Path(scratch) / "site"
        try:
            report = export_site(ExportOptions(tree), EXPORTS, MAPPINGS, new_config)
        except (ExportImpossible, SourceError) as error:
            raise WorkFailed(str(error)) from error
        tell("Packing", 0, 0)
        place_of(name).parent.mkdir(mode=0o700)
        shutil.make_archive(str(place_of(name).with_suffix("")), "zip", tree)
    job.file, job.lines, job.has_errors = name, report.lines(), report.has_errors
