"""What plain pages, the front page and the site's settings say in a Markdown tree."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from wagtail.models import Site

from portfolio.exporter.front_matter import new_front_matter
from portfolio.exporter.keys import first_key, publication, text_key
from portfolio.exporter.plan import Context
from portfolio.importer.rich_text import BLOCK_KEY
from portfolio.models import HomePage, SiteSettings, StandardPage

PROFILES = {
    "github_username": "https://github.com/",
    "gitlab_username": "https://gitlab.com/",
    "linkedin_username": "https://www.linkedin.com/in/",
    "stackoverflow_username": "https://stackoverflow.com/users/",
    "twitter_username": "https://x.com/",
}


def describe_page(page: StandardPage) -> dict[str, Any]:
    """The fields of a page as its front matter has them."""
    return {"title": page.title, "description": page.summary, "published": page.live}


def describe_home(page: HomePage) -> dict[str, Any]:
    return {"title": page.title, "intro": BLOCK_KEY.sub("", page.intro), "published": page.live}


def changed_keys(before: Mapping[str, Any], after: Mapping[str, Any], context: Context) -> dict[str, Any]:
    """The keys of a plain page or the front page that differ."""
    changes: dict[str, Any] = {}
    for name, value in after.items():
        if value == before.get(name):
            continue
        if name == "published":
            changes |= publication(value, context.existing)
        elif name == "description":
            changes |= text_key(first_key(context.existing, ("description", "summary")), value, context.existing)
        else:
            changes |= text_key(name, value, context.existing)
    return changes


class StandardPageExport:
    model = StandardPage

    def describe(self, page: StandardPage) -> dict[str, Any]:
        return describe_page(page)

    def changes(self, before: Mapping[str, Any], after: Mapping[str, Any], context: Context) -> dict[str, Any]:
        return changed_keys(before, after, context)

    def front_matter(self, page: StandardPage, context: Context) -> dict[str, Any]:
        return {
            "layout": "page",
            "title": page.title,
            "permalink": context.addresses.own[page.pk],
            "description": page.summary,
            **publication(page.live, {}),
        }

    def path(self, page: StandardPage, context: Context) -> str:
        return f"{context.addresses.own[page.pk].strip('/')}.md"


class HomePageExport:
    model = HomePage

    def describe(self, page: HomePage) -> dict[str, Any]:
        return describe_home(page)

    def changes(self, before: Mapping[str, Any], after: Mapping[str, Any], context: Context) -> dict[str, Any]:
        return changed_keys(before, after, context)

    def front_matter(self, page: HomePage, context: Context) -> dict[str, Any]:
        return {"layout": "home", "title": page.title, "permalink": "/", "intro": BLOCK_KEY.sub("", page.intro)}

    def path(self, page: HomePage, context: Context) -> str:
        return "index.md"


def new_config(blog_path: str) -> bytes:
    """``_config.yml`` that says of the site and its owner what the settings do."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None:
        return b"markdown: kramdown\n"
    settings = SiteSettings.for_site(site)
    links = [child.value["url"] for child in settings.links]
    profiles = {
        key: link.removeprefix(start).strip("/")
        for key, start in PROFILES.items()
        for link in links
        if link.startswith(start)
    }
    author = {name: text for name, text in (("name", settings.owner_name), ("email", settings.email)) if text}
    values = {
        "title": site.site_name or settings.owner_name,
        "description": settings.headline,
        "url": site.root_url if urlsplit(site.root_url).hostname not in ("localhost", "127.0.0.1") else "",
        "author": author,
        **profiles,
        "lang": settings.language_code,
        "timezone": settings.time_zone,
        "permalink": f"{blog_path}:title/",
        "markdown": "kramdown",
    }
    return new_front_matter(values).removeprefix("---\n").removesuffix("---\n").encode()
