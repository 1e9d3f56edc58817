"""Public profile under Account: what readers see of somebody who writes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.views.account import BaseSettingsPanel
from wagtail.users.models import UserProfile

from portfolio.models import Person
from portfolio.models.authors import author_for


class PublicProfileForm(forms.ModelForm):
    url = forms.URLField(
        label="Web address",
        max_length=200,
        required=False,
        assume_scheme="https",
        help_text="Where readers can learn more about you.",
    )

    class Meta:
        model = Person
        fields = ["name", "role", "organisation", "url", "bio"]


class PublicProfilePanel(BaseSettingsPanel):
    name = "public_profile"
    title = "Public profile"
    order = 50
    form_class = PublicProfileForm

    def get_form(self) -> forms.ModelForm:
        data = (self.request.POST, self.request.FILES) if self.request.method == "POST" else ()
        return PublicProfileForm(*data, instance=author_for(self.user), prefix=self.name)

    def is_active(self) -> bool:
        """The owner's profile is in the site settings."""
        return author_for(self.user) is not None


@hooks.register("register_account_settings_panel")
def add_public_profile(request: HttpRequest, user: Any, profile: UserProfile) -> PublicProfilePanel:
    return PublicProfilePanel(request, user, profile)
