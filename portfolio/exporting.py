"""What plain pages and the front page say in front matter."""

from __future__ import annotations

from typing import Any

from portfolio.models import HomePage, StandardPage


def describe_page(page: StandardPage) -> dict[str, Any]:
    """The fields of a page as its front matter has them."""
    return {"title": page.title, "description": page.summary, "published": page.live}


def describe_home(page: HomePage) -> dict[str, Any]:
    return {"title": page.title, "published": page.live}
