"""Form of the publish sheet: the fields of a page type that matter at its first publication, as the editor has them."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any

from django import forms
from django.core.exceptions import FieldDoesNotExist
from django.http import QueryDict
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.models import Page

from portfolio.admin.publishing.proposals import proposed_summary, terms_in_text

# In the order of the sheet; a page type has some of them.
FIELDS = ("date", "go_live_at", "authors", "slug", "summary", "search_description", "tags", "skills", "cover")
TERMS = ("tags", "skills")
PUBLISH, SCHEDULE, DRAFT, CHECK = "publish", "schedule", "draft", "check"


def fields_of(model: type[Page]) -> list[str]:
    names = [name for name in FIELDS if has_field(model, name)]
    return [name for name in names if name != "search_description" or "summary" not in names]


def has_field(model: type[Page], name: str) -> bool:
    try:
        model._meta.get_field(name)
    except FieldDoesNotExist:
        return False
    return True


@cache
def form_class(model: type[Page]) -> type[forms.ModelForm]:
    """The form of the page type, with its widgets and its checks, reduced to the fields of the sheet."""
    widgets = model.get_edit_handler().get_form_options().get("widgets", {})
    panels = [FieldPanel(name, widget=widgets.get(name)) for name in fields_of(model)]
    return ObjectList(panels, base_form_class=model.base_form_class).bind_to_model(model).get_form_class()


def sheet_form(page: Page, user: Any, data: QueryDict | None = None) -> forms.ModelForm:
    """The form, filled with the draft and, where it says nothing, with proposals from its text."""
    if data is not None:
        data = data.copy()
        if not data.get("slug"):
            data["slug"] = page.slug
        if data.get("action") == PUBLISH:
            data["go_live_at"] = ""
    form = form_class(type(page))(data, instance=page, for_user=user, parent_page=page.get_parent())
    if data is None and "summary" in form.fields and not page.summary and (proposal := proposed_summary(page)):
        form.initial["summary"] = proposal
        form.fields[
            "summary"
        ].help_text = (
            "Proposed from the text: change it as you like. Empty it to have lists show the beginning of the text."
        )
    if "go_live_at" in form.fields:
        form.fields["go_live_at"].label = "Day and hour"
    if "authors" in form.fields:
        form.fields["authors"].help_text = "If nobody is ticked, the site's owner is the author."
    for name, found in proposals(page).items():
        chosen = data.getlist(proposal_name(name)) if data is not None else []
        form.fields[name].proposed = [(term, term in chosen) for term in found]
        form.fields[name].proposed_name = proposal_name(name)
    return form


def proposal_name(name: str) -> str:
    return f"proposed_{name}"


def proposals(page: Page) -> dict[str, list[str]]:
    """Existing tags and skills that the text names and the page does not have."""
    return {name: terms_in_text(page, name) for name in TERMS if has_field(type(page), name)}


def add_proposals(page: Page, data: QueryDict) -> None:
    """Add the ticked proposals; whatever was not proposed is left out."""
    for name, found in proposals(page).items():
        if chosen := [term for term in data.getlist(proposal_name(name)) if term in found]:
            getattr(page, name).add(*chosen)


def require_later(form: forms.ModelForm) -> None:
    """An error where a page is to be scheduled for a moment that is not to come."""
    moment: datetime | None = form.cleaned_data.get("go_live_at")
    if "go_live_at" in form.fields and not form.has_error("go_live_at") and (not moment or moment <= timezone.now()):
        form.add_error("go_live_at", "Choose a day and an hour in the future.")
