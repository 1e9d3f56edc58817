"""Timeline: ongoing roles first, and those at one organisation together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from experience.duration import total_time

if TYPE_CHECKING:
    from experience.models import ExperiencePage, Organisation


@dataclass(frozen=True, slots=True)
class RoleGroup:
    """An organisation with its roles, in order, at least one; or None with a role that names no organisation."""

    organisation: Organisation | None
    roles: list[ExperiencePage]

    @property
    def duration(self) -> str:
        """How long the roles took together, as in "5 years"; "" when it is unknown."""
        return total_time(self.roles, timezone.localdate())


def recency(role: ExperiencePage) -> tuple[bool, int, int, str]:
    """Sort key: ongoing first, then by end, then by start (latest first, unknown last), then by hand (the tree)."""
    return (not role.ongoing, *(-(day or date.min).toordinal() for day in (role.end, role.start)), role.path)


def in_order(roles: Iterable[ExperiencePage]) -> list[ExperiencePage]:
    return sorted(roles, key=recency)


def timeline(roles: Iterable[ExperiencePage]) -> list[RoleGroup]:
    """Group the roles by organisation; a group stands where its first role stands. One without is a group alone."""
    groups: dict[tuple[bool, Any], RoleGroup] = {}
    for role in in_order(roles):
        is_alone = role.organisation_id is None  # several of these have nothing in common
        key = (is_alone, role.pk if is_alone else role.organisation_id)
        groups.setdefault(key, RoleGroup(role.organisation, [])).roles.append(role)
    return list(groups.values())
