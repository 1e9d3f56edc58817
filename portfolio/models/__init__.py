"""Models of the whole site: images, people, settings, the home page, standard pages, background jobs, the ledger."""

from portfolio.models.findings import Finding, PageCheck
from portfolio.models.heartbeats import Heartbeat
from portfolio.models.home import HomePage, StandardPage
from portfolio.models.images import CustomImage, CustomRendition
from portfolio.models.jobs import ImportJob, JobProgress, LinkCheck, SiteExport
from portfolio.models.ledger import (
    ImportedAsset,
    ImportedDocument,
    ImportedEntry,
    ImportedFile,
    ImportedPage,
    ImportRun,
    ImportSite,
    PendingFile,
)
from portfolio.models.markup_results import MarkupResult
from portfolio.models.people import Person
from portfolio.models.site.settings import SiteSettings
from portfolio.models.site_version import SiteVersion
from portfolio.models.tags import TagKey
from portfolio.models.throttle import Throttle
from portfolio.models.trash import TrashedPage, TrashedRows
from portfolio.models.tree import TreePage

__all__ = [
    "CustomImage",
    "CustomRendition",
    "Finding",
    "Heartbeat",
    "HomePage",
    "ImportJob",
    "ImportRun",
    "ImportSite",
    "ImportedAsset",
    "ImportedDocument",
    "ImportedEntry",
    "ImportedFile",
    "ImportedPage",
    "JobProgress",
    "LinkCheck",
    "MarkupResult",
    "PageCheck",
    "PendingFile",
    "Person",
    "SiteExport",
    "SiteSettings",
    "SiteVersion",
    "StandardPage",
    "TagKey",
    "Throttle",
    "TrashedPage",
    "TrashedRows",
    "TreePage",
]
