"""The admin's lists of organisations and skills."""

from __future__ import annotations

from django import forms
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.chooser import SnippetChooserViewSet
from wagtail.snippets.views.snippets import SnippetViewSet

from experience.models import Organisation, Skill


class NewOrganisationForm(WagtailAdminModelForm):
    url = forms.URLField(label="Web address", required=False, max_length=500, assume_scheme="https")

    class Meta:
        model = Organisation
        fields = ["name", "url", "logo"]


class OrganisationChooserViewSet(SnippetChooserViewSet):
    """The chooser of a role's form, where a new organisation can be made without leaving the role."""

    creation_form_class = NewOrganisationForm


class OrganisationViewSet(SnippetViewSet):
    model = Organisation
    chooser_viewset_class = OrganisationChooserViewSet
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
