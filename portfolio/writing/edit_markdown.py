"""“Edit as Markdown”: a page's body as one text, taken back as a new draft."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods
from wagtail.models import Page

from portfolio.blocks import BodyBlocks
from portfolio.writing.conversion import Unreadable
from portfolio.writing.page_markdown import joined, normal, pieces_of
from portfolio.writing.taken_in import take_in

ACTION = "portfolio.edit_markdown"


class MarkdownForm(forms.Form):
    """The text, and the version of the page it was made from."""

    text = forms.CharField(
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 30, "spellcheck": "true", "aria-describedby": "how"}),
    )
    version = forms.CharField(required=False, widget=forms.HiddenInput)


@dataclass(slots=True)
class Answer:
    """What the screen shows beside the text: errors by line, and whether somebody else has saved meanwhile."""

    errors: list[tuple[int | None, str]] = field(default_factory=list)
    overtaken: bool = False


def has_body(page: Page) -> bool:
    """Whether the page has a body of our blocks."""
    body = getattr(page, "body", None)
    return isinstance(getattr(body, "stream_block", None), BodyBlocks)


def version_of(page: Page) -> str:
    """Names what the page is now; autosave changes a revision in place, so its time counts too."""
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
        text = joined(pieces_of(page.body))
        return screen(request, page, MarkdownForm(initial={"text": text, "version": version_of(stored)}), Answer())
    form = MarkdownForm(request.POST)
    form.is_valid()
    answer = save(request, stored, page, form)
    if answer is None:
        return redirect("wagtailadmin_pages:edit", page.pk)
    if answer.overtaken:
        form = MarkdownForm(initial={"text": form.cleaned_data["text"], "version": version_of(stored)})
    return screen(request, page, form, answer)


def save(request: HttpRequest, stored: Page, page: Any, form: MarkdownForm) -> Answer | None:
    """Save a new draft where the text differs from the page; None when all is well."""
    text = normal(form.cleaned_data["text"])
    pieces = pieces_of(page.body)
    if text.strip("\n") == joined(pieces).strip("\n"):
        messages.info(request, "Nothing was changed.")
        return None
    if form.cleaned_data["version"] != version_of(stored):
        return Answer(overtaken=True)
    try:
        taken = take_in(text, pieces, page.body.stream_block)
    except Unreadable as error:
        return Answer(errors=error.lines)
    page.body = page.body.stream_block.to_python(taken.blocks)
    page.save_revision(user=request.user, log_action=ACTION, changed=True, clean=False)
    message = format_html("The new text of “{}” is saved as a draft.", page.get_admin_display_title())
    messages.success(request, message)
    for line, note in taken.notes:
        messages.warning(request, f"Line {line}: {note}." if line else f"{note}.")
    return None


def screen(request: HttpRequest, page: Page, form: MarkdownForm, answer: Answer) -> HttpResponse:
    context = {
        "page": page,
        "form": form,
        "answer": answer,
        "title": page.get_admin_display_title(),
        "edit_url": reverse("wagtailadmin_pages:edit", args=[page.pk]),
        "history_url": reverse("wagtailadmin_pages:history", args=[page.pk]),
    }
    status = 409 if answer.overtaken else 422 if answer.errors else 200
    return render(request, "writing/edit_markdown.html", context, status=status)
