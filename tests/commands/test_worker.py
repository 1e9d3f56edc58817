"""``worker``: a heartbeat while it runs, and an error without a queue."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.project.test_settings import PRODUCTION, start


def test_without_a_queue_the_error_says_what_to_set() -> None:
    with pytest.raises(CommandError, match="Set TASK_QUEUE=database"):
        call_command("worker")


def test_a_worker_has_a_heartbeat_until_it_is_told_to_stop(tmp_path: Any) -> None:
    done = start(
        "import django; django.setup()\n"
        "import os, signal, threading, time\n"
        "from django.core.management import call_command\n"
        "from portfolio.models import heartbeats\n"
        "call_command('migrate', verbosity=0)\n"
        "print(heartbeats.is_worker_running())\n"
        "heartbeats.INTERVAL = 0.1\n"
        "def stop():\n"
        "    first = None\n"
        "    while not (first := heartbeats.Heartbeat.objects.first()): time.sleep(0.05)\n"
        "    print(heartbeats.is_worker_running(), first.name)\n"
        "    while heartbeats.Heartbeat.objects.get().at == first.at: time.sleep(0.05)\n"
        "    os.kill(os.getpid(), signal.SIGTERM)\n"
        "threading.Thread(target=stop).start()\n"
        "try:\n"
        "    call_command('worker', verbosity=0)\n"
        "except SystemExit as stopped:\n"
        "    print(stopped.code, heartbeats.is_worker_running())\n",
        **PRODUCTION,
        TASK_QUEUE="database",
        DATABASE_URL=f"sqlite:///{tmp_path / 'db.sqlite3'}",
    )
    assert done.stdout.splitlines() == ["False", "True worker", "0 False"], done.stdout + done.stderr
