"""Owner page: portrait and headline in the front matter of the page about the owner, as al-folio has them."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from portfolio.documents.front_matter import FrontMatterError, split_front_matter
from portfolio.documents.limits import MAX_FILE
from portfolio.documents.site_profile import SiteProfile
from portfolio.engines.jekyll.covers import local_picture
from portfolio.engines.site_profile import plain
from portfolio.engines.source import SourceTree
from portfolio.engines.walk import read_bytes

_NAMES = frozenset({"about", "index"})


def with_owner_page(profile: SiteProfile, source: SourceTree) -> SiteProfile:
    """Return the profile with what the configuration does not say."""
    if profile.portrait and profile.headline:
        return profile
    for values in _front_matter(source):
        about = values.get("profile")
        if isinstance(about, Mapping) and isinstance(image := about.get("image"), str):
            portrait = local_picture(source.root, image, source.config)
            headline = plain(values.get("subtitle"))
            return replace(profile, portrait=profile.portrait or portrait, headline=profile.headline or headline)
    return profile


def _front_matter(source: SourceTree) -> Iterator[Mapping[str, Any]]:
    for file in source.files:
        if file.kind != "page" or posixpath.splitext(posixpath.basename(file.path))[0] not in _NAMES:
            continue
        try:
            yield split_front_matter(read_bytes(file.absolute, MAX_FILE)).values
        except (OSError, ValueError, FrontMatterError):
            continue
