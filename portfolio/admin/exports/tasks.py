"""Background task: export the whole site as a zip of Markdown."""

from __future__ import annotations

import shutil
from pathlib import Path

from django.core.files.base import File

from portfolio.admin.jobs.backends import background_task
from portfolio.admin.jobs.private_files import scratch_folder, store_private_file
from portfolio.admin.jobs.progress import ProgressReporter
from portfolio.admin.jobs.runner import JobFailed, run_job
from portfolio.content.registry import page_exports, page_mappings
from portfolio.content.site_settings import site_profile
from portfolio.engines import SourceError
from portfolio.exporter.output_tree import ExportImpossible
from portfolio.exporter.pipeline import ExportOptions, export_site
from portfolio.models import SiteExport

EXPORT = "export"


@background_task
def run_export_job(job: int) -> None:
    found = SiteExport.objects.filter(pk=job).first()
    if found is not None:
        run_job(found, export)


def export(job: SiteExport, progress: ProgressReporter) -> None:
    with scratch_folder() as scratch:
        tree = scratch / "site"
        try:
            report = export_site(ExportOptions(tree), page_exports(), page_mappings(), site_profile, progress)
        except (ExportImpossible, SourceError) as error:
            raise JobFailed(str(error)) from error
        progress("Creating the zip file", 0, 0)
        archive = Path(shutil.make_archive(str(scratch / "archive"), "zip", tree))
        with archive.open("rb") as stream:
            job.file = store_private_file(f"{job}.zip", File(stream))
    job.lines, job.has_errors = report.lines(), report.has_errors
