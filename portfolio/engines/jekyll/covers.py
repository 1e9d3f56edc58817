"""Cover of a document: the address of its main picture, from the spellings of themes."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from portfolio.engines import front_matter_values as values_of
from portfolio.engines.jekyll.site import JekyllSite
from portfolio.markdown.addresses import split_address

# Front matter does not run Liquid, but themes that print it through ``relative_url`` have readers write it there.
_BASE = re.compile(r"{{-?\s*site\.(?:url|baseurl)[^}]*}}")
_FILTERED = re.compile(r"""{{-?\s*["']([^"']*)["']\s*\|\s*(relative_url|absolute_url)\s*-?}}""")
# Folders in front of which a layout puts the name of a picture.
_FOLDERS = ("", "images", "img", "assets/img", "assets/images", "assets", "static/img", "img/posts", "images/posts")


def cover(data: Mapping[str, Any], path: str, address: str, site: JekyllSite) -> str:
    """Return the address of the cover of the document at ``path``, "" if it has none.

    A relative one is looked for next to the page, next to the file, and then from the top of the site.
    """
    above = (posixpath.dirname(address).strip("/"), posixpath.dirname(path))
    return local_picture(site.root, values_of.image(data), site.config, above)


def local_picture(root: Path, written: str, config: Mapping[str, Any], above: Sequence[str] = ()) -> str:
    """Return the address of a picture that is in one of the folders ``above`` or those of themes, else as written."""
    base = str(config.get("baseurl") or "").strip("/")
    base = f"/{base}" if base else ""
    written = _BASE.sub(base, _FILTERED.sub(lambda match: base + "/" + match[1].lstrip("/"), written)).strip()
    if not written or written.startswith(("/", "#", "data:")) or split_address(written).scheme:
        return "" if written.startswith("#") else re.sub(r"^/+(?=/)", "", written)
    for folder in (*above, *_FOLDERS):
        candidate = posixpath.normpath(posixpath.join(folder, written))
        if not candidate.startswith("..") and (root / candidate).is_file():
            return f"{base}/{candidate}"
    return written
