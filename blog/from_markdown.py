"""“Post from Markdown”: a whole document with its front matter becomes a draft."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods
from wagtail.models import Page

from blog.models import BlogPage
from blog.new_pages import Blocks, Note, new_draft
from portfolio.admin.markdown_editing.conversion import InvalidText, parse_document
from portfolio.admin.markdown_editing.markdown_to_blocks import build_body
from portfolio.admin.new_page_menu import parent_for
from portfolio.documents.document import Document


class DocumentForm(forms.Form):
    text = forms.CharField(
        strip=False,
        label="Markdown",
        widget=forms.Textarea(
            attrs={"rows": 24, "placeholder": "---\ntitle: Low water at six\n---\n\nNobody was there."}
        ),
    )


@require_http_methods(["GET", "POST"])
def post_from_markdown(request: HttpRequest) -> HttpResponse:
    parent_for(BlogPage, request)  # raises for somebody who may add none anywhere
    form = DocumentForm(request.POST or None)
    errors: list[tuple[int | None, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            document = replace(parse_document(form.cleaned_data["text"]), kind="post")
            page, notes = new_draft(request, document, lambda page, ready: blocks_of(document, page, ready))
        except InvalidText as error:
            errors = error.lines
        else:
            add_messages(request, page, notes)
            return redirect("wagtailadmin_pages:edit", page.pk)
    context = {"form": form, "errors": errors}
    status = 422 if errors or form.errors else 200
    return render(request, "portfolio/admin/editing/from_markdown.html", context, status=status)


def blocks_of(document: Document, page: Page, ready: Sequence[Any]) -> tuple[Blocks, list[Note]]:
    body = build_body(document, document.nodes, [], [], page.body.stream_block)
    return list(body.blocks), body.notes


def add_messages(request: HttpRequest, page: Page, notes: Sequence[Note]) -> None:
    """Messages: the draft is created, and what its writer should check."""
    messages.success(request, f"“{page.title}” is a draft now. Look it over, then publish it.")
    for line, note in notes:
        messages.warning(request, f"Line {line}: {note}." if line else f"{note}.")
