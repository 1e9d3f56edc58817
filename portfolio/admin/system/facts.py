"""System facts: versions, services, background work, storage and mail, without passwords."""

from __future__ import annotations

import platform
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import django
import wagtail
from django.conf import settings
from django.core.cache import cache
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import connection
from django.template.defaultfilters import filesizeformat
from django.utils import timezone

from portfolio.admin.content_checks.dashboard import SCHEDULER_TIMEOUT
from portfolio.admin.jobs.private_files import private_folder
from portfolio.delivery.monitoring.readiness import FAILING, current_states
from portfolio.delivery.release import release
from portfolio.models.heartbeats import BACKUP, SCHEDULER, WORKER, WORKER_TIMEOUT, Heartbeat

BACKUP_AGE = timedelta(days=7)
LOW_SPACE = 1024**3  # bytes
SERVICES = ("database", "migrations", "cache", "media", "queue")


@dataclass(frozen=True, slots=True)
class SystemFact:
    name: str
    value: str
    warning: bool = False


def system_facts() -> dict[str, list[SystemFact]]:
    """The facts by heading."""
    return {
        "Versions": list(versions()),
        "Services": list(services()),
        "Background work": list(background_work()),
        "Files and mail": list(files_and_mail()),
    }


def versions() -> Iterator[SystemFact]:
    database = ".".join(map(str, connection.get_database_version()))
    yield SystemFact("Portfolio", f"release {release()[:40]}")
    yield SystemFact("Django", django.get_version())
    yield SystemFact("Wagtail", wagtail.__version__)
    yield SystemFact("Python", platform.python_version())
    yield SystemFact(connection.display_name, database)


def services() -> Iterator[SystemFact]:
    states = current_states()
    for name in SERVICES:
        if name in states:
            failing = states[name] == FAILING
            yield SystemFact(name.capitalize(), "failing; the log has the reason" if failing else "works", failing)


def background_work() -> Iterator[SystemFact]:
    beats = {beat.name: beat for beat in Heartbeat.objects.all()}
    if settings.TASK_QUEUE == "database":
        yield last_time("Worker", beats.get(WORKER), WORKER_TIMEOUT, "not running")
    else:
        yield SystemFact("Worker", "none needed: each task has a process of its own")
    yield last_time("Scheduled pages", beats.get(SCHEDULER), SCHEDULER_TIMEOUT, "publish_scheduled has never run")
    # Perhaps the server is backed up in another way.
    backup = beats.get(BACKUP)
    yield last_time("Backup", backup, BACKUP_AGE) if backup else SystemFact("Backup", "none of manage.py backup")


def last_time(name: str, beat: Heartbeat | None, longest: timedelta, never: str = "") -> SystemFact:
    if beat is None:
        return SystemFact(name, never, warning=True)
    at = f"{timezone.localtime(beat.at):%-d %B %Y, %H:%M %Z}"
    return SystemFact(name, f"last at {at}", timezone.now() - beat.at > longest)


def files_and_mail() -> Iterator[SystemFact]:
    local = isinstance(default_storage, FileSystemStorage)
    yield SystemFact(
        "Uploaded files", str(default_storage.location) if local else f"bucket {settings.AWS_STORAGE_BUCKET_NAME}"
    )
    folder = Path(default_storage.location) if local else private_folder()
    existing = next(place for place in (folder, *folder.parents) if place.exists())
    free = shutil.disk_usage(existing).free
    yield SystemFact("Free disk space", filesizeformat(free), free < LOW_SPACE)
    redis = urlsplit(settings.REDIS_URL)
    shared = hasattr(cache, "check_server")
    yield SystemFact("Cache", f"Redis at {redis.hostname}" if shared else "in the memory of each process")
    yield SystemFact("Mail server", mail_server())
    yield SystemFact("Sender of mail", settings.DEFAULT_FROM_EMAIL)


def mail_server() -> str:
    """Host and port, or the kind of another mail backend: "console", "locmem"."""
    backend = settings.EMAIL_URL["EMAIL_BACKEND"]
    if backend.endswith("smtp.EmailBackend"):
        return f"{settings.EMAIL_URL['EMAIL_HOST']}:{settings.EMAIL_URL['EMAIL_PORT']}"
    return backend.split(".")[-2]
