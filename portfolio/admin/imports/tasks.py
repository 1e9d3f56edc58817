"""Background tasks of the import: dry run, import and undo, with the same code as the command."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from portfolio.admin.content_checks.page_checks import check_changed_pages
from portfolio.admin.imports.folders import is_allowed
from portfolio.admin.imports.picture_fetcher import PictureFetcher
from portfolio.admin.jobs.backends import background_task
from portfolio.admin.jobs.private_files import delete_private_file, has_private_file, local_copy
from portfolio.admin.jobs.progress import ProgressReporter
from portfolio.admin.jobs.runner import JobFailed, run_job
from portfolio.content.registry import page_mappings
from portfolio.content.site_settings import fill_owner_settings
from portfolio.documents.report import Report
from portfolio.engines import SourceError
from portfolio.importer.lock import BUSY, ImportRunning, import_lock
from portfolio.importer.pipeline import ImportOptions, import_site
from portfolio.importer.placement import ImportImpossible
from portfolio.importer.undo import undo
from portfolio.models import ImportJob

CHECK, APPLY, UNDO = "check", "apply", "undo"


@background_task
def run_import_job(job: int) -> None:
    found = ImportJob.objects.filter(pk=job).first()
    if found is not None:
        run_job(found, {CHECK: check, APPLY: apply, UNDO: undo_import}.get(found.action, check))


def check(job: ImportJob, progress: ProgressReporter) -> None:
    """Dry run: import, roll back, and store the report."""
    job.report = run(job, progress, dry_run=True).as_dict()
    job.state = ImportJob.State.CHECKED


def apply(job: ImportJob, progress: ProgressReporter) -> None:
    report = run(job, progress, dry_run=False)
    check_changed_pages(progress)
    job.report, job.run_id, job.state = report.as_dict(), report.run, ImportJob.State.IMPORTED
    delete_private_file(job.upload)
    job.upload = ""


def undo_import(job: ImportJob, progress: ProgressReporter) -> None:
    if job.run is None:
        raise JobFailed("This import has written nothing, so there is nothing to undo.")
    progress("Undoing", 0, 0)
    try:
        with import_lock():
            undone = undo.undo(job.run)
    except undo.UndoError as error:
        raise JobFailed(str(error)) from error
    except ImportRunning as error:
        raise JobFailed(BUSY) from error
    job.undone = {"deleted": undone.deleted, "reverted": undone.reverted, "left": undone.left}
    job.state = ImportJob.State.UNDONE


def run(job: ImportJob, progress: ProgressReporter, *, dry_run: bool) -> Report:
    try:
        with source_of(job) as source:
            return import_source(job, source, progress, dry_run=dry_run)
    except ImportRunning as error:
        raise JobFailed(BUSY) from error


def import_source(job: ImportJob, source: Path, progress: ProgressReporter, *, dry_run: bool) -> Report:
    options = ImportOptions(source, dry_run=dry_run, fetch=PictureFetcher() if job.fetch_images else None)
    try:
        return import_site(options, page_mappings(), fill_owner_settings, progress)
    except (SourceError, ImportImpossible) as error:
        raise JobFailed(without_path(str(error), job, source)) from error


@contextmanager
def source_of(job: ImportJob) -> Iterator[Path]:
    if job.folder:
        if not is_allowed(job.folder):
            raise JobFailed("The folder no longer exists, or may not be imported.")
        yield Path(job.folder)
        return
    if not has_private_file(job.upload):
        raise JobFailed("The archive has been deleted. Upload it again.")
    with local_copy(job.upload) as archive:
        yield archive


def without_path(message: str, job: ImportJob, source: Path) -> str:
    """The message with the name of the source instead of its path on the server."""
    for place in (str(source), str(source.resolve()), str(Path(settings.PRIVATE_ROOT).resolve())):
        message = message.replace(place, job.name)
    return message
