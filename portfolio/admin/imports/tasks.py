"""Background tasks of the import: dry run, import and undo, with the same code as the command."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from portfolio.admin.content_checks.page_checks import check_changed_pages
from portfolio.admin.imports.folders import is_allowed
from portfolio.admin.jobs.backends import background_task
from portfolio.admin.jobs.private_files import delete_private_file, private_path
from portfolio.admin.jobs.progress import ProgressReporter
from portfolio.admin.jobs.runner import JobFailed, run_job
from portfolio.content.registry import page_mappings
from portfolio.content.site_settings import fill_owner_settings
from portfolio.documents.report import Report
from portfolio.engines import SourceError
from portfolio.importer.lock import ImportRunning, import_lock
from portfolio.importer.pipeline import ImportOptions, import_site
from portfolio.importer.placement import ImportImpossible
from portfolio.importer.undo import undo
from portfolio.models import ImportJob

CHECK, APPLY, UNDO = "check", "apply", "undo"
BUSY = "Another import is running on this site. Wait until it is done, then try again."


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
        return import_site(
            ImportOptions(source_of(job), dry_run=dry_run), page_mappings(), fill_owner_settings, progress
        )
    except ImportRunning as error:
        raise JobFailed(BUSY) from error
    except (SourceError, ImportImpossible) as error:
        raise JobFailed(without_path(str(error), job)) from error


def source_of(job: ImportJob) -> Path:
    if job.folder:
        if not is_allowed(job.folder):
            raise JobFailed("The folder no longer exists, or may not be imported.")
        return Path(job.folder)
    if not job.upload or not private_path(job.upload).is_file():
        raise JobFailed("The archive has been deleted. Upload it again.")
    return private_path(job.upload)


def without_path(message: str, job: ImportJob) -> str:
    """The message with the name of the source instead of its path on the server."""
    places = [
        job.folder,
        str(private_path(job.upload)) if job.upload else "",
        str(Path(settings.PRIVATE_ROOT).resolve()),
    ]
    for place in filter(None, places):
        message = message.replace(place, job.name)
    return message
