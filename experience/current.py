"""Home page part: the owner's current roles."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from experience.models import ExperiencePage
from experience.timeline import in_order


def current_roles(request: HttpRequest) -> dict[str, Any]:
    """``current_roles``: the ongoing roles, the one begun last first, without bodies."""
    roles = ExperiencePage.objects.published().filter(ongoing=True).select_related("organisation")
    return {"current_roles": in_order(roles.defer_streamfields())}
