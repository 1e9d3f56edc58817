"""One block of a form as readers see it, while it is edited: code, a formula, an embed."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, JsonResponse
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from wagtail.blocks import StructBlock, StructBlockValidationError, StructValue

from portfolio.admin.editor.editor_post import editor_post
from portfolio.blocks.markup_cache import show
from portfolio.blocks.registry import block_type
from portfolio.images.diagrams.draw import renderer
from portfolio.markdown.diagrams import diagram_program
from portfolio.markdown.highlight import COMMON_LANGUAGES, is_language

MAIN_FIELDS = {"code": "code", "math": "tex", "embed": "url"}
LONGEST_LANGUAGE = 50  # characters
UNREADABLE = (AttributeError, KeyError, TypeError, ValueError)


@editor_post
def block_look(request: HttpRequest) -> JsonResponse:
    """The posted block, of the ``type`` and with the fields of ``value``; ``errors`` are messages by field.

    Its code or formula is converted in a worker process, as those of a page are, and the result is not stored.
    """
    name = request.POST.get("type", "")
    if name not in MAIN_FIELDS:
        raise BadRequest("This block is not shown")
    block: Any = block_type(name)
    try:
        value = block.value_from_datadict(request.POST, request.FILES, "value")
    except UNREADABLE as error:
        raise BadRequest("These are not the fields of a block") from error
    if not value.get(MAIN_FIELDS[name]):
        return JsonResponse({"html": "", "errors": language_errors(value)})
    html = mark_safe(show(block.render(value, {"markup_later": True}), keep=False, draw=True))  # noqa: S308 - as on a page
    errors = form_errors(block, value) | language_errors(value)
    if name == "math" and "<math" not in html:
        errors["tex"] = "This formula cannot be set. Readers see its TeX."
    if name == "code" and is_undrawn(value, html):
        errors["code"] = "This diagram is not drawn: it is faulty, too large or names a file. Readers see its source."
    shown = "" if "url" in errors else render_to_string("portfolio/admin/editing/block_look.html", {"html": html})
    return JsonResponse({"html": shown, "errors": errors})


def is_undrawn(value: StructValue, html: str) -> bool:
    """Whether a program of this machine could not draw the diagram."""
    program = diagram_program(value.get("language") or "")
    return bool(program) and renderer(program) is not None and 'class="diagram"' not in html


def form_errors(block: StructBlock, value: StructValue) -> dict[str, str]:
    """What the form will say of fields that are not empty."""
    try:
        block.clean(value)
    except StructBlockValidationError as error:
        return {name: " ".join(wrong.messages) for name, wrong in error.block_errors.items() if value.get(name)}
    return {}


def language_errors(value: StructValue) -> dict[str, str]:
    name = (value.get("language") or "").strip()[:LONGEST_LANGUAGE]
    if is_language(name):
        return {}
    similar = get_close_matches(name.lower(), COMMON_LANGUAGES, n=1)
    advice = f"Did you mean {similar[0]}?" if similar else "Choose one of the list, or leave it empty for plain text."
    return {"language": f"“{name}” is no language that can be coloured. {advice}"}
