"""Admin view: import a résumé from a file of another program."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from experience.resume.json_import import import_resume, pages_in
from experience.resume.readers.read import MAX_FILE, read_resume
from experience.resume.readers.resume_file import ResumeError
from portfolio.importer.lock import BUSY, ImportRunning, import_lock

# It publishes pages and fills settings.
PERMISSIONS = ("portfolio.import_site", "portfolio.change_sitesettings", "experience.change_resumesections")
MOST_PAGES = 150  # in a request; the command takes more
MOST_MESSAGES = 20
ENDINGS = ".json,.yml,.yaml,.zip,.csv,.xml,.md"


def may_import_resume(user: Any) -> bool:
    return user.has_perms(PERMISSIONS)


class ResumeForm(forms.Form):
    """A file or its text; ``read`` is what it says, as a `ResumeFile`."""

    file = forms.FileField(
        label="A file such as resume.json, LinkedIn's .zip or cv.yml",
        required=False,
        widget=forms.FileInput(attrs={"accept": ENDINGS}),
    )
    text = forms.CharField(
        label="or its text",
        required=False,
        strip=False,
        widget=forms.Textarea(
            attrs={"rows": 12, "spellcheck": "false", "placeholder": '{"basics": {"name": …}, "work": […]}'}
        ),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        file = data.get("file")
        if file is not None and file.size > MAX_FILE:
            raise forms.ValidationError(f"The file has more than {MAX_FILE // 1_000_000} MB.")
        source = file.read() if file is not None else (data.get("text") or "").encode()
        if not source.strip():
            raise forms.ValidationError("Choose a file or paste its text.")
        try:
            data["read"] = read_resume(source, file.name if file is not None else "")
        except ResumeError as error:
            raise forms.ValidationError(str(error) if error.name else sentence(str(error))) from error
        if pages_in(data["read"].document) > MOST_PAGES:
            raise forms.ValidationError(
                f"It has more than {MOST_PAGES} positions, projects and publications. Use manage.py import_resume."
            )
        return data


def sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


@require_http_methods(["GET", "POST"])
def import_resume_view(request: HttpRequest) -> HttpResponse:
    if not may_import_resume(request.user):
        raise PermissionDenied
    form = ResumeForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            with import_lock(), transaction.atomic():
                result = import_resume(form.cleaned_data["read"].document, request.user)
        except ResumeError as error:
            form.add_error(None, str(error))
        except ImportRunning:
            form.add_error(None, BUSY)
        else:
            link = messages.button(reverse("resume"), "See it", new_window=True)
            messages.success(request, f"Made: {result.in_words}. What was here stays.", buttons=[link])
            for note in form.cleaned_data["read"].notes[:MOST_MESSAGES]:
                messages.info(request, f"Left out: {note}.")
            for note in result.notes[:MOST_MESSAGES]:
                messages.info(request, f"{note}.")
            for problem in result.problems[:MOST_MESSAGES]:
                messages.warning(request, problem)
            return redirect("wagtailsettings:edit", "experience", "resumesections")
    return render(request, "experience/admin/import_resume.html", {"form": form}, status=422 if form.errors else 200)
