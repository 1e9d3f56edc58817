"""The share image of a page: its content, its file name, and whether the file exists.

The file name has a hash of the content, so a file never shows an earlier title, and needs no row in the database.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from urllib.parse import urljoin

from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from wagtail.models import Page

from portfolio.images.share_images.draw import draw_share_image, has_glyphs
from portfolio.models.site_state import cached_for_version

FOLDER = "share"
EDITION = 1  # increase it when the drawing changes: all share images are then made again
CACHE_SECONDS = 60 * 60 * 24


@dataclass(frozen=True, slots=True)
class ShareImage:
    """What the share image of a page shows."""

    pk: int
    title: str
    owner: str
    detail: str
    accent: str

    @property
    def name(self) -> str:
        content = json.dumps([EDITION, self.title, self.owner, self.detail, self.accent])
        return f"{FOLDER}/{self.pk}-{sha256(content.encode()).hexdigest()[:16]}.png"

    def exists(self) -> bool:
        """Whether the file is stored. Cached, since the storage may be slow to answer.

        That it is not is cached for one version of the site: other machines see by the next one that it was made.
        """
        key = f"share-image:{self.name}"
        if cache.get(key):
            return True
        exists = cached_for_version(key, lambda: default_storage.exists(self.name))
        if exists:
            cache.set(key, True, CACHE_SECONDS)
        return exists

    def create(self) -> bool:
        """Draw and store the file; False when it exists already, or the font lacks a character."""
        if default_storage.exists(self.name) or not has_glyphs(f"{self.title}{self.owner}{self.detail}"):
            return False
        default_storage.save(self.name, ContentFile(draw_share_image(self.title, self.owner, self.detail, self.accent)))
        cache.set(f"share-image:{self.name}", True, CACHE_SECONDS)
        return True

    def url(self, page_url: str) -> str:
        return urljoin(page_url, default_storage.url(self.name))


def stored_names() -> list[str]:
    """Names of all share images in the storage."""
    try:
        return [f"{FOLDER}/{name}" for name in default_storage.listdir(FOLDER)[1]]
    except (FileNotFoundError, NotImplementedError):  # there are none yet, or the storage cannot list files
        return []


def delete_files(names: Iterable[str]) -> None:
    for name in names:
        default_storage.delete(name)
        cache.delete(f"share-image:{name}")


def share_image_for(page: Page, site: Any) -> ShareImage:
    """The share image of a page, ``site`` being the site settings. It shows the year, or the period of a role."""
    date = getattr(page, "date", None)
    detail = date.strftime("%Y") if date else getattr(page, "period", "")
    return ShareImage(page.pk, page.title, site.owner_name, detail, site.theme.accent)


def create_missing(pages: Iterable[Page], site: Any) -> int:
    """Make the share images of pages without a cover; the number made."""
    return sum(share_image_for(page, site).create() for page in pages if not getattr(page, "cover_id", None))
