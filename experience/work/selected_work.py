"""Home page part: the owner's featured work."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from experience.models import ProjectPage
from experience.work.project_list import in_project_order
from portfolio.content.registry import has_pages

MOST = 6


def selected_work(request: HttpRequest) -> dict[str, Any]:
    """``selected_work``: featured projects in their order, without bodies."""
    if not has_pages(ProjectPage):
        return {"selected_work": []}
    projects = ProjectPage.objects.published().filter(featured=True).select_related("cover").defer("body")
    return {"selected_work": in_project_order(projects)[:MOST]}
