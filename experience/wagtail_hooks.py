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
    search_backend_name = None  # plain look-up: it also finds the middle of a word


class SkillViewSet(SnippetViewSet):
    model = Skill
    icon = "tag"
    list_display = ["name", "aliases", "description"]
    search_fields = ["name", "aliases", "description"]
    list_per_page = 50
    search_backend_name = None  # plain look-up: it also finds the middle of a word


register_snippet(OrganisationViewSet)
register_snippet(SkillViewSet)
