"""What goes on in the background: the dry run, the import, and taking it back. The pipeline is the command's."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from portfolio.desk.background import desk_task
from portfolio.desk.checks.looking import look_at_stale
from portfolio.desk.imports.folders import is_allowed
from portfolio.desk.private_files import forget, place_of
from portfolio.desk.progress import Teller
from portfolio.desk.work import WorkFailed, work
from portfolio.importer import undo
from portfolio.importer.lock import ImportRunning, only_import
from portfolio.importer.pipeline import ImportOptions, import_site
from portfolio.importer.placing import ImportImpossible
from portfolio.importer.report import Report
from portfolio.importer.sources import SourceError
from portfolio.importing import introduce_owner
from portfolio.mappings import MAPPINGS
from portfolio.models import ImportJob

CHECK, APPLY, UNDO = "check", "apply", "undo"
BUSY = "Another import is running on this site. Wait until it is done, then try again."


@desk_task
def work_on_import(job: int) -> None:
    found = ImportJob.objects.filter(pk=job).first()
    if found is not None:
        work(found, {CHECK: check, APPLY: apply, UNDO: take_back}.get(found.doing, check))


def check(job: ImportJob, tell: Teller) -> None:
    """Do everything and take it back, for the report."""
    job.report = run(job, tell, dry_run=True).as_dict()
    job.state = ImportJob.State.CHECKED


def apply(job: ImportJob, tell: Teller) -> None:
    report = run(job, tell, dry_run=False)
    look_at_stale(tell)
    job.report, job.run_id, job.state = report.as_dict(), report.run, ImportJob.State.IMPORTED
    forget(job.upload)
    job.upload = ""


def take_back(job: ImportJob, tell: Teller) -> None:
    if job.run is None:
        raise WorkFailed("This import wrote nothing, so there is nothing to take back.")
    tell("Taking back", 0, 0)
    try:
        with only_import():
            undone = undo.undo(job.run)
    except undo.UndoError as error:
        raise WorkFailed(str(error)) from error
    except ImportRunning as error:
        raise WorkFailed(BUSY) from error
    job.undone = {"deleted": undone.deleted, "reverted": undone.reverted, "left": undone.left}
    job.state = ImportJob.State.UNDONE


def run(job: ImportJob, tell: Teller, *, dry_run: bool) -> Report:
    try:
        return import_site(ImportOptions(source_of(job), dry_run=dry_run), MAPPINGS, introduce_owner, tell)
    except ImportRunning as error:
        raise WorkFailed(BUSY) from error
    except (SourceError, ImportImpossible) as error:
        raise WorkFailed(without_path(str(error), job)) from error


def source_of(job: ImportJob) -> Path:
    if job.folder:
        if not is_allowed(job.folder):
            raise WorkFailed("The folder is not there any more, or may not be imported from.")
        return Path(job.folder)
    if not job.upload or not place_of(job.upload).is_file():
        raise WorkFailed("The archive is not kept any longer. Upload it again.")
    return place_of(job.upload)


def without_path(message: str, job: ImportJob) -> str:
    """The message with the source called as the editor knows it, not by its place on the server."""
    places = [job.folder, str(place_of(job.upload)) if job.upload else "", str(Path(settings.PRIVATE_ROOT).resolve())]
    for place in filter(None, places):
        message = message.replace(place, job.name)
    return message
