"""A new page from a document that was pasted, as the import would make it, but a draft for its writer to look at."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpRequest
from wagtail.models import Page

from blog.content.posts import published_at
from portfolio.admin.markdown_editing.site_references import SiteReferences
from portfolio.admin.new_page_menu import parent_for
from portfolio.content.registry import page_mappings
from portfolio.documents.document import Document
from portfolio.models.authors import author_for

Blocks = list[dict[str, Any]]
Note = tuple[int | None, str]


def new_draft(
    request: HttpRequest, document: Document, body: Callable[[Page, Sequence[Any]], tuple[Blocks, list[Note]]]
) -> tuple[Page, list[Note]]:
    """Make the draft that ``document`` is, and say what its writer should know of.

    ``body`` gives the blocks for the page, from the blocks that its mapping has ready. Raises ``PermissionDenied``
    where this person may add no such page.
    """
    content = next(content for content in page_mappings() if content.claims(document))
    (plan,) = content.plans(document)
    parent = parent_for(plan.model, request)
    references = SiteReferences(document)
    page = plan.model(title=plan.title or "Without a title", live=False, owner=request.user)
    plan.fill(page, references)
    page.date_is_automatic = published_at(document) is None
    add_writer(page, request.user)
    blocks, notes = body(page, plan.ready)
    page.body = json.dumps(blocks)
    parent.add_child(instance=page)
    page.save_revision(user=request.user, log_action=False)
    return page, [*notes, *((problem.line, problem.message) for problem in references.problems)]


def add_writer(page: Any, user: Any) -> None:
    """Make who is signed in the author, as the form of a new page does, unless the document names its authors."""
    writer = None if page.authors.all() else author_for(user)
    if writer is not None:
        if writer.pk is None:
            writer.save()
        page.authors = [writer]
