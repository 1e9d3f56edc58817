"""The admin's lists of organisations and skills."""

from __future__ import annotations

from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from experience.models import Organisation, Skill


class OrganisationViewSet(SnippetViewSet):
    model = Organisation
    icon = "site"
    list_display = ["name", "url"]
    search_fields = ["name", "url"]
    list_per_page = 50


class SkillViewSet(SnippetViewSet):
    model = Skill
    icon = "tag"
    list_display = ["name", "aliases", "description"]
    search_fields = ["name", "aliases", "description"]
    list_per_page = 50


register_snippet(OrganisationViewSet)
register_snippet(SkillViewSet)
