"""Background task that makes the résumé's PDF again after a change to anything that it shows."""

from __future__ import annotations

import logging
from typing import Any

from django.db import transaction
from wagtail.models import PageViewRestriction, Site

from experience import pango
from experience.models import (
    ExperienceIndexPage,
    ExperiencePage,
    Organisation,
    ProjectPage,
    PublicationPage,
    ResumeSections,
    Skill,
)
from experience.resume.build import build_resume
from experience.resume.pdf import make, pdf_of
from portfolio.admin.jobs.backends import background_task
from portfolio.models import SiteSettings
from portfolio.models.site_version import touch_site_version

logger = logging.getLogger(__name__)

PAGES = (ExperiencePage, ExperienceIndexPage, ProjectPage, PublicationPage)
# The rows that it shows beside pages, and those that decide who may see the pages.
ROWS = (SiteSettings, ResumeSections, Organisation, Skill, PageViewRestriction)


@background_task
def make_resume_pdfs() -> int:
    """Make the PDF of each site's owner that does not exist yet; how many were made."""
    if not pango.is_installed():
        return 0
    resume = build_resume()
    owners = [SiteSettings.for_site(site) for site in Site.objects.all()]
    try:
        made = sum(make(pdf_of(resume, owner)) for owner in owners) if resume else 0
    except OSError:  # WeasyPrint's own message names the libraries and where to find them
        logger.exception("The PDF of the résumé could not be made")
        return 0
    if made:
        touch_site_version(SiteSettings)  # the page links to it now
    return made


def enqueue() -> None:
    make_resume_pdfs.enqueue()


def enqueue_on_commit(*, raw: bool = False, **kwargs: Any) -> None:
    """Signal handler: enqueue the task after the transaction, once for all its changes; not for fixtures (``raw``)."""
    queued = transaction.get_connection().run_on_commit
    if not raw and pango.is_installed() and not any(function is enqueue for _, function, *_ in queued):
        transaction.on_commit(enqueue, robust=True)
