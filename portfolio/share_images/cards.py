"""Which picture a page has, where it lies, and whether it is there.

Its name holds a digest of what it shows, so a picture is never that of an earlier title, and needs no row in the
database.
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

from portfolio.share_images.drawing import can_write, draw_card

EDITION = 1  # of the drawing; another makes all pictures anew
ACCENT = "#9b2f1d"
KNOWN, SOUGHT_AGAIN = 60 * 60 * 24, 60  # seconds


@dataclass(frozen=True, slots=True)
class Card:
    """What a page's picture says."""

    pk: int
    title: str
    owner: str
    detail: str
    accent: str

    @property
    def name(self) -> str:
        said = json.dumps([EDITION, self.title, self.owner, self.detail, self.accent])
        return f"share/{self.pk}-{sha256(said.encode()).hexdigest()[:16]}.png"

    def is_there(self) -> bool:
        """Asked of the storage, which may be far away, and remembered."""
        key = f"share-image:{self.name}"
        found = cache.get(key)
        if found is None:
            found = default_storage.exists(self.name)
            cache.set(key, found, KNOWN if found else SOUGHT_AGAIN)
        return bool(found)

    def make(self) -> bool:
        """Draw and store it, unless it is there or the face lacks a letter; whether it was made."""
        if default_storage.exists(self.name) or not can_write(f"{self.title}{self.owner}{self.detail}"):
            return False
        default_storage.save(self.name, ContentFile(draw_card(self.title, self.owner, self.detail, self.accent)))
        cache.set(f"share-image:{self.name}", True, KNOWN)
        return True

    def url(self, page_url: str) -> str:
        return urljoin(page_url, default_storage.url(self.name))


def card_of(page: Page, site: Any) -> Card:
    """``site`` are the owner's settings; a page without a date says the period of its role, or nothing."""
    day = getattr(page, "date", None)
    detail = day.strftime("%Y") if day else getattr(page, "period_text", "")
    return Card(page.pk, page.title, site.owner_name, detail, site.accent_colour or ACCENT)


def make_cards(pages: Iterable[Page], site: Any) -> int:
    return sum(card_of(page, site).make() for page in pages if not getattr(page, "cover_id", None))
