"""Background task that fetches the facts of a project's repository when the project is published."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from experience.models import ProjectPage
from portfolio.admin.jobs.backends import background_task

logger = logging.getLogger(__name__)

MAX_AGE = timedelta(days=1)


@background_task
def fetch_repository_facts() -> int:
    """Fetch facts that are missing or older than a day; how many were fetched."""
    from experience.repositories.fetch import RepositoryFetcher
    from experience.repositories.store import update_facts

    result = update_facts(RepositoryFetcher(), MAX_AGE)
    for address, reason in result.failed.items():
        logger.warning("Facts of %s could not be fetched: %s", address, reason)
    return len(result.updated)


def enqueue_for_project(instance: ProjectPage, **kwargs: Any) -> None:
    """Signal handler: only where the owner has switched it on, since it asks another host."""
    if settings.REPOSITORY_FACTS and instance.repository is not None:
        transaction.on_commit(fetch_repository_facts.enqueue, robust=True)
