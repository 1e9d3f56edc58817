"""What a visitor sees who follows a link to nowhere."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from wagtail.models import Page

from blog.latest import POSTS, newest
from blog.models import BlogPage
from portfolio.visibility import open_to_everybody

NEAREST = 3
LOOKED_AT = 60
WORD = re.compile(r"[^\W\d_]{4,}")
LONGEST = 3  # of the words in the address so many are looked for
ENDING = re.compile(r"\.(?:html?|php|aspx?|md)$")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A page with what is called nearly so, a search form and the newest writing."""
    context = {"nearest": nearest(request.path), "latest_posts": newest(BlogPage, POSTS)}
    return render(request, "404.html", context, status=404)


def nearest(path: str) -> list[Page]:
    """Pages for everybody whose address is most like the end of ``path``, from one query; none without a word."""
    wanted = ENDING.sub("", path.rstrip("/").rpartition("/")[2].lower())[:200]
    words = sorted(set(WORD.findall(wanted)), key=len, reverse=True)[:LONGEST]
    if not words:
        return []
    alike = Q()
    for word in words:
        alike |= Q(slug__contains=word[: max(4, len(word) - 2)])  # whatever its ending
    found = open_to_everybody(Page.objects.live().filter(alike, depth__gt=2)).order_by("-pk")[:LOOKED_AT]
    scored = ((SequenceMatcher(None, wanted, page.slug).ratio(), page) for page in found)
    likely = sorted((item for item in scored if item[0] > 0.4), key=lambda item: -item[0])
    return [page for _, page in likely[:NEAREST]]
