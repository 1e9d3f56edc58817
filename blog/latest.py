"""Home page part: the newest posts and interviews."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest

from blog.models import BlogPage, Entry, InterviewPage

POSTS = 6
INTERVIEWS = 3


def latest(request: HttpRequest) -> dict[str, Any]:
    """``latest_posts`` and ``latest_interviews``: entries, newest first."""
    return {"latest_posts": newest(BlogPage, POSTS), "latest_interviews": newest(InterviewPage, INTERVIEWS)}


def newest(model: type[Entry], count: int) -> list[Entry]:
    kind = ContentType.objects.get_for_model(model)
    return list(Entry.objects.published().filter(content_type=kind)[:count])
