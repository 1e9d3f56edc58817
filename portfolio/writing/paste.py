"""Markdown pasted into a body, as blocks that the form can show."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_POST
from wagtail.permission_policies.pages import PagePermissionPolicy

from portfolio.blocks import BodyBlocks
from portfolio.markdown.text import visible_text
from portfolio.writing.conversion import Unreadable, document_of
from portfolio.writing.taken_in import built


@require_POST
def pasted_blocks(request: HttpRequest) -> JsonResponse:
    """The blocks of the posted ``text``, with the title and summary that a whole document names."""
    if not PagePermissionPolicy().user_has_any_permission(request.user, {"add", "change"}):
        raise PermissionDenied
    stream = BodyBlocks()
    try:
        document = document_of(request.POST.get("text", ""))
        taken = built(document, document.nodes, [], [], stream)
    except Unreadable as error:
        return JsonResponse({"errors": [told(line, message) for line, message in error.lines]}, status=422)
    return JsonResponse(
        {
            "blocks": stream.get_form_state(stream.to_python(taken.blocks)),
            "title": document.title if document.front_matter.get("title") else "",
            "summary": visible_text(document.description),
            "left_out": sorted(set(document.front_matter) - {"title", "description", "summary", "layout"}),
            "notes": [told(line, message) for line, message in taken.notes],
        }
    )


def told(line: int | None, message: str) -> str:
    return f"Line {line}: {message}" if line else message
