"""What a visitor sees who follows a link to nowhere."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from blog.latest import POSTS, newest
from blog.models import BlogPage


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A page with a search form and the newest writing."""
    return render(request, "404.html", {"latest_posts": newest(BlogPage, POSTS)}, status=404)
