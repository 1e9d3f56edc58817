"""What belongs to the whole site: pictures, people, settings, the home page and plain pages."""

from portfolio.models.findings import Finding, PageCheck
from portfolio.models.home import HomePage, StandardPage
from portfolio.models.images import CustomImage, CustomRendition
from portfolio.models.jobs import Heartbeat, ImportJob, LinkCheck, SiteExport
from portfolio.models.ledger import (
    ImportedAsset,
    ImportedDocument,
    ImportedFile,
    ImportedPage,
    ImportRun,
    ImportSite,
    PendingFile,
)
from portfolio.models.people import Person
from portfolio.models.site import SiteSettings
from portfolio.models.tree import TreePage
from portfolio.models.version import SiteVersion

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
    "ImportedFile",
    "ImportedPage",
    "LinkCheck",
    "PageCheck",
    "PendingFile",
    "Person",
    "SiteExport",
    "SiteSettings",
    "SiteVersion",
    "StandardPage",
    "TreePage",
]
