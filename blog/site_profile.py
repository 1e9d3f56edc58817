"""Site profile of the blog: what an export asks about the posts of a site."""

from __future__ import annotations

from urllib.parse import urlsplit

from blog.models import BlogIndexPage


def posts_profile() -> dict[str, str]:
    """Where the posts of an exported site stand: below the blog's address."""
    index = BlogIndexPage.objects.live().first()
    path = urlsplit(index.url or "/blog/").path if index else "/blog/"
    return {"posts_path": path}
