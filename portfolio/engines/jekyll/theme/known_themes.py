"""Theme conventions: well-known themes, whose files are in a gem and not in the source of the site."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from portfolio.engines.jekyll.site import JekyllSite

BEAUTIFUL, CHIRPY, HYDEOUT, MINIMAL_MISTAKES = "beautiful-jekyll", "chirpy", "hydeout", "minimal-mistakes"
JUST_THE_DOCS = "just-the-docs"
# Chirpy's names for the folder of a document's media; the second is that of its versions 3 to 6.
_MEDIA_FOLDERS = ("media_subpath", "img_path")


def theme(config: Mapping[str, Any]) -> str:
    """Return the well-known theme of a Jekyll site, "" for any other."""
    configured = f"{config.get('theme') or ''} {config.get('remote_theme') or ''}".lower()
    return next(
        (name for name in (BEAUTIFUL, CHIRPY, HYDEOUT, MINIMAL_MISTAKES, JUST_THE_DOCS) if name in configured), ""
    )


def media_subpath(data: Mapping[str, Any], site: JekyllSite) -> str:
    """Return the folder of the document's media, "" if it has none of its own."""
    # A copy of the theme in the source has no name; the older key has other meanings in other themes.
    names = {CHIRPY: _MEDIA_FOLDERS, "": _MEDIA_FOLDERS[:1]}.get(theme(site.config), ())
    folder = next((data[name] for name in names if isinstance(data.get(name), str)), "")
    return folder.strip()
