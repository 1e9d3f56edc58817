"""What the experience index and its entries say in front matter and in headings."""

from __future__ import annotations

from typing import Any

from experience.models import ExperienceIndexPage, ExperiencePage
from portfolio.importer.rich_text import BLOCK_KEY


def describe_index(page: ExperienceIndexPage) -> dict[str, Any]:
    return {"title": page.title, "published": page.live}


def describe_entry(page: ExperiencePage) -> dict[str, Any]:
    """What the heading of an entry says, and what stands nowhere in its text."""
    return {
        "organisation": page.organisation.name if page.organisation else "",
        "role": page.role,
        "employment_type": page.employment_type,
        "period": page.period_text,
        "title": page.title,
        "location": page.location,
        "summary": BLOCK_KEY.sub("", page.summary),
        "skills": sorted(skill.name for skill in page.skills.all()),
        "published": page.live,
    }
