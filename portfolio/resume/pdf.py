"""The CV as a PDF: a file among the private ones, whose name tells what it shows.

So a file that shows anything else than what is public now is never handed out: a page that was taken back changes the
name. Nothing is set when a page is asked for; that takes a second, and needs WeasyPrint (the extra ``pdf``).
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import urlsplit

import font_source_serif_pro
from bs4 import BeautifulSoup
from django.core.files.storage import default_storage
from django.template.loader import render_to_string
from django.utils import timezone
from PIL import ImageFile

from portfolio.desk.private_files import folder
from portfolio.models import CustomImage, SiteSettings
from portfolio.models.images import PLAIN_FORMATS
from portfolio.renditions.sizes import SQUARE
from portfolio.resume.content import Resume

logger = logging.getLogger(__name__)

# No static file: it names files of this machine, and no browser asks for it.
STYLES = Path(__file__).parent / "on_paper.css"
FACES = Path(font_source_serif_pro.__file__).parent / "files"
# What paper cannot show, and what a formula is besides its TeX.
ON_SCREEN_ONLY = "audio, button, iframe, img, picture, script, source, style, svg, template, video, a.heading-anchor"


@dataclass(frozen=True, slots=True)
class Sheet:
    """The CV as it goes to the printer; ``root`` is the address of the site, which its links are read from."""

    owner: SiteSettings
    html: str
    root: str

    @property
    def digest(self) -> str:
        return sha256(f"{styles()}{self.root}{self.html}".encode()).hexdigest()[:24]

    @property
    def file(self) -> Path:
        return folder() / f"resume-{self.owner.site_id}-{self.digest}.pdf"


def is_possible() -> bool:
    return find_spec("weasyprint") is not None


@cache
def styles() -> str:
    return STYLES.read_text(encoding="utf-8").replace("FACES", FACES.as_uri())


def sheet_of(resume: Resume, owner: SiteSettings) -> Sheet:
    """The same for a request and for a task, which has none. What changes by itself, such as how long, is left out."""
    site = owner.site
    context = {"resume": resume, "site": owner, "portrait": portrait_of(owner), "root": site.root_url}
    return Sheet(owner, render_to_string("experience/resume_on_paper.html", context), site.root_url)


def portrait_of(owner: SiteSettings) -> str:
    """The portrait's file in the storage; "" without one."""
    image: CustomImage | None = owner.portrait
    if image is None:
        return ""
    made = image.made.get("files", {}).get(SQUARE, {})
    return next((made[kind][0] for kind in PLAIN_FORMATS if kind in made), image.file.name)


def make(sheet: Sheet) -> bool:
    """Set the PDF unless it is there, and remove those that show what was; whether one was made."""
    target = sheet.file
    if not target.exists():
        whole = target.with_suffix(".new")
        whole.write_bytes(typeset(sheet))
        whole.replace(target)
        made = True
    else:
        made = False
    for old in folder().glob(f"resume-{sheet.owner.site_id}-*.pdf"):
        if old != target:
            old.unlink(missing_ok=True)
    return made


def loaded_weasyprint() -> ModuleType:
    """The library, without what loading it does to the process: it has Pillow take images that break off."""
    takes_broken = ImageFile.LOAD_TRUNCATED_IMAGES
    import weasyprint

    ImageFile.LOAD_TRUNCATED_IMAGES = takes_broken
    return weasyprint


def typeset(sheet: Sheet) -> bytes:
    """The PDF, tagged for those who have it read to them. It asks nothing of any network."""
    weasyprint = loaded_weasyprint()
    fonts = weasyprint.text.fonts.FontConfiguration()
    fetcher = fetcher_for(portrait_of(sheet.owner))
    said = f"{urlsplit(sheet.root).netloc}/resume/, {timezone.localdate():%B %Y}"
    foot = f"@page {{ @bottom-left {{ content: {quoted(said)}; }} }}"
    sheets = [
        weasyprint.CSS(string=text, url_fetcher=fetcher, font_config=fonts, base_url=sheet.root)
        for text in (styles(), foot)
    ]
    document = weasyprint.HTML(string=printable(sheet.html), base_url=f"{sheet.root}/", url_fetcher=fetcher)
    return document.write_pdf(stylesheets=sheets, font_config=fonts, pdf_variant="pdf/ua-1")


def printable(html: str) -> str:
    soup = BeautifulSoup(html, "html.parser")
    for element in soup.select(".body"):
        for found in element.select(ON_SCREEN_ONLY):
            found.decompose()
    return str(soup)


def quoted(text: str) -> str:
    """A string of CSS."""
    return '"' + "".join(f"\\{ord(sign):x} " if sign in '"\\\n' else sign for sign in text) + '"'


def fetcher_for(portrait: str) -> Any:
    """What WeasyPrint may read: the portrait and the faces, nothing else."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OwnFiles(URLFetcher):
        def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
            if portrait and url == f"storage:{portrait}":
                with default_storage.open(portrait) as file:
                    return URLFetcherResponse(url, file.read())
            if url.startswith(f"{FACES.as_uri()}/") and ".." not in url:
                return super().fetch(url, headers)
            raise ValueError(f"The CV does not show {url}")

    return OwnFiles(allowed_protocols=["file"])
