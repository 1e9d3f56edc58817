"""The field in which skills are typed: suggestions know every spelling, and one skill stays one."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_safe
from modelcluster.contrib.taggit import ClusterTaggableManager
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.forms.tags import TagField
from wagtail.admin.widgets import AdminTagWidget

from experience.models import Skill

MOST = 10


class SkillWidget(AdminTagWidget):
    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["data-w-tag-url-value"] = reverse("skill_suggestions")
        return context


class SkillField(TagField):
    """Whatever spelling is typed, the skill that has it as its name or as an alias is meant."""

    widget = SkillWidget

    def clean(self, value: Any) -> list[str]:
        names = (str(Skill.objects.named(name) or name) for name in super().clean(value))
        return list(dict.fromkeys(names))


def field_for(db_field: Any) -> dict[str, Any]:
    form_class = SkillField if db_field.related_model is Skill else TagField
    return {"form_class": form_class, "tag_model": db_field.related_model}


register_form_field_override(ClusterTaggableManager, override=field_for)


@require_safe
def skill_suggestions(request: HttpRequest) -> JsonResponse:
    """The names of skills of which the name or an alias begins with ``term``, those by name first."""
    term = " ".join(request.GET.get("term", "").split())
    if not term:
        return JsonResponse([], safe=False)
    named = Skill.objects.filter(name__istartswith=term).order_by("name").values_list("name", flat=True)[:MOST]
    candidates = Skill.objects.filter(aliases__icontains=term).order_by("name")[: 5 * MOST]
    begin = term.casefold()
    by_alias = [skill.name for skill in candidates if any(alias.startswith(begin) for alias in skill.alias_keys())]
    return JsonResponse(list(dict.fromkeys([*named, *by_alias]))[:MOST], safe=False)
