"""Page types of which an export has files."""

from __future__ import annotations

from wagtail.models import Page

from portfolio.content.registry import page_exports


def is_exported(page: Page) -> bool:
    """Whether an export has a file for pages of this type; listing pages have none."""
    return isinstance(page, (*(export.model for export in page_exports()), *entry_models()))


def entry_models() -> tuple[type[Page], ...]:
    """Page types that share a file with their parent page."""
    return tuple(export.entry_model for export in page_exports() if hasattr(export, "entry_model"))
