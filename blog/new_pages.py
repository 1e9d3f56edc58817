"""A new page from a document that was pasted, as the import would make it, but a draft for its writer to look at."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpRequest
from wagtail.models import Page

from blog.importing import InterviewMapping, PostMapping
from portfolio.importer.document import Document
from portfolio.writing.known_here import KnownHere
from portfolio.writing.start import place_for

Blocks = list[dict[str, Any]]
Note = tuple[int | None, str]


def new_draft(
    request: HttpRequest, document: Document, body: Callable[[Page, Sequence[Any]], tuple[Blocks, list[Note]]]
) -> tuple[Page, list[Note]]:
    """Make the draft that ``document`` is, and say what its writer should know of.

    ``body`` gives the blocks for the page, from the blocks that its mapping has ready. Raises ``PermissionDenied``
    where this person may add no such page.
    """
    mapping = next(mapping for mapping in (InterviewMapping(), PostMapping()) if mapping.claims(document))
    (plan,) = mapping.plans(document)
    parent = place_for(plan.model, request)
    resources = KnownHere(document)
    page = plan.model(title=plan.title or "Without a title", live=False, owner=request.user)
    plan.fill(page, resources)
    blocks, notes = body(page, plan.ready)
    page.body = json.dumps(blocks)
    parent.add_child(instance=page)
    page.save_revision(user=request.user, log_action=False)
    return page, [*notes, *((problem.line, problem.message) for problem in resources.problems)]
