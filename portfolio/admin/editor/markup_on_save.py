"""Render the markup of a page when it is published or saved, and warn of blocks that exceed their limits."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from wagtail import hooks
from wagtail.models import Page

from portfolio.blocks.body.prepare_markup import prepare_body


def prepare_published_markup(instance: Page, *, indexed: bool = False, **kwargs: Any) -> None:
    """Signal handler. A bulk import (``indexed``) renders the markup of its pages together."""
    if not indexed:
        prepare_body(getattr(instance, "body", None))


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def warn_of_costly_blocks(request: HttpRequest, page: Page) -> None:
    """Hook. Not at autosave, which nobody waits for."""
    if request.method == "POST" and request.accepts("text/html"):
        for stopped in prepare_body(getattr(page, "body", None)):
            messages.warning(request, str(stopped))
