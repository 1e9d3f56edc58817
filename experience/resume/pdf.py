"""The résumé as a PDF: a private file with a digest of its content in its name.

So a file is served only while it shows exactly what is public: a page that is unpublished changes the name. PDFs are
made in the background and never for a request; one takes a second, and needs Pango (`experience.pango`).
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import urlsplit

from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from PIL import ImageFile

from experience.resume.build import Resume
from portfolio.admin.jobs.private_files import private_storage
from portfolio.images.rendition_sizes import SQUARE
from portfolio.images.share_images.draw import FONTS
from portfolio.languages.reader_language import use_site_language
from portfolio.models import CustomImage, SiteSettings
from portfolio.models.images import FALLBACK_FORMATS
from portfolio.models.site_state import cached_for_version

logger = logging.getLogger(__name__)

# Not a static file: it names files of this machine, and no browser asks for it.
STYLES = Path(__file__).parent / "print.css"
# Elements that paper cannot show, and the parts of a formula beside its TeX.
SCREEN_ONLY = "audio, button, iframe, img, picture, script, source, style, svg, template, video, a.heading-anchor"


@dataclass(frozen=True, slots=True)
class ResumePdf:
    """A PDF that is made or can be made: its HTML, and the address of the site (``root``), the base of its links."""

    owner: SiteSettings
    html: str
    root: str

    @property
    def digest(self) -> str:
        # Without the folder of the fonts: the name is the same on every machine, wherever the project is installed.
        return sha256(f"{style_sheet()}{self.root}{self.html}".encode()).hexdigest()[:24]

    @property
    def name(self) -> str:
        """The name of the file in the private storage."""
        return f"resume-{self.owner.site_id}-{self.digest}.pdf"

    def exists(self) -> bool:
        """Whether the PDF is made; asked once for each version of the site, which changes when it is."""
        return cached_for_version(("resume-pdf", self.name), lambda: private_storage().exists(self.name))


@cache
def style_sheet() -> str:
    return STYLES.read_text(encoding="utf-8")


def pdf_of(resume: Resume, owner: SiteSettings) -> ResumePdf:
    """The same for a request and for a task. Values that change with time, such as durations, are left out."""
    site = owner.site
    context = {"resume": resume, "site": owner, "portrait": portrait_of(owner), "root": site.root_url}
    with use_site_language(owner.language_code):
        return ResumePdf(owner, render_to_string("experience/resume_print.html", context), site.root_url)


def portrait_of(owner: SiteSettings) -> str:
    """The portrait as the HTML names it; "" without one. Not a rendition: the PDF is the same before there are any."""
    return owner.portrait.file.name if owner.portrait else ""


def portrait_file(image: CustomImage) -> str:
    """The smallest file in the storage that shows the portrait: a rendition, if it is made already."""
    files = image.rendition_index.get("files", {}).get(SQUARE, {})
    return next((files[kind][0] for kind in FALLBACK_FORMATS if kind in files), image.file.name)


def make(pdf: ResumePdf) -> bool:
    """Make the PDF unless it exists, and remove outdated ones; whether it was made."""
    storage = private_storage()
    is_new = not storage.exists(pdf.name)
    if is_new:
        storage.save(pdf.name, ContentFile(typeset(pdf)))
    for other in storage.listdir("")[1]:
        if other.startswith(f"resume-{pdf.owner.site_id}-") and other.endswith(".pdf") and other != pdf.name:
            storage.delete(other)
    return is_new


def import_weasyprint() -> ModuleType:
    """WeasyPrint, without its side effect: importing it lets Pillow load truncated images in the whole process."""
    loads_truncated = ImageFile.LOAD_TRUNCATED_IMAGES
    import weasyprint

    ImageFile.LOAD_TRUNCATED_IMAGES = loads_truncated
    return weasyprint


def typeset(pdf: ResumePdf) -> bytes:
    """The bytes of the PDF, tagged for screen readers (PDF/UA). Makes no network requests."""
    weasyprint = import_weasyprint()
    fonts = weasyprint.text.fonts.FontConfiguration()
    portrait: CustomImage | None = pdf.owner.portrait
    fetcher = fetcher_for(portrait_of(pdf.owner), portrait_file(portrait) if portrait else "")
    with use_site_language(pdf.owner.language_code):
        month = date_format(timezone.localdate(), "YEAR_MONTH_FORMAT")
    footer = f"{urlsplit(pdf.root).netloc}/resume/, {month}"
    page_rule = f"@page {{ @bottom-left {{ content: {quoted(footer)}; }} }}"
    stylesheets = [
        weasyprint.CSS(string=text, url_fetcher=fetcher, font_config=fonts, base_url=pdf.root)
        for text in (style_sheet().replace("FONTS", FONTS.as_uri()), page_rule)
    ]
    document = weasyprint.HTML(string=printable(pdf.html), base_url=f"{pdf.root}/", url_fetcher=fetcher)
    return document.write_pdf(stylesheets=stylesheets, font_config=fonts, pdf_variant="pdf/ua-1")


def printable(html: str) -> str:
    """The HTML without what only a screen can show."""
    soup = BeautifulSoup(html, "html.parser")
    for body in soup.select(".body"):
        for element in body.select(SCREEN_ONLY):
            element.decompose()
    return str(soup)


def quoted(text: str) -> str:
    """A CSS string."""
    return '"' + "".join(f"\\{ord(char):x} " if char in '"\\\n' else char for char in text) + '"'


def fetcher_for(portrait: str, file_name: str) -> Any:
    """A URL fetcher for WeasyPrint that reads the portrait, from that file, and the fonts, and nothing else."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OwnFiles(URLFetcher):
        def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
            if portrait and url == f"storage:{portrait}":
                with default_storage.open(file_name) as file:
                    return URLFetcherResponse(url, file.read())
            if url.startswith(f"{FONTS.as_uri()}/") and ".." not in url:
                return super().fetch(url, headers)
            raise ValueError(f"The résumé does not show {url}")

    return OwnFiles(allowed_protocols=["file"])
