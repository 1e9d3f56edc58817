"""Where the desk's work goes on: a process of its own by default, the queue of the database when it is chosen."""

from __future__ import annotations

import subprocess
from typing import Any

import pytest
from django.core.management import call_command

from portfolio.desk.background import ProcessBackend, run_task
from portfolio.desk.exports.work import work_on_export
from portfolio.desk.work import WorkFailed, work
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
    ProcessBackend("desk", {}).enqueue(work_on_export, (7,), {})
    arguments, options = called[0]
    assert arguments[1:] == [
        str(BASE_DIR / "manage.py"),
        "run_task",
        "portfolio.desk.exports.work.work_on_export",
        '{"args": [7], "kwargs": {}}',
    ]
    assert options["start_new_session"]


@pytest.mark.django_db
def test_the_process_does_the_work() -> None:
    job = SiteExport.objects.create()
    job.ask("export")
    call_command("run_task", "portfolio.desk.exports.work.work_on_export", f'{{"args": [{job.pk}], "kwargs": {{}}}}')
    job.refresh_from_db()
    assert (job.doing, job.error, bool(job.file)) == ("", "", True)
    run_task("portfolio.desk.exports.work.work_on_export", '{"args": [0], "kwargs": {}}')  # gone: nothing happens


@pytest.mark.django_db
@pytest.mark.parametrize(("error", "said"), [(WorkFailed("No."), "No."), (KeyError("x"), "nobody foresaw (KeyError)")])
def test_whatever_goes_wrong_the_job_ends_and_says_so(error: Exception, said: str) -> None:
    job = SiteExport.objects.create()
    job.ask("export")

    def fail(job: SiteExport, tell: Any) -> None:
        raise error

    work(job, fail)
    job.refresh_from_db()
    assert job.doing == ""
    assert said in job.error


def test_the_database_keeps_a_queue_when_it_is_told_to() -> None:
    assert values("TASKS", **PRODUCTION)["TASKS"]["desk"]["BACKEND"] == "portfolio.desk.background.ProcessBackend"
    found = values("TASKS", "INSTALLED_APPS", **PRODUCTION, TASK_QUEUE="database")
    assert found["TASKS"]["desk"]["BACKEND"] == "django_tasks_db.DatabaseBackend"
    assert "django_tasks_db" in found["INSTALLED_APPS"]
    assert "TASK_QUEUE is 'redis'" in start("import django; django.setup()", **PRODUCTION, TASK_QUEUE="redis").stderr


def test_a_worker_takes_the_work_from_the_queue(tmp_path: Any) -> None:
    env = {**PRODUCTION, "TASK_QUEUE": "database", "DATABASE_URL": f"sqlite:///{tmp_path / 'db.sqlite3'}"}
    env["PRIVATE_ROOT"] = str(tmp_path / "private")
    done = start(
        "import django; django.setup()\n"
        "from django.core.management import call_command\n"
        "call_command('migrate', verbosity=0)\n"
        "from portfolio.models import SiteExport\n"
        "from portfolio.desk.work import start\n"
        "from portfolio.desk.exports.work import work_on_export\n"
        "job = SiteExport.objects.create(); job.ask('export'); start(work_on_export, job.pk)\n"
        "job.refresh_from_db(); print(repr(job.doing))\n"
        "call_command('db_worker', '--backend', 'desk', '--batch', '--no-startup-delay', verbosity=0)\n"
        "job.refresh_from_db(); print(repr(job.doing), repr(job.error), job.file.endswith('.zip'))\n",
        **env,
    )
    assert done.stdout.splitlines() == ["'export'", "'' '' True"], done.stdout + done.stderr


@pytest.mark.django_db
def test_publishing_what_is_scheduled_leaves_a_sign() -> None:
    call_command("publish_scheduled", "--dryrun", verbosity=0)
    assert not Heartbeat.objects.exists()
    call_command("publish_scheduled", verbosity=0)
    first = Heartbeat.objects.get(name="publish_scheduled").at
    call_command("publish_scheduled", verbosity=0)
    assert Heartbeat.objects.get().at > first
