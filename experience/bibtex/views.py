"""Views of BibTeX: all publications as a file, and the form that makes publications from entries."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from experience.bibtex.parse import MAX_BYTES, BibtexError, BibtexFile, parse_bibtex
from experience.bibtex.store import BibtexImport, store_entries
from experience.models import PublicationPage
from experience.works.publication_list import in_publication_order
from portfolio.admin.new_page_menu import parent_for
from portfolio.delivery.middleware.conditional_get import short_cache
from portfolio.importer.lock import BUSY, ImportRunning, import_lock

MOST_AT_ONCE = 300  # entries in a request; the command takes more
MOST_MESSAGES = 20


class BibtexForm(forms.Form):
    file = forms.FileField(label="A .bib file", required=False)
    text = forms.CharField(
        label="or entries",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 16, "placeholder": "@article{key,\n  title = {…},\n  author = {…},\n}"}),
    )

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        file = data.get("file")
        if file is not None and file.size > MAX_BYTES:
            raise forms.ValidationError("This file is too large. Import it with manage.py import_bibtex.")
        data["entries"] = file.read() if file is not None else (data.get("text") or "").encode()
        if not data["entries"].strip():
            raise forms.ValidationError("Choose a file or paste entries.")
        try:
            data["parsed"] = parse_bibtex(data["entries"])
        except BibtexError as error:
            raise forms.ValidationError(str(error)) from error
        if not data["parsed"].entries:
            raise forms.ValidationError("There is no BibTeX entry in it that can be read.")
        if len(data["parsed"].entries) > MOST_AT_ONCE:
            raise forms.ValidationError(f"These are more than {MOST_AT_ONCE} entries. Use manage.py import_bibtex.")
        return data


@require_http_methods(["GET", "POST"])
def publications_from_bibtex(request: HttpRequest) -> HttpResponse:
    """Make or update publications, as drafts for people who may not publish."""
    form = BibtexForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        index = parent_for(PublicationPage, request)
        permissions = index.permissions_for_user(request.user)
        if not permissions.can_add_subpage():
            raise PermissionDenied
        publish = permissions.can_publish_subpage()
        try:
            with import_lock():
                result = store_entries(form.cleaned_data["parsed"].entries, index, request.user, publish=publish)
        except ImportRunning:
            form.add_error(None, BUSY)
        else:
            add_messages(request, form.cleaned_data["parsed"], result, publish=publish)
            return redirect("wagtailadmin_explore", index.pk)
    status = 422 if form.errors else 200
    return render(request, "experience/admin/publications_from_bibtex.html", {"form": form}, status=status)


def add_messages(request: HttpRequest, parsed: BibtexFile, result: BibtexImport, *, publish: bool) -> None:
    made = f"{len(result.created)} created, {len(result.updated)} updated, {len(result.unchanged)} unchanged."
    messages.success(request, made if publish else f"{made} New ones are drafts.")
    for title in result.edited_here[:MOST_MESSAGES]:
        messages.info(request, f"“{title}” was edited here and stays as it is.")
    problems = [(problem.line, problem.message) for problem in parsed.problems]
    for line, message in [*problems, *result.problems][:MOST_MESSAGES]:
        messages.warning(request, f"Line {line}: {message}.")


@require_safe
@short_cache
def publications_bib(request: HttpRequest) -> HttpResponse:
    """All public publications as BibTeX."""
    publications = in_publication_order(PublicationPage.objects.published().defer("body"))
    if not publications:
        raise Http404("No publication is public")
    text = "\n\n".join(page.bibtex_entry for page in publications)
    return HttpResponse(f"{text}\n", content_type="application/x-bibtex; charset=utf-8")
