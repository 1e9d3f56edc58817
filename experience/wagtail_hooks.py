"""Hooks of experience: organisations and skills, and the views that make pages from text and files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button
from wagtail.models import Page
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from experience.models import ExperienceIndexPage, Organisation, Skill
from experience.organisation_chooser import OrganisationChooserViewSet
from experience.skills.field import skill_suggestions
from experience.skills.merge import ACTION
from experience.skills.views import SkillViewSet, may_merge, merge_skill
from portfolio.delivery.lazy_views import lazy_view


class OrganisationViewSet(SnippetViewSet):
    model = Organisation
    chooser_viewset_class = OrganisationChooserViewSet
    icon = "site"
    list_display = ["name", "url"]
    search_fields = ["name", "url"]
    list_per_page = 50
    search_backend_name = None  # plain look-up: it also finds the middle of a word


register_snippet(OrganisationViewSet)
register_snippet(SkillViewSet)


@hooks.register("register_admin_urls")
def skill_urls() -> list[URLPattern]:
    return [
        path(
            "publications/bibtex/",
            lazy_view("experience.bibtex.views.publications_from_bibtex"),
            name="publications_from_bibtex",
        ),
        path(
            "write/from/experience/",
            lazy_view("experience.from_text.view.experience_from_text"),
            name="experience_from_text",
        ),
        path("resume/import/", lazy_view("experience.resume.import_form.import_resume_view"), name="import_resume"),
        path("skills/suggestions/", skill_suggestions, name="skill_suggestions"),
        path("skills/<int:pk>/merge/", merge_skill, name="merge_skill"),
    ]


class ImportResumeMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        from experience.resume.import_form import may_import_resume  # with what reads a résumé: for editors only

        return may_import_resume(request.user)


@hooks.register("register_import_export_menu_item")
def add_import_resume_item() -> MenuItem:
    return ImportResumeMenuItem(
        "Import a résumé", reverse("import_resume"), name="import-resume", icon_name="doc-full", order=3
    )


@hooks.register("register_page_header_buttons")
def add_from_text_button(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """“Experience from text” above the list of the entries."""
    is_list = view_name == "index" and isinstance(page.specific_deferred, ExperienceIndexPage)
    if is_list and page.permissions_for_user(user).can_add_subpage():
        yield Button("Experience from text", reverse("experience_from_text"), icon_name="site", priority=10)


@hooks.register("register_snippet_listing_buttons")
def merge_button(snippet: Any, user: Any, next_url: str | None = None) -> Iterator[Button]:
    if isinstance(snippet, Skill) and may_merge(user):
        address = reverse("merge_skill", args=[snippet.pk])
        yield Button("Merge into another skill", address, icon_name="resubmit", priority=40)


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    actions.register_action(ACTION, "Merge a skill", "Another skill was merged into it")
