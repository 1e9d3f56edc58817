"""PageContent: what import and export ask of a page type."""

from __future__ import annotations

from typing import Protocol

from portfolio.exporter.plan import PageExport
from portfolio.importer.plan import PageMapping


class PageContent(PageMapping, PageExport, Protocol):
    """Fields of a page type: filled from documents, described, and written as front matter.

    One that ``is_fallback`` is asked only about documents that no other page type claims.
    """

    is_fallback: bool
