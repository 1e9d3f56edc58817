"""Admin views of skills: the list with the number of pages that use each, and merging."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods
from wagtail.admin.ui.tables import Column
from wagtail.models import Page
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from experience.models import Skill
from experience.skills.merge import merge_skills, pages_with, skill_through_models

MOST_SHOWN = 20


class UsesColumn(Column):
    """How many pages show the skill, drafts among them."""

    cell_template_name = "experience/admin/uses_cell.html"

    def get_value(self, instance: Skill) -> int:
        return sum(getattr(instance, name) for name in relations())


def relations() -> list[str]:
    return [f"uses_{model._meta.model_name}" for model in skill_through_models()]


def with_uses(skills: QuerySet[Skill]) -> QuerySet[Skill]:
    names = {model: model._meta.get_field("tag").remote_field.get_accessor_name() for model in skill_through_models()}
    return skills.annotate(
        **{f"uses_{model._meta.model_name}": Count(name, distinct=True) for model, name in names.items()}
    )


class SkillIndexView(IndexView):
    def get_base_queryset(self) -> QuerySet[Skill]:
        return with_uses(super().get_base_queryset())


class SkillViewSet(SnippetViewSet):
    model = Skill
    icon = "tag"
    index_view_class = SkillIndexView
    ordering = ["name"]
    list_display = ["name", "kind", UsesColumn("uses", label="Used on", width="15%")]
    list_filter = ["kind"]
    search_fields = ["name", "kind", "aliases", "description"]
    list_per_page = 50
    search_backend_name = None  # plain look-up: it also finds the middle of a word


def may_merge(user: Any) -> bool:
    return user.has_perms(["experience.change_skill", "experience.delete_skill"])


class MergeForm(forms.Form):
    target = forms.ModelChoiceField(
        Skill.objects.none(),
        label="The skill that stays",
        empty_label="Choose a skill",
        error_messages={"required": "Choose the skill that stays."},
    )

    def __init__(self, source: Skill, *args: Any) -> None:
        super().__init__(*args)
        self.fields["target"].queryset = Skill.objects.exclude(pk=source.pk).order_by("name")


@require_http_methods(["GET", "POST"])
def merge_skill(request: HttpRequest, pk: int) -> HttpResponse:
    if not may_merge(request.user):
        raise PermissionDenied
    source = get_object_or_404(Skill, pk=pk)
    form = MergeForm(source, request.POST or None)
    if request.method == "POST" and form.is_valid():
        target = form.cleaned_data["target"]
        name, count = source.name, merge_skills(source, target, request.user)
        pages = "1 page" if count == 1 else f"{count} pages"
        messages.success(request, f"“{name}” is “{target}” now, on {pages}. Its name stays as an alias.")
        return redirect("wagtailsnippets_experience_skill:edit", target.pk)
    page_ids = pages_with(source)
    context = {
        "skill": source,
        "form": form,
        "count": len(page_ids),
        "pages": Page.objects.filter(pk__in=page_ids).order_by("title")[:MOST_SHOWN],
        "more": max(0, len(page_ids) - MOST_SHOWN),
        "back": reverse("wagtailsnippets_experience_skill:list"),
    }
    return render(request, "experience/admin/merge_skill.html", context, status=422 if form.errors else 200)
