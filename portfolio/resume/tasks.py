"""When the PDF is made anew: after anything that the CV shows has changed, in the background."""

from __future__ import annotations

import logging
from typing import Any

from django.db import transaction
from wagtail.models import PageViewRestriction, Site

from experience.models import ExperienceIndexPage, ExperiencePage, Organisation, Skill
from portfolio.desk.background import desk_task
from portfolio.models import SiteSettings
from portfolio.models.version import when_changed
from portfolio.resume.content import resume
from portfolio.resume.pdf import is_possible, make, sheet_of

logger = logging.getLogger(__name__)

# What the CV shows besides pages, and what decides who may see these.
SHOWN = (SiteSettings, Organisation, Skill, PageViewRestriction)


@desk_task
def make_resume_pdfs() -> int:
    """The PDF of each site's owner, where it is not there yet; how many were made."""
    if not is_possible():
        return 0
    found = resume()
    owners = [SiteSettings.for_site(site) for site in Site.objects.all()]
    try:
        made = sum(make(sheet_of(found, owner)) for owner in owners) if found.groups else 0
    except OSError:  # WeasyPrint's own message names the libraries and where to find them
        logger.exception("The CV could not be set as PDF")
        return 0
    if made:
        when_changed(SiteSettings)  # the page leads to it now
    return made


def make_later() -> None:
    make_resume_pdfs.enqueue()


def when_something_changed(**kwargs: Any) -> None:
    """After the transaction, and once for all that it changes."""
    queued = transaction.get_connection().run_on_commit
    if is_possible() and not any(function is make_later for _, function, *_ in queued):
        transaction.on_commit(make_later, robust=True)


def when_page_changed(instance: Any, **kwargs: Any) -> None:
    if isinstance(instance, ExperiencePage | ExperienceIndexPage):
        when_something_changed()


def when_row_changed(*, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        when_something_changed()
