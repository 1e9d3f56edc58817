"""Choices made on the form of an entry: a new category or author, without leaving the form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.forms.widgets import Script
from django.http import Http404, HttpRequest, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_POST

KINDS = {"category": ("blog", "Category"), "author": ("portfolio", "Person")}


def model_for(kind: str) -> Any:
    return apps.get_model(*KINDS[kind])


def may_add(user: Any, kind: str) -> bool:
    label, name = KINDS[kind]
    return bool(user and user.has_perm(f"{label}.add_{name.lower()}"))


class ExtendableChecklist(forms.CheckboxSelectMultiple):
    """Checkboxes, and below them a field that makes one more, for those who may (``user``)."""

    user: Any = None

    def __init__(self, kind: str, attrs: dict[str, Any] | None = None, choices: Any = ()) -> None:
        super().__init__(attrs, choices)
        self.kind = kind

    @property
    def media(self) -> forms.Media:
        return forms.Media(js=[Script("portfolio/admin/new-choice.js", type="module")])

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        choices = super().render(name, value, attrs, renderer)
        if not may_add(self.user, self.kind):
            return choices
        context = {"name": name, "kind": self.kind, "address": reverse("new_choice", args=[self.kind])}
        return mark_safe(choices + render_to_string("blog/admin/new_choice.html", context))  # noqa: S308 - templates


def named(model: Any, name: str) -> Any | None:
    if hasattr(model.objects, "named"):
        return model.objects.named(name)
    return model.objects.filter(name__iexact=name).first()


@require_POST
def new_choice(request: HttpRequest, kind: str) -> JsonResponse:
    """Store the category or author of the posted name; answer with that which exists, if there is one."""
    if kind not in KINDS:
        raise Http404
    if not may_add(request.user, kind):
        raise PermissionDenied
    model = model_for(kind)
    name = request.POST.get("name", "").strip()
    choice = named(model, name) if "\0" not in name else None  # which PostgreSQL refuses to look for
    if choice is None:
        form = forms.modelform_factory(model, fields=["name"])({"name": name})
        if not form.is_valid():
            return JsonResponse({"errors": form.errors["name"]}, status=422)
        choice = form.save()
    return JsonResponse({"pk": choice.pk, "name": str(choice)})
