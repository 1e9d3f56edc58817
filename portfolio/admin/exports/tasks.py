"""Background task: export the whole site as a zip of Markdown."""

from __future__ import annotations

import shutil
import tempfile
import uuid
from pathlib import Path

from portfolio.admin.jobs.backends import background_task
from portfolio.admin.jobs.private_files import private_folder, private_path
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
    name = f"{uuid.uuid4().hex}/{job}.zip"
    with tempfile.TemporaryDirectory(prefix="export-", dir=private_folder()) as scratch:
        tree = Path(scratch) / "site"
        try:
            report = export_site(ExportOptions(tree), page_exports(), page_mappings(), site_profile, progress)
        except (ExportImpossible, SourceError) as error:
            raise JobFailed(str(error)) from error
        progress("Creating the zip file", 0, 0)
        private_path(name).parent.mkdir(mode=0o700)
        shutil.make_archive(str(private_path(name).with_suffix("")), "zip", tree)
    job.file, job.lines, job.has_errors = name, report.lines(), report.has_errors
