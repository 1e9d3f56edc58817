"""Fetch the facts of all repositories that public projects link to; what cannot be fetched keeps its old facts."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import timedelta

from django.utils import timezone

from experience.models import ProjectPage, RepositoryFacts
from experience.repositories.fetch import RepositoryError
from experience.repositories.forges import ReadFacts, Repository

MAX_REPOSITORIES = 300  # of one run
MAX_SECONDS = 600

Fetch = Callable[[Repository], ReadFacts]


@dataclass(slots=True)
class FactsUpdate:
    """What became of the repositories, by address; ``failed`` has the reasons."""

    updated: list[str] = field(default_factory=list)
    recent: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)
    left: int = 0


def linked_repositories() -> dict[str, Repository]:
    """The repositories of public projects, by address."""
    found = (page.repository for page in ProjectPage.objects.published().defer("body"))
    return {repository.address: repository for repository in found if repository is not None}


def update_facts(fetch: Fetch, max_age: timedelta = timedelta()) -> FactsUpdate:
    """Fetch the facts that are older than ``max_age``. Facts of repositories that no project links to are deleted."""
    result = FactsUpdate()
    repositories = linked_repositories()
    RepositoryFacts.objects.exclude(address__in=repositories).delete()
    fetched = dict(RepositoryFacts.objects.values_list("address", "fetched_at"))
    oldest_first = sorted(repositories, key=lambda address: (address in fetched, fetched.get(address, timezone.now())))
    end = time.monotonic() + MAX_SECONDS
    for address in oldest_first:
        if address in fetched and timezone.now() - fetched[address] < max_age:
            result.recent.append(address)
        elif len(result.updated) + len(result.failed) >= MAX_REPOSITORIES or time.monotonic() > end:
            result.left += 1
        else:
            update(repositories[address], fetch, result)
    return result


def update(repository: Repository, fetch: Fetch, result: FactsUpdate) -> None:
    try:
        facts = fetch(repository)
    except RepositoryError as error:
        result.failed[repository.address] = str(error)
        return
    values = {**asdict(facts), "fetched_at": timezone.now()}
    RepositoryFacts.objects.update_or_create(address=repository.address, defaults=values)
    result.updated.append(repository.address)
