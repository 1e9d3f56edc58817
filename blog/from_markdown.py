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
from portfolio.importer.document import Document
from portfolio.writing.conversion import Unreadable, document_of
from portfolio.writing.start import place_for
from portfolio.writing.taken_in import built

EXAMPLE = "---\ntitle: Low water at six\n---\n\nNobody was there."


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
    place_for(BlogPage, request)  # raises for somebody who may add none anywhere
    form = DocumentForm(request.POST or None)
    errors: list[tuple[int | None, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            document = replace(document_of(form.cleaned_data["text"]), kind="post")
            page, notes = new_draft(request, document, lambda page, ready: blocks_of(document, page, ready))
        except Unreadable as error:
            errors = error.lines
        else:
            tell(request, page, notes)
            return redirect("wagtailadmin_pages:edit", page.pk)
    context = {"form": form, "errors": errors}
    return render(request, "writing/from_markdown.html", context, status=422 if errors or form.errors else 200)


def blocks_of(document: Document, page: Page, ready: Sequence[Any]) -> tuple[Blocks, list[Note]]:
    taken = built(document, document.nodes, [], [], page.body.stream_block)
    return list(taken.blocks), taken.notes


def tell(request: HttpRequest, page: Page, notes: Sequence[Note]) -> None:
    """The draft is there, and what its writer should look at."""
    messages.success(request, f"“{page.title}” is a draft now. Look it over, then publish it.")
    for line, note in notes:
        messages.warning(request, f"Line {line}: {note}." if line else f"{note}.")
