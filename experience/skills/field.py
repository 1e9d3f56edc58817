"""Form field for skills: suggests names and aliases, and resolves aliases to the skill."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_safe
from modelcluster.contrib.taggit import ClusterTaggableManager
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.widgets import AdminTagWidget

from experience.models import Skill
from portfolio.documents.slugs import name_key
from portfolio.validation.tag_field import VisibleTagField

MOST = 10


class SkillWidget(AdminTagWidget):
    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["data-w-tag-url-value"] = reverse("skill_suggestions")
        return context


class SkillField(VisibleTagField):
    """Whatever spelling is typed, the skill that has it as its name or as an alias is meant."""

    widget = SkillWidget

    def clean(self, value: Any) -> list[str]:
        names = super().clean(value)
        skills = Skill.objects.named_all(names)
        return list(dict.fromkeys(str(skills.get(name_key(name)) or name) for name in names))


def field_for(db_field: Any) -> dict[str, Any]:
    form_class = SkillField if db_field.related_model is Skill else VisibleTagField
    return {"form_class": form_class, "tag_model": db_field.related_model}


register_form_field_override(ClusterTaggableManager, override=field_for)


@require_safe
def skill_suggestions(request: HttpRequest) -> JsonResponse:
    """The names of skills of which the name or an alias begins with ``term``, those by name first."""
    term = name_key(request.GET.get("term", ""))
    if not term:
        return JsonResponse([], safe=False)
    named = Skill.objects.filter(key__startswith=term).order_by("name").values_list("name", flat=True)[:MOST]
    by_alias = Skill.objects.filter(alias_keys__contains=f"\n{term}").order_by("name")
    by_alias = by_alias.values_list("name", flat=True)[:MOST]
    return JsonResponse(list(dict.fromkeys([*named, *by_alias]))[:MOST], safe=False)
