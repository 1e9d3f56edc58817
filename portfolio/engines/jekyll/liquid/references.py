"""References between documents: Jekyll's ``post_url`` and ``link``."""

from __future__ import annotations

import re

from portfolio.documents.dates import ruby_date
from portfolio.engines.jekyll.site import JekyllSite

_POST_NAME = re.compile(r"/?((?:.+/)*)(\d+-\d+-\d+)-(.*)")


def find_post(site: JekyllSite, name: str) -> str | None:
    """Return the URL of the published post with this file name (without extension), in the given or any folder."""
    match = _POST_NAME.fullmatch(name)
    if match is None:
        return None
    folder, day, slug = match.groups()
    base = rf"{day}-{re.escape(slug)}\.[^.]+"
    pattern = re.compile(rf"_posts/{re.escape(folder)}{base}|{re.escape(folder)}_posts/?{base}")
    posts = [entry for entry in site.entries if entry.kind == "post" and entry.public]
    for entry in posts:
        if pattern.match(entry.label_path):
            return entry.url
    try:
        date = ruby_date(day, site.local).date()
    except ValueError:
        return None
    for entry in posts:
        if entry.slug == slug and entry.date is not None and entry.date.date() == date:
            return entry.url
    return None


def find_file(site: JekyllSite, path: str) -> str | None:
    """Return the URL of the document or other file at ``path``."""
    wanted = path.lstrip("/")
    for entry in site.entries:
        if wanted in (entry.path, entry.label_path):
            return entry.url
    hidden = any(part.startswith((".", "_")) for part in wanted.split("/"))
    target = site.root / wanted
    if wanted and not hidden and ".." not in wanted.split("/") and target.is_file():
        return "/" + wanted
    return None
