"""Tasks that bring something up to date: one process works and one waits, however often they are enqueued."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

import pytest

from experience.resume.tasks import make_resume_pdfs
from portfolio.admin.jobs.backends import ProcessBackend
from portfolio.admin.jobs.task_locks import running_lock, waiting_lock

# In place of manage.py: works until the file "done" is there.
WORK = """
import os, sys, time
from pathlib import Path
sys.path.insert(0, {root!r})
from types import SimpleNamespace
sys.modules["portfolio.admin.jobs.private_files"] = SimpleNamespace(private_folder=lambda: Path({folder!r}))
from portfolio.admin.jobs.task_locks import running_lock
folder = Path({folder!r})
with running_lock(sys.argv[2], int(sys.argv[4])):
    (folder / f"begun-{{os.getpid()}}").touch()
    while not (folder / "done").exists():
        time.sleep(0.02)
"""


def begun(folder: Path) -> int:
    return len(list(folder.glob("begun-*")))


def wait_for(folder: Path, count: int) -> None:
    end = time.monotonic() + 60
    while begun(folder) < count:
        assert time.monotonic() < end, "not in time"
        time.sleep(0.02)


def test_many_saves_start_one_process_and_one_that_waits(settings: Any, tmp_path: Path) -> None:
    root, settings.PRIVATE_ROOT, settings.BASE_DIR = str(settings.BASE_DIR), str(tmp_path), tmp_path
    (tmp_path / "manage.py").write_text(WORK.format(root=root, folder=str(tmp_path)))
    backend = ProcessBackend("background", {})
    backend.enqueue(make_resume_pdfs, (), {})
    wait_for(tmp_path, 1)
    for _ in range(5):
        backend.enqueue(make_resume_pdfs, (), {})
    with pytest.raises(BlockingIOError):
        waiting_lock(make_resume_pdfs.module_path)
    assert begun(tmp_path) == 1
    (tmp_path / "done").touch()
    wait_for(tmp_path, 2)
    waiting_lock(make_resume_pdfs.module_path).close()  # nobody waits any more
    assert begun(tmp_path) == 2


def test_the_next_process_may_wait_as_soon_as_one_works(settings: Any, tmp_path: Path) -> None:
    settings.PRIVATE_ROOT = str(tmp_path)
    with waiting_lock("task") as lock:
        inherited = os.dup(lock.fileno())
    with running_lock("task", inherited), waiting_lock("task"), pytest.raises(BlockingIOError):
        waiting_lock("task")
