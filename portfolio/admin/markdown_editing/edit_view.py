"""“Edit as Markdown”: show the body of a page as one Markdown text, and save it as a new draft."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods
from wagtail.models import Page

from portfolio.admin.markdown_editing.availability import ACTION, has_body
from portfolio.admin.markdown_editing.conversion import InvalidText
from portfolio.admin.markdown_editing.markdown_to_blocks import parse_body
from portfolio.admin.markdown_editing.page_markdown import blocks_as_markdown, join_block_texts, normalise_line_ends
from portfolio.blocks.body.prepare_markup import prepare_body


class MarkdownForm(forms.Form):
    """The Markdown text, and the version of the page that it was made from."""

    text = forms.CharField(
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 30, "spellcheck": "true", "aria-describedby": "how"}),
    )
    version = forms.CharField(required=False, widget=forms.HiddenInput)


@dataclass(slots=True)
class SaveResult:
    """The result of saving: errors with their lines, and whether somebody else has saved the page meanwhile."""

    errors: list[tuple[int | None, str]] = field(default_factory=list)
    is_outdated: bool = False


def version_of(page: Page) -> str:
    """An identifier of the current version. Autosave changes a revision in place, so its time is included."""
    moment = page.latest_revision_created_at
    return f"{page.latest_revision_id or 0}-{moment.isoformat() if moment else ''}"


def may_edit(page: Page, request: HttpRequest) -> bool:
    lock = page.get_lock()
    return page.permissions_for_user(request.user).can_edit() and not (lock and lock.for_user(request.user))


@require_http_methods(["GET", "POST"])
def edit_markdown(request: HttpRequest, page_id: int) -> HttpResponse:
    stored = get_object_or_404(Page, pk=page_id).specific
    if not may_edit(stored, request):
        raise PermissionDenied
    page = stored.get_latest_revision_as_object()
    if not has_body(page):
        raise Http404("This page has no body")
    if request.method == "GET":
        text = join_block_texts(blocks_as_markdown(page.body))
        return screen(request, page, MarkdownForm(initial={"text": text, "version": version_of(stored)}), SaveResult())
    form = MarkdownForm(request.POST)
    form.is_valid()
    result = save(request, stored, page, form)
    if result is None:
        return redirect("wagtailadmin_pages:edit", page.pk)
    if result.is_outdated:
        form = MarkdownForm(initial={"text": form.cleaned_data["text"], "version": version_of(stored)})
    return screen(request, page, form, result)


def save(request: HttpRequest, stored: Page, page: Any, form: MarkdownForm) -> SaveResult | None:
    """Save a new draft if the text differs from the page; None when it was saved or nothing has changed."""
    text = normalise_line_ends(form.cleaned_data["text"])
    pieces = blocks_as_markdown(page.body)
    if text.strip("\n") == join_block_texts(pieces).strip("\n"):
        messages.info(request, "Nothing was changed.")
        return None
    if form.cleaned_data["version"] != version_of(stored):
        return SaveResult(is_outdated=True)
    try:
        parsed = parse_body(text, pieces, page.body.stream_block)
    except InvalidText as error:
        return SaveResult(errors=error.lines)
    page.body = page.body.stream_block.to_python(parsed.blocks)
    with transaction.atomic():
        # Somebody may have saved during the conversion. The lock keeps others from saving until the end.
        now = Page.objects.select_for_update().get(pk=stored.pk)
        if form.cleaned_data["version"] != version_of(now):
            stored.refresh_from_db(fields=["latest_revision", "latest_revision_created_at"])
            return SaveResult(is_outdated=True)
        page.save_revision(user=request.user, log_action=ACTION, changed=True, clean=False)
    message = format_html("The new text of “{}” is saved as a draft.", page.get_admin_display_title())
    messages.success(request, message)
    for line, note in parsed.notes:
        messages.warning(request, f"Line {line}: {note}." if line else f"{note}.")
    for stopped in prepare_body(page.body):
        messages.warning(request, str(stopped))
    return None


def screen(request: HttpRequest, page: Page, form: MarkdownForm, result: SaveResult) -> HttpResponse:
    context = {
        "page": page,
        "form": form,
        "result": result,
        "title": page.get_admin_display_title(),
        "edit_url": reverse("wagtailadmin_pages:edit", args=[page.pk]),
        "history_url": reverse("wagtailadmin_pages:history", args=[page.pk]),
    }
    status = 409 if result.is_outdated else 422 if result.errors else 200
    return render(request, "portfolio/admin/editing/edit_markdown.html", context, status=status)
