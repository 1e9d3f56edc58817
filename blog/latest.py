"""The newest writing, for the home page."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest

from blog.listing import in_order_of
from blog.models import BlogPage, Entry, InterviewPage

POSTS = 6
INTERVIEWS = 3


def latest(request: HttpRequest) -> dict[str, Any]:
    """``latest_posts`` and ``latest_interviews``: entries, newest first."""
    published = Entry.objects.published()
    posts = _newest(published, BlogPage, POSTS)
    interviews = _newest(published, InterviewPage, INTERVIEWS)
    rows = {row.pk: row for row in in_order_of(published, posts + interviews)}
    return {
        "latest_posts": [rows[pk] for pk in posts if pk in rows],
        "latest_interviews": [rows[pk] for pk in interviews if pk in rows],
    }


def _newest(published: Any, model: type[Entry], count: int) -> list[int]:
    kind = ContentType.objects.get_for_model(model)
    return list(published.filter(content_type=kind).values_list("pk", flat=True)[:count])
