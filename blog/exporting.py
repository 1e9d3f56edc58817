"""What posts and interviews say in front matter."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from blog.models import BlogPage, InterviewPage
from portfolio.importer.rich_text import BLOCK_KEY

# Front matter of an interview written as Markdown, and the page's field that each key is for.
INTERVIEW_KEYS = {
    "interviewee": "interviewee_name",
    "interviewee_role": "interviewee_role",
    "interviewee_organisation": "interviewee_organisation",
    "interviewer": "interviewer",
    "interviewer_role": "interviewer_role",
    "publication": "source_publication",
    "source_url": "source_url",
    "photo_credit": "photo_credit",
    "reading_minutes": "reading_minutes_given",
}


def describe_post(page: BlogPage | InterviewPage) -> dict[str, Any]:
    """The fields of an entry as its front matter has them: names sorted, moments in UTC, pictures by their id."""
    return {
        "title": page.title,
        "date": moment(page.date),
        "updated": moment(page.updated),
        "summary": BLOCK_KEY.sub("", page.summary),
        "description": page.search_description,
        "image": page.cover_id,
        "categories": sorted(category.name for category in page.categories.all()),
        "tags": sorted(tag.name for tag in page.tags.all()),
        "skills": sorted(skill.name for skill in page.skills.all()),
        "authors": sorted(person.name for person in page.authors.all()),
        "series": page.series.title if page.series else "",
        "series_position": page.series_position,
        "canonical_url": page.canonical_url,
        "published": page.live,
    }


def describe_interview(page: InterviewPage) -> dict[str, Any]:
    own = {key: getattr(page, field) for key, field in INTERVIEW_KEYS.items()}
    return {**describe_post(page), **own, "photo": page.interviewee_photo_id}


def moment(value: datetime | None) -> str | None:
    return value.astimezone(UTC).isoformat() if value else None
