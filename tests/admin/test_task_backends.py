"""Task backends: a process for each task by default, the database queue when it is chosen."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from portfolio.admin.exports.tasks import run_export_job
from portfolio.admin.jobs import progress
from portfolio.admin.jobs.backends import ProcessBackend, own_output, run_task
from portfolio.admin.jobs.exclusive import fail_if_dead
from portfolio.admin.jobs.runner import JobFailed, run_job
from portfolio.models import Heartbeat, SiteExport
from portfolio.settings import BASE_DIR
from tests.project.test_settings import PRODUCTION, start, values


def test_a_process_is_started_with_the_task_and_its_arguments(monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[Any] = []

    class Process:
        def __init__(self, arguments: list[str], **options: Any) -> None:
            called.append((arguments, options))

        def wait(self) -> int:
            return 0

    monkeypatch.setattr(subprocess, "Popen", Process)
    ProcessBackend("background", {}).enqueue(run_export_job, (7,), {})
    arguments, options = called[0]
    assert arguments[1:] == [
        str(BASE_DIR / "manage.py"),
        "run_task",
        "portfolio.admin.exports.tasks.run_export_job",
        '{"args": [7], "kwargs": {}}',
    ]
    assert options["start_new_session"]


def test_a_process_that_a_command_leaves_behind_does_not_hold_its_output(
    monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path
) -> None:
    settings.PRIVATE_ROOT, settings.BASE_DIR = str(tmp_path), tmp_path
    (tmp_path / "manage.py").write_text("import sys; print('drawn'); print('badly', file=sys.stderr)")
    backend, log = ProcessBackend("background", {}), tmp_path / "background.log"
    with own_output():
        backend.enqueue(run_export_job, (7,), {})
    wait_for(lambda: log.exists() and set(log.read_text().split()) == {"drawn", "badly"})
    log.unlink()
    log.mkdir()  # cannot be written
    with own_output():
        backend.enqueue(run_export_job, (7,), {})


def wait_for(condition: Callable[[], bool]) -> None:
    for _ in range(200):
        if condition():
            return
        time.sleep(0.05)
    pytest.fail("not in time")


@pytest.mark.django_db
def test_the_process_does_the_work() -> None:
    job = SiteExport.objects.create()
    job.request_action("export")
    call_command("run_task", "portfolio.admin.exports.tasks.run_export_job", f'{{"args": [{job.pk}], "kwargs": {{}}}}')
    job.refresh_from_db()
    assert (job.action, job.error, bool(job.file)) == ("", "", True)
    run_task("portfolio.admin.exports.tasks.run_export_job", '{"args": [0], "kwargs": {}}')  # gone: nothing happens


@pytest.mark.django_db
@pytest.mark.parametrize(("error", "said"), [(JobFailed("No."), "No."), (KeyError("x"), "unexpected error (KeyError)")])
def test_whatever_goes_wrong_the_job_ends_and_says_so(error: Exception, said: str) -> None:
    job = SiteExport.objects.create()
    job.request_action("export")

    def fail(job: SiteExport, tell: Any) -> None:
        raise error

    run_job(job, fail)
    job.refresh_from_db()
    assert job.action == ""
    assert said in job.error


def test_the_database_keeps_a_queue_when_it_is_told_to() -> None:
    backends = values("TASKS", **PRODUCTION)["TASKS"]
    assert backends["background"]["BACKEND"] == "portfolio.admin.jobs.backends.ProcessBackend"
    found = values("TASKS", "INSTALLED_APPS", **PRODUCTION, TASK_QUEUE="database")
    assert found["TASKS"]["background"]["BACKEND"] == "django_tasks_db.DatabaseBackend"
    assert "django_tasks_db" in found["INSTALLED_APPS"]
    assert "TASK_QUEUE is 'redis'" in start("import django; django.setup()", **PRODUCTION, TASK_QUEUE="redis").stderr


def test_a_worker_takes_the_work_from_the_queue_and_old_results_are_deleted(tmp_path: Any) -> None:
    env = {**PRODUCTION, "TASK_QUEUE": "database", "DATABASE_URL": f"sqlite:///{tmp_path / 'db.sqlite3'}"}
    env["PRIVATE_ROOT"] = str(tmp_path / "private")
    done = start(
        "import django; django.setup()\n"
        "from django.core.management import call_command\n"
        "call_command('migrate', verbosity=0)\n"
        "from portfolio.models import SiteExport\n"
        "from portfolio.admin.jobs.runner import enqueue_on_commit\n"
        "from portfolio.admin.exports.tasks import run_export_job\n"
        "job = SiteExport.objects.create(); job.request_action('export'); enqueue_on_commit(run_export_job, job.pk)\n"
        "job.refresh_from_db(); print(repr(job.action))\n"
        "call_command('worker', '--batch', verbosity=0)\n"
        "job.refresh_from_db(); print(repr(job.action), repr(job.error), job.file.endswith('.zip'))\n"
        "from datetime import timedelta\n"
        "from django.utils import timezone\n"
        "from django_tasks_db.models import DBTaskResult\n"
        "DBTaskResult.objects.update(finished_at=timezone.now() - timedelta(days=15))\n"
        "call_command('housekeeping'); print(DBTaskResult.objects.count())\n",
        **env,
    )
    assert done.stdout.splitlines() == ["'export'", "'' '' True", "0"], done.stdout + done.stderr


@pytest.mark.django_db
def test_publishing_what_is_scheduled_leaves_a_sign() -> None:
    call_command("publish_scheduled", "--dryrun", verbosity=0)
    assert not Heartbeat.objects.exists()
    call_command("publish_scheduled", verbosity=0)
    first = Heartbeat.objects.get(name="publish_scheduled").at
    call_command("publish_scheduled", verbosity=0)
    assert Heartbeat.objects.get(name="publish_scheduled").at > first


@pytest.mark.django_db
def test_a_worker_gives_signs_of_life_while_a_step_lasts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "HEARTBEAT_INTERVAL", 0.02)
    job = SiteExport.objects.create()
    job.request_action("export")
    heard: list[float] = []

    def step(job: SiteExport, tell: Any) -> None:
        tell("Packing", 1, 2)
        for _ in range(50):
            time.sleep(0.02)
            heard.append(progress.progress_of(job).at or 0)
            if len(set(heard)) > 3:
                break
        assert progress.progress_of(job).step == "Packing"

    run_job(job, step)
    assert len(set(heard)) > 3
    assert progress.progress_of(job).at is None, "and none when it is done"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("taken", "heard", "seconds", "dead"),
    [(True, None, 30, False), (True, None, 45, True), (True, 10, 45, False), (False, None, 45, False),
     (False, None, 59, True)],
)  # fmt: skip
def test_within_a_minute_a_job_of_a_dead_process_has_failed(
    taken: bool, heard: int | None, seconds: int, dead: bool
) -> None:
    """``heard`` and ``seconds``: how long ago its worker gave a sign of life, and began or should have begun."""
    job = SiteExport.objects.create()
    job.request_action("export")
    then = timezone.now() - timedelta(seconds=seconds)
    SiteExport.objects.update(requested_at=then, claimed_at=then if taken else None)
    job.refresh_from_db()
    reporter = progress.ProgressReporter(job)
    if heard is not None:
        reporter("Packing", 1, 1)
    assert fail_if_dead(job) is dead
    assert ("stopped before it was done" in job.error) is dead
    assert job.request_action("export") is dead, "and can be begun again"
    reporter.clear()


@pytest.mark.django_db
def test_a_queue_may_be_long(settings: Any) -> None:
    settings.TASK_QUEUE = "database"
    job = SiteExport.objects.create()
    job.request_action("export")
    SiteExport.objects.update(requested_at=timezone.now() - timedelta(hours=2))
    job.refresh_from_db()
    assert not fail_if_dead(job)
