"""Pages of the guide as HTML, in the order of its README."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.urls import reverse

from portfolio.markdown.html.sanitise import sanitise
from portfolio.markdown.options import Options
from portfolio.markdown.render import to_html

FOLDER = Path(settings.BASE_DIR) / "docs" / "guide"
PICTURES = Path(settings.BASE_DIR) / "docs" / "images" / "guide"

LISTED = re.compile(r"^\d+\. \[([^\]]+)\]\(([a-z-]+)\.md\)$", re.MULTILINE)
TITLE = re.compile(r"\A# .+\n")
PAGE_LINK = re.compile(r'href="([a-z-]+)\.md(?=["#])')
PICTURE = re.compile(r'src="\.\./images/guide/([a-z-]+)\.webp"')


@dataclass(frozen=True, slots=True)
class GuidePage:
    name: str
    title: str

    @property
    def url(self) -> str:
        return reverse("guide_page", args=[self.name])

    def html(self) -> str:
        """The text without the title, as HTML."""
        text = TITLE.sub("", (FOLDER / f"{self.name}.md").read_text("utf-8"))
        html = sanitise(to_html(text, Options(smart_quotes=False)))
        html = PAGE_LINK.sub(lambda found: f'href="{reverse("guide_page", args=[found[1]])}', html)
        return PICTURE.sub(lambda found: f'src="{reverse("guide_picture", args=[found[1]])}"', html)


@cache
def pages() -> tuple[GuidePage, ...]:
    """All pages in order; none when the documentation is not installed."""
    readme = FOLDER / "README.md"
    listed = LISTED.findall(readme.read_text("utf-8")) if readme.is_file() else []
    return tuple(GuidePage(name, title) for title, name in listed)
